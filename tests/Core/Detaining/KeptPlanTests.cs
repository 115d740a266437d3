using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Detaining;

/// <summary>A plan that is kept while its young person is detained, and what follows the release. The last days were counted by hand in the calendars of 2026 to 2028.</summary>
public class KeptPlanTests
{
    // The plan was sent on 24 February 2026: its first review is due on 23 February 2027.
    private static readonly DateOnly Issued = new(2026, 2, 24);
    private static readonly DateOnly ReviewDue = new(2027, 2, 23);

    // A Monday; the fifth working day beginning with it is Friday 11 September.
    private static readonly DateOnly Aware = new(2026, 9, 7);
    private static readonly DateOnly Fifth = new(2026, 9, 11);
    private static readonly DateOnly Began = new(2026, 9, 3);

    [Fact]
    public void The_plan_goes_to_those_of_the_place_and_the_family_each_with_a_letter()
    {
        var life = Kept();

        Assert.Equal([RecipientRole.Family, .. Detained.OfThePlace], Detained.Told(life, NoticeKind.PlanKeptInDetention));
        Assert.All(life.State.Notices.Where(n => n.Kind == NoticeKind.PlanKeptInDetention), n => Assert.Equal((Aware, life.State.NewestPlan!.Version), (n.SentOn!.Value, n.PlanVersion!.Value)));
        foreach (var notice in life.State.Notices.Where(n => n.Kind == NoticeKind.PlanKeptInDetention))
        {
            var letter = LetterWriting.Write(new LetterSubject(LetterKind.PlanKeptInDetention, notice.Id), life.State, life.Rules, new LetterSending(Aware, NoticeChannel.Electronic))!;
            Assert.Empty(letter.Missing);
            Assert.Equal((Cases.Accommodation.Name, "Thursday 3 September 2026"), (letter.Facts["detainedAt"], letter.Facts["detainedSince"]));
            Assert.Contains(LetterVocabulary.Detained, letter.TrueConditions);
        }

        Assert.Equal((LimitStatus.Met, Fifth, Aware), (Limit(life, "sendKeptPlan").Standing, Limit(life, "sendKeptPlan").Limit.Due!.Value, Limit(life, "sendKeptPlan").MetOn!.Value));
        Assert.False(Limit(life, "sendKeptPlan").Limit.Verified);
    }

    [Theory]
    [InlineData(11, LimitStatus.Met)]
    [InlineData(14, LimitStatus.MetLate)]
    public void The_plan_is_sent_within_five_working_days_of_the_council_becoming_aware(int day, LimitStatus expected)
    {
        var life = Plan().On(new DateOnly(2026, 9, day)).Do(Detained.Step(Began, Aware));
        Assert.Equal((expected, life.Today), (Limit(life, "sendKeptPlan").Standing, Limit(life, "sendKeptPlan").MetOn));
    }

    [Fact]
    public void A_plan_that_cannot_be_sent_to_those_of_the_place_is_missed_and_chased_and_falls_with_the_release()
    {
        var life = Unsent();
        Assert.Equal((LimitStatus.Open, Fifth), (Limit(life, "sendKeptPlan").Standing, Limit(life, "sendKeptPlan").Limit.Due));
        var released = Unsent().On(new DateOnly(2026, 9, 10));
        Assert.Equal(LimitStatus.Fallen, Limit(released.Do(new RecordRelease(released.Today)), "sendKeptPlan").Standing);
        Assert.Equal(LimitStatus.Fallen, Limit(released.On(Fifth.AddDays(7)).HandOverAll(), "sendKeptPlan").Standing);
        Assert.DoesNotContain("sendKeptPlan@2026-09-11", released.State.MissedLimits);

        life.On(Fifth.AddDays(7));
        Assert.Equal(LimitStatus.Missed, Limit(life, "sendKeptPlan").Standing);
        Assert.Contains("sendKeptPlan@2026-09-11", life.State.MissedLimits);
        Assert.Contains("duty-overdue-head-of-service", life.Events.OfType<DutyChased>().Where(e => e.Limit == "sendKeptPlan@2026-09-11").Select(e => e.Step));

        var chased = life.Events.OfType<DutyChased>().Count();
        life.Do(new RecordRelease(life.Today)).On(life.Today.AddDays(30));
        Assert.Equal(LimitStatus.Fallen, Limit(life, "sendKeptPlan").Standing);
        Assert.Contains("sendKeptPlan@2026-09-11", life.State.MissedLimits);
        Assert.Equal(chased, life.Events.OfType<DutyChased>().Count());
    }

