using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Reviewing;

/// <summary>The annual review in the case: each limit is met and missed, year after year, and none is lost.</summary>
public class ReviewTests
{
    [Fact]
    public void Before_the_first_review_only_its_own_limit_runs()
    {
        var issued = Disputed.Issued();

        Assert.DoesNotContain(Limits.Of(issued.State, issued.Today, issued.Rules), l => l.Limit.Rule.Starts == StartEvent.PlanMadeOrReviewed);
        Assert.Equal(LimitStatus.Open, Disputed.Limit(issued, "firstReview").Standing);
    }

    [Theory]
    [InlineData(ReviewChoice.Keep)]
    [InlineData(ReviewChoice.Amend)]
    [InlineData(ReviewChoice.Cease)]
    public void Done_in_time_every_limit_of_a_review_is_met(ReviewChoice decision)
    {
        var life = Reviewed.Held(Reviewed.Arranged(Disputed.Issued()));
        life.On(life.Today.AddDays(10)).Do(new RecordReviewReport(life.Today, decision, "As recommended."));
        Reviewed.Decided(life, decision, 5);

        Assert.All(["reviewInvite", "reviewPapers", "reviewReport", "reviewDecision", "firstReview"], key => Assert.Equal((key, LimitStatus.Met), (key, Disputed.Limit(life, key).Standing)));
        Assert.Equal(decision == ReviewChoice.Amend ? LimitStatus.Open : LimitStatus.Fallen, Disputed.Limit(life, "amendedFinalOutside").Standing);
        Assert.Equal(decision == ReviewChoice.Amend, Limits.Of(life.State, life.Today, life.Rules).Any(l => l.Limit.Key == "amendedFinal"));
        Assert.DoesNotContain(life.State.MissedLimits, name => !name.StartsWith("institutionResponse:", StringComparison.Ordinal));
    }

    /// <summary>The meeting was held a fortnight after the day that was typed: the report, the decision and the amended plan are due a fortnight later.</summary>
    [Fact]
    public void A_wrong_day_of_a_review_is_corrected()
    {
        var life = Reviewed.Held(Reviewed.Arranged(Disputed.Issued()));
        var (wrong, right) = (life.Today, life.Today.AddDays(14));
        CorrectRecord Correct(string which, DateOnly was, DateOnly? on) => new(MistakenRecord.Review, was, "A slip.", on, which);
        life.Refused("day-in-future", Correct("meeting", wrong, right));
        life.On(right.AddDays(1)).Refused("no-such-record", Correct("meeting", right, wrong));
        life.Refused("no-such-record", Correct("party", wrong, right));
        life.Refused("day-missing", Correct("meeting", wrong, null));
        life.Refused("day-out-of-order", Correct("meeting", wrong, life.State.FinalPlanSentOn!.Value.AddDays(-1)));

        life.Do(Correct("meeting", wrong, right));
        Assert.Equal(
            [right.AddDays(14), right.AddDays(28), right.AddDays(84)],
            new[] { "reviewReport", "reviewDecision", "amendedFinalOutside" }.Select(key => Disputed.Limit(life, key).Limit.Due!.Value));

        life.Do(new RecordReviewReport(life.Today, ReviewChoice.Keep, "As recommended."));
        life.Refused("no-such-record", Correct("meeting", right, life.On(life.Today.AddDays(3)).Today));
        life.Do(Correct("report", right.AddDays(1), life.Today)).Do(Correct("papers", wrong.AddDays(-30), wrong.AddDays(-20))).Do(Correct("invitations", wrong.AddDays(-30), wrong.AddDays(-25)));
        Assert.Equal(
            [(DateOnly?)life.Today, wrong.AddDays(-20), wrong.AddDays(-25)],
            new[] { "reviewReport", "reviewPapers", "reviewInvite" }.Select(key => Disputed.Limit(life, key).MetOn));
    }