    [Theory]
    [InlineData("arrangeKeptProvision", Act.KeptProvisionArranged)]
    [InlineData("arrangeKeptHealth", Act.KeptHealthArranged)]
    public void Provision_for_the_time_of_detention_is_open_until_it_is_arranged(string key, Act act)
    {
        var life = Kept();
        Assert.Equal((LimitStatus.Open, (DateOnly?)null, Began), (Limit(life, key).Standing, Limit(life, key).Limit.Due, Limit(life, key).Limit.From));
        Assert.Contains(life.State.Attention, a => a.Id == "kept-provision");

        life.On(Aware.AddDays(9)).Do(new RecordAct(act, life.Today, "As in the plan."));

        Assert.Equal((LimitStatus.Met, life.Today), (Limit(life, key).Standing, Limit(life, key).MetOn));
        Assert.Equal(act != Act.KeptProvisionArranged, life.State.Attention.Any(a => a.Id == "kept-provision"));
        life.Refused("nothing-to-meet", new RecordAct(act, Began.AddDays(-1), "Before."));
        Assert.Equal(LimitStatus.Fallen, Limit(Kept().Do(new RecordRelease(Aware)), key).Standing);
    }

    [Fact]
    public void The_annual_review_is_suspended_and_a_monitoring_meeting_takes_its_place()
    {
        var life = Kept().On(ReviewDue.AddDays(10));

        Assert.Null(Find(life, "firstReview"));
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("firstReview", StringComparison.Ordinal));
        Assert.DoesNotContain(life.Events.OfType<DutyChased>(), e => e.Limit.StartsWith("firstReview", StringComparison.Ordinal));
        Assert.Equal((LimitStatus.Missed, ReviewDue, Binding.Code), (Limit(life, "monitoringMeeting").Standing, Limit(life, "monitoringMeeting").Limit.Due!.Value, Limit(life, "monitoringMeeting").Limit.Binding));
        Assert.Contains("monitoringMeeting@2027-02-23", life.State.MissedLimits);