    [Fact]
    public void Done_late_every_limit_of_a_review_is_on_record_as_missed_and_chased()
    {
        var life = Reviewed.Arranged(Disputed.Issued(), daysAhead: 20);
        life.On(life.Today.AddDays(20));
        life.Do(new RecordReviewInvitations(life.Today)).Do(new RecordReviewPapers(life.Today, "Everybody's advice.")).Do(Reviewed.Meeting(life));
        life.On(life.Today.AddDays(40)).Do(new RecordReviewReport(life.Today, ReviewChoice.Amend, "Weekly."));
        Reviewed.Decided(life, ReviewChoice.Amend, 1);
        life.On(life.Today.AddDays(100));

        var missed = life.State.MissedLimits.Select(name => name.Split('@')[0]).ToList();
        Assert.All(["reviewInvite", "reviewPapers", "reviewReport", "reviewDecision", "amendedFinal", "amendedFinalOutside"], key => Assert.Contains(key, missed));
        Assert.All(["reviewDecision", "amendedFinal"], key => Assert.Contains(life.Events.OfType<DutyChased>(), e => e.Limit.StartsWith(key + "@", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(14, 0, LimitStatus.Met)]
    [InlineData(13, 0, LimitStatus.MetLate)]
    [InlineData(30, 10, LimitStatus.Met)]
    [InlineData(30, 17, LimitStatus.MetLate)]
    public void The_councils_own_invitations_give_notice_of_a_meeting_that_it_holds(int daysAhead, int familyAfter, LimitStatus standing)
    {
        var life = Disputed.Issued(familyAfter > 0 ? Disputed.ByPost : null);
        life.On(life.Today.AddDays(250)).Do(new ArrangeReview(life.Today.AddDays(daysAhead), ReviewArranger.Council, Reviewed.Everyone, Place: "10 am, Example Hall"));
        var arranged = life.Today;
        if (familyAfter > 0)
        {
            // The school, the ICB and social care have theirs; the family's waits for the post.
            Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "reviewInvite").Standing);
            life.On(arranged.AddDays(familyAfter)).HandOverAll();
        }

        var limit = Disputed.Limit(life, "reviewInvite");
        Assert.Equal((standing, arranged.AddDays(daysAhead - 14), (DateOnly?)arranged.AddDays(familyAfter)), (limit.Standing, limit.Limit.Due, limit.MetOn));
        life.On(life.State.Reviews[^1].MeetingOn).Do(Reviewed.Meeting(life));
        Assert.Equal(standing, Disputed.Limit(life, "reviewInvite").Standing);
        Assert.Equal(standing == LimitStatus.MetLate, life.State.MissedLimits.Any(name => name.StartsWith("reviewInvite@", StringComparison.Ordinal)));
    }

    [Fact]
    public void Notice_by_post_is_given_on_the_day_of_service()
    {
        var life = Disputed.Issued(Disputed.ByPost);
        life.On(life.Today.AddDays(250)).Do(new ArrangeReview(life.Today.AddDays(15), ReviewArranger.Council, Reviewed.Everyone));
        life.Do(new RecordNoticeSent("reviewInvited-1-family", life.Today, NoticeChannel.Post));

        Assert.Equal((LimitStatus.MetLate, life.State.Notices.Single(n => n.Id == "reviewInvited-1-family").ServedOn), (Disputed.Limit(life, "reviewInvite").Standing, Disputed.Limit(life, "reviewInvite").MetOn));
    }

    [Fact]
    public void Invitations_to_another_day_or_to_a_meeting_of_the_school_count_for_nothing()
    {
        var life = Disputed.Issued(Disputed.ByPost);
        life.On(life.Today.AddDays(250)).Do(new ArrangeReview(life.Today.AddDays(30), ReviewArranger.Council, Reviewed.Everyone));
        life.HandOverAll();
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "reviewInvite").Standing);

        life.Do(new ArrangeReview(life.Today.AddDays(40), ReviewArranger.Council, Reviewed.Everyone));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "reviewInvite").Standing);
        life.HandOverAll();
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "reviewInvite").Standing);

        life.Do(new ArrangeReview(life.Today.AddDays(40), ReviewArranger.School, Reviewed.Everyone));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "reviewInvite").Standing);
        life.Do(new RecordReviewInvitations(life.Today));
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "reviewInvite").Standing);
    }

    [Fact]
    public void What_is_learned_after_the_decision_of_invitations_papers_and_report_is_put_on_record()
    {
        var life = Reviewed.Arranged(Disputed.Issued());
        var invited = life.Today;
        life.On(life.State.Reviews[^1].MeetingOn).Do(Reviewed.Meeting(life));
        var held = life.Today;
        Reviewed.Decided(life, ReviewChoice.Keep, 10);
        life.On(held.AddDays(20)).Do(new RecordReviewInvitations(invited)).Do(new RecordReviewPapers(invited, "Everybody's advice."));
        life.Do(new RecordReviewReport(held.AddDays(18), ReviewChoice.Keep, "It came late."));

        Assert.Equal((invited, invited, held.AddDays(18)), (life.State.Reviews[^1].InvitedOn, life.State.Reviews[^1].PapersSentOn, life.State.Reviews[^1].ReportSentOn));
        Assert.All(["reviewInvite", "reviewPapers"], key => Assert.Equal((key, LimitStatus.Met), (key, Disputed.Limit(life, key).Standing)));
        Assert.Equal(LimitStatus.MetLate, Disputed.Limit(life, "reviewReport").Standing);
        life.Refused("already-recorded", new RecordReviewReport(held.AddDays(18), ReviewChoice.Keep, "It came late."));
    }

    [Fact]
    public void Deciding_alone_completes_no_review()
    {
        var life = Reviewed.Held(Reviewed.Arranged(Disputed.Issued(Disputed.ByPost)));
        life.On(life.Today.AddDays(5)).Do(Reviewed.Decision(ReviewChoice.Keep));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "reviewDecision").Standing);
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "firstReview").Standing);

        life.Do(new RecordNoticeOutcome("planKeptAfterReview-1-namedInstitution", NoticeOutcome.Returned, life.Today, "It came back."));
        life.Do(new RecordNoticeSent("planKeptAfterReview-1-family", life.Today, NoticeChannel.ByHand));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "firstReview").Standing);
        life.Refused("not-notified", new ArrangeReview(life.Today.AddDays(300), ReviewArranger.School, Reviewed.Everyone));

        life.Do(new RecordNoticeSent("planKeptAfterReview-1-namedInstitution", life.Today, NoticeChannel.ByHand));
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "reviewDecision").Standing);
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "firstReview").Standing);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void Each_review_begins_the_next_year_and_a_year_that_was_missed_stays_on_record(int late)
    {
        var life = Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(Disputed.Issued())), ReviewChoice.Keep, 5);
        for (var year = 2; year <= 5; year++)
        {
            var annual = Disputed.Limit(life, "annualReview");
            Assert.Equal((LimitStatus.Open, life.Today, life.Today.AddYears(1).AddDays(-1)), (annual.Standing, annual.Limit.From, annual.Limit.Due));
            Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(life, daysAfterPlan: 300 + late, daysAhead: 30)), ReviewChoice.Keep, 5);
            Assert.Equal(late > 0, life.State.MissedLimits.Contains($"annualReview@{annual.Limit.Due:yyyy-MM-dd}"));
            Assert.Equal(year, life.State.Reviews.Count);
        }

        Assert.Equal(late > 0 ? 4 : 0, life.State.MissedLimits.Count(name => name.StartsWith("annualReview@", StringComparison.Ordinal)));
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "firstReview").Standing);
    }

    [Fact]
    public void A_hub_that_stood_still_has_the_missed_year_on_record_all_the_same()
    {
        var life = Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(Disputed.Issued())), ReviewChoice.Keep, 5);
        var due = Disputed.Limit(life, "annualReview").Limit.Due!.Value;
        Reviewed.Held(Reviewed.Arranged(life, daysAfterPlan: 320)).StoodStillUntil(due.AddDays(9)).Do(Reviewed.Decision(ReviewChoice.Keep));
        Disputed.Sent(life);

        Assert.Contains($"annualReview@{due:yyyy-MM-dd}", life.State.MissedLimits);
    }

    [Fact]
    public void Until_the_meeting_is_held_nothing_that_follows_it_runs_and_who_was_invited_to_an_earlier_day_is_invited_anew()
    {
        var life = Reviewed.Arranged(Disputed.Issued());
        Assert.Equal(["reviewInvite", "reviewPapers"], Limits.Of(life.State, life.Today, life.Rules).Where(l => l.Limit.Rule.Starts == StartEvent.ReviewMeeting).Select(l => l.Limit.Key));
        life.Do(new RecordReviewInvitations(life.Today));
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "reviewInvite").Standing);

        life.Do(new ArrangeReview(life.Today.AddDays(50), ReviewArranger.School, Reviewed.Everyone));
        Assert.Equal((LimitStatus.Open, life.Today.AddDays(36)), (Disputed.Limit(life, "reviewInvite").Standing, Disputed.Limit(life, "reviewInvite").Limit.Due));
        Assert.Single(life.State.Reviews);
    }

    [Theory]
    [InlineData(ReviewChoice.Keep, true)]
    [InlineData(ReviewChoice.Amend, false)]
    [InlineData(ReviewChoice.Cease, true)]
    public void The_time_to_appeal_runs_from_the_latest_decision_that_can_be_appealed(ReviewChoice decision, bool appealable)
    {
        var life = Disputed.Issued();
        var first = Disputed.Limit(life, "appeal").Limit.From;
        Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(life)), decision, 5);

        Assert.Equal(appealable ? life.Today : first, Disputed.Limit(life, "appeal").Limit.From);
        Assert.Equal(appealable ? life.Today : first, Disputed.Limit(life, "contactMediationAdviser").Limit.From);
    }

    [Fact]
    public void A_plan_that_is_to_cease_is_reviewed_as_before_until_it_has_ceased()
    {
        var life = Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(Disputed.Issued())), ReviewChoice.Cease, 5);
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "annualReview").Standing);
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.Do(new ArrangeReview(life.Today.AddDays(300), ReviewArranger.School, Reviewed.Everyone));
        Assert.Equal(2, life.State.Reviews.Count);

        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Dismissed, life.Today));
        life.On(life.Today.AddDays(1)).Do(new RecordPlanCeased(life.Today));
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(life, "annualReview").Standing);
        life.Refused("plan-ceased", new ArrangeReview(life.Today.AddDays(300), ReviewArranger.School, Reviewed.Everyone));
    }

    [Fact]
    public void What_is_not_in_its_order_or_not_whole_is_refused()
    {
        var issued = Disputed.Issued();
        issued.Refused("no-review", new RecordReviewInvitations(issued.Today));
        issued.Refused("not-invited", new ArrangeReview(issued.Today.AddDays(30), ReviewArranger.School, [ReviewInvitee.Family]));
        issued.Refused("no-review", Reviewed.Meeting(issued));

        var life = Reviewed.Arranged(Disputed.Issued(), daysAhead: 0, daysAfterPlan: 100);
        life.Refused("meeting-not-held", new RecordReviewReport(life.Today, ReviewChoice.Keep, "Report."));
        life.Refused("meeting-not-held", Reviewed.Decision(ReviewChoice.Keep));
        var meeting = Reviewed.Meeting(life);
        Assert.NotEmpty(meeting.Provision);
        life.Refused("line-not-reviewed", meeting with { Provision = [.. meeting.Provision.Skip(1)] });
        life.Refused("line-twice", meeting with { Provision = [.. meeting.Provision, meeting.Provision[0]] });
        life.Refused("unknown-line", meeting with { Outcomes = [.. meeting.Outcomes, new OutcomeReviewed("nothing/o1", OutcomeStatus.Met)] });
        life.Refused("text-missing", meeting with { Provision = [.. meeting.Provision.Select(p => p with { Delivered = false })] });
        life.Do(meeting);
        life.Refused("proposal-unclear", new DecideAfterReview(ReviewChoice.Amend, "Reasons."));
        life.Refused("consultation-unclear", new DecideAfterReview(ReviewChoice.Cease, "Reasons."));
        life.Refused("already-recorded", meeting);
        life.Refused("meeting-held", new ArrangeReview(life.Today.AddDays(3), ReviewArranger.School, Reviewed.Everyone));
    }

    [Fact]
    public void In_and_beyond_Year_9_the_meeting_considers_adulthood()
    {
        var facts = Disputed.ByPost with { Child = Cases.Facts.Child with { DateOfBirth = new DateOnly(2010, 3, 1) } };
        var life = Reviewed.Arranged(Disputed.Issued(facts), daysAhead: 0);

        life.Refused("adulthood-missing", Reviewed.Meeting(life) with { PreparationForAdulthood = null });
        life.Do(Reviewed.Meeting(life));
    }

    [Theory]
    [InlineData(Act.ReviewInvited)]
    [InlineData(Act.ReviewPapersSent)]
    [InlineData(Act.ReviewReportSent)]
    [InlineData(Act.ReviewDecided)]
    public void An_act_that_has_a_step_of_its_own_is_recorded_there_and_older_records_still_count(Act act)
    {
        var life = Disputed.Issued();
        life.Refused("not-recorded-this-way", new RecordAct(act, life.Today, "Done."));

        var before = Assessment.Evolve(life.State, new ActRecorded(new RecordedAct(act, life.Today, "Kept.")));
        Assert.Equal(act == Act.ReviewDecided ? LimitStatus.Met : LimitStatus.Open, Limits.Of(before, life.Today, life.Rules).Single(l => l.Limit.Key == "firstReview").Standing);
        Assert.Equal(act == Act.ReviewDecided, Limits.Of(before, life.Today, life.Rules).Any(l => l.Limit.Key == "annualReview" && l.Standing == LimitStatus.Open));
    }
}