        var held = Kept().On(new DateOnly(2027, 2, 1));
        held.Do(new RecordAct(Act.MonitoringMeetingHeld, held.Today, "The provision goes on.")).On(new DateOnly(2027, 6, 1));
        Assert.Equal((LimitStatus.Open, new DateOnly(2028, 1, 31)), (Limit(held, "monitoringMeeting").Standing, Limit(held, "monitoringMeeting").Limit.Due));
        Assert.DoesNotContain(held.State.MissedLimits, missed => missed.StartsWith("monitoringMeeting", StringComparison.Ordinal));
    }

    [Fact]
    public void A_review_that_was_due_during_the_detention_is_not_missed_afterwards_and_the_review_after_the_release_is_open_until_it_is_decided()
    {
        var life = Kept().On(new DateOnly(2027, 3, 15));
        life.Do(new RecordRelease(life.Today)).On(life.Today.AddDays(30));

        Assert.Null(Find(life, "firstReview"));
        Assert.Null(Find(life, "monitoringMeeting"));
        Assert.Equal((LimitStatus.Open, new DateOnly(2027, 3, 15)), (Limit(life, "reviewAfterRelease").Standing, Limit(life, "reviewAfterRelease").Limit.From));
        Assert.Contains(life.State.Attention, a => a.Id == "review-after-release");

        life.Do(new ArrangeReview(life.Today, ReviewArranger.School, Reviewed.Everyone));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "review-after-release");
        Reviewed.Decided(life.Do(Reviewed.Meeting(life)), ReviewChoice.Keep, 5);

        Assert.Equal((LimitStatus.Met, life.Today), (Limit(life, "reviewAfterRelease").Standing, Limit(life, "reviewAfterRelease").MetOn));
        Assert.Equal((LimitStatus.Open, life.Today.AddYears(1).AddDays(-1)), (Limit(life, "annualReview").Standing, Limit(life, "annualReview").Limit.Due));
    }

    [Fact]
    public void A_review_that_is_due_after_the_release_is_taken_up_again_and_missed_like_any_other()
    {
        var life = Kept().On(new DateOnly(2026, 10, 1));
        Assert.Null(Find(life, "firstReview"));

        life.Do(new RecordRelease(life.Today));
        Assert.Equal((LimitStatus.Open, ReviewDue), (Limit(life, "firstReview").Standing, Limit(life, "firstReview").Limit.Due));
        Assert.Equal(LimitStatus.Missed, Limit(life.On(ReviewDue.AddDays(1)), "firstReview").Standing);
        Assert.Contains("firstReview@2027-02-23", life.State.MissedLimits);
    }

    [Fact]
    public void A_review_that_was_overdue_before_is_not_chased_while_the_person_is_detained_and_again_afterwards()
    {
        var life = Plan().On(ReviewDue.AddDays(2));
        Assert.Equal(LimitStatus.Missed, Limit(life, "firstReview").Standing);
        var chased = life.Events.OfType<DutyChased>().Count();

        Detained.From(life).On(life.Today.AddDays(20));
        Assert.Null(Find(life, "firstReview"));
        Assert.Equal(chased, life.Events.OfType<DutyChased>().Count());
        Assert.Contains(life.State.Attention, a => a.Id == "monitoring-meeting");

        life.Do(new RecordAct(Act.MonitoringMeetingHeld, life.Today, "Held."));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "monitoring-meeting");
        life.Do(new RecordRelease(life.Today));
        Assert.Equal(LimitStatus.Missed, Limit(life, "firstReview").Standing);
        Assert.True(life.On(life.Today.AddDays(10)).Events.OfType<DutyChased>().Count() > chased);
    }

    [Fact]
    public void After_the_release_the_family_the_icb_the_school_and_the_youth_offending_team_are_told_that_the_plan_is_in_force_again()
    {
        var life = Kept().On(new DateOnly(2026, 10, 1));
        life.Do(new RecordRelease(life.Today));

        Assert.Equal([RecipientRole.Family, RecipientRole.Icb, RecipientRole.NamedInstitution, RecipientRole.YouthOffendingTeam], Detained.Told(life, NoticeKind.PlanAfterRelease));
        foreach (var notice in life.State.Notices.Where(n => n.Kind == NoticeKind.PlanAfterRelease))
        {
            var letter = LetterWriting.Write(new LetterSubject(LetterKind.PlanAfterRelease, notice.Id), life.State, life.Rules, new LetterSending(life.Today, NoticeChannel.Electronic))!;
            Assert.Empty(letter.Missing);
            Assert.Equal("Thursday 1 October 2026", letter.Facts["releasedOn"]);
            Assert.DoesNotContain(LetterVocabulary.Detained, letter.TrueConditions);
        }

        Assert.DoesNotContain(life.State.Attention, a => a.Id == "kept-provision");
    }

    [Fact]
    public void After_a_move_the_new_person_in_charge_has_the_plan_and_whoever_else_is_new()
    {
        var life = Kept().On(Aware.AddDays(30));
        var commissioner = Cases.Commissioner with { Name = "Other Commissioner", Id = Cases.Hospital.Id };
        life.Do(new RecordDetentionMove(Detained.OtherAccommodation, life.Today, commissioner));

        var second = life.State.Notices.Where(n => n is { Kind: NoticeKind.PlanKeptInDetention, Occasion: 2 }).ToList();
        Assert.Equal([(RecipientRole.PersonInCharge, Detained.OtherAccommodation), (RecipientRole.HealthServicesCommissioner, commissioner)], second.Select(n => (n.To, n.Agency!)));
        Assert.Equal(LimitStatus.Met, Limit(life, "sendKeptPlan").Standing);
        Assert.Equal((Detained.OtherAccommodation, life.Today, Cases.YouthOffendingTeam), (life.State.Detentions[^1].Accommodation, life.State.Detentions[^1].MovedOn!.Value, life.State.Detentions[^1].YouthOffendingTeam));
        life.Refused("nothing-changed", new RecordDetentionMove(Detained.OtherAccommodation, life.Today));
    }

    [Fact]
    public void What_is_done_with_maintained_plans_waits_for_the_release()
    {
        var life = Kept();
        life.Refused("detained", new ArrangeReview(life.Today.AddDays(60), ReviewArranger.School, Reviewed.Everyone));
        life.Refused("detained", new ProposeAmendments("A report.", "Weekly."));
        life.Refused("detained", new ConsiderCeasing(CeasingReason.HigherEducation, "Has left.", life.Today.AddDays(21)));
        life.Refused("detained", new RecordReassessmentRequest(life.Today, RecipientRole.Family));
        life.Refused("detained", new AgreeReassessment("New needs."));
        life.Refused("detained", new RecordPlanCeased(life.Today));
        life.Do(new RecordRelease(life.Today)).Do(new RecordReassessmentRequest(life.Today, RecipientRole.Family));
    }

    [Fact]
    public void A_second_detention_runs_on_its_own()
    {
        var life = Kept().On(new DateOnly(2026, 10, 1));
        life.Do(new RecordAct(Act.KeptProvisionArranged, life.Today, "As in the plan.")).Do(new RecordRelease(life.Today)).On(new DateOnly(2026, 11, 2));
        Detained.From(life);

        Assert.Equal([1, 2], life.State.Detentions.Select(one => one.Number));
        Assert.Equal((LimitStatus.Open, life.Today), (Limit(life, "arrangeKeptProvision").Standing, Limit(life, "arrangeKeptProvision").Limit.From));
        Assert.Equal((LimitStatus.Met, new DateOnly(2026, 11, 6)), (Limit(life, "sendKeptPlan").Standing, Limit(life, "sendKeptPlan").Limit.Due));
        life.Do(new RecordRelease(life.Today)).Refused("day-out-of-order", Detained.Step(life.Today.AddDays(-1)));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var life = Kept();
        life.Refused("already-detained", Detained.Step(life.Today));

        var free = Plan().On(Aware);
        free.Refused("not-detained", new RecordRelease(Aware));
        free.Refused("not-detained", new RecordDetentionMove(Detained.OtherAccommodation, Aware));
        free.Refused("nothing-to-meet", new RecordAct(Act.KeptProvisionArranged, Aware, "As in the plan."));
        free.Refused("text-missing", Detained.Step(Aware) with { Accommodation = Cases.Accommodation with { Name = " " } });
        Disputed.Issued(Detained.Facts with { Route = RequestRoute.YoungPerson, Child = Detained.Facts.Child with { DateOfBirth = new DateOnly(2007, 9, 7) } }).On(Aware).Refused("too-old", Detained.Step(Aware));
        Disputed.Refused(Detained.Facts).Refused("ended", Detained.Step(Cases.Received.AddDays(10)));
    }

    private static Life Plan() => Disputed.Issued(Detained.Facts);

    private static Life Kept() => Plan().On(Aware).Do(Detained.Step(Began, Aware));

    // The plan is sent to nobody from the day on which the detention becomes known.
    private static Life Unsent()
    {
        var held = false;
        var life = Life.Assessing(effect => held && effect is SendNotice ? EffectOutcome.NeedsHuman : EffectOutcome.Done);
        life.On(life.Today.AddDays(30)).AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft());
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        life.On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One")).On(Aware);
        Assert.Equal(Issued, life.State.FinalPlanSentOn);
        held = true;
        return life.Do(Detained.Step(Began, Aware));
    }

    private static LimitProgress Limit(Life life, string key) => Disputed.Limit(life, key);

    private static LimitProgress? Find(Life life, string key) => Limits.Of(life.State, life.Today, life.Rules).FirstOrDefault(l => l.Limit.RuleKey == key);
}
