using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Amending;

/// <summary>The amended plan is a version of the same chain: proposed, commented on, finalised or given up, and never two in force.</summary>
public class AmendingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Done_in_time_every_limit_of_an_amendment_is_met(bool afterReview)
    {
        var life = Open(afterReview);
        var proposed = life.Today;
        var amendment = life.State.Amendments.Single();
        Assert.Equal((PlanSectionLetter.F, "every week", "The new report says so."), (amendment.Changes.Single().Section, amendment.Changes.Single().After!.Split('(')[1].Split(", ")[1], amendment.Changes.Single().Source));
        Assert.Equal((LimitStatus.Runs, proposed.AddDays(14)), Standing(life, "reviewRepresentations"));
        Assert.Equal((LimitStatus.Open, proposed.AddDays(56)), Standing(life, "amendedFinal"));
        life.On(proposed.AddDays(14)).Refused("representations-still-open", new FinaliseAmendedPlan("Officer One"));

        Amended.Finalised(life, 1);

        Assert.Equal((LimitStatus.Met, proposed.AddDays(56)), Standing(life, "amendedFinal"));
        if (afterReview)
        {
            Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "amendedFinalOutside").Standing);
        }

        Assert.Equal([PlanKind.Draft, PlanKind.Final, PlanKind.AmendedFinal], life.State.Plans.Select(p => p.Kind));
        Assert.Equal([1, 2, 3], life.State.Plans.Select(p => p.Version));
        Assert.Equal((3, Stage.PlanIssued), (life.State.NewestPlan!.Version, life.State.Stage));
        Assert.Contains(life.State.NewestPlan.Section(PlanSectionLetter.F).Lines, l => l.HowOften == "every week");
        Assert.Equal(life.Today, Disputed.Limit(life, "appeal").Limit.From);
        Assert.Equal([RecipientRole.Family, RecipientRole.Icb, RecipientRole.NamedInstitution], life.State.Notices.Where(n => n.Kind == NoticeKind.AmendedPlan).Select(n => n.To).Order());
        life.Refused("nothing-to-amend", new FinaliseAmendedPlan("Officer One"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Done_late_every_limit_of_an_amendment_is_on_record_as_missed(bool afterReview)
    {
        var life = Amended.Finalised(Open(afterReview), 90);

        Assert.Contains(life.State.MissedLimits, name => name.StartsWith("amendedFinal@", StringComparison.Ordinal));
        Assert.Equal(LimitStatus.MetLate, Disputed.Limit(life, "amendedFinal").Standing);
        Assert.Equal(afterReview, life.State.MissedLimits.Any(name => name.StartsWith("amendedFinalOutside@", StringComparison.Ordinal)));
    }

    [Fact]
    public void Eight_weeks_run_from_the_sending_and_the_familys_fifteen_days_from_service()
    {
        var life = Amended.Edited(Disputed.Issued(Disputed.ByPost)).Do(new ProposeAmendments("A new report.", "Therapy each week."));
        var sent = life.Today;
        life.Do(new RecordNoticeSent("amendmentProposed-2-1-family", sent, NoticeChannel.Post));

        Assert.Equal(ServiceRules.ServedOn(sent, NoticeChannel.Post).AddDays(14), Standing(life, "reviewRepresentations").Due);
        Assert.Equal(sent.AddDays(56), Standing(life, "amendedFinal").Due);
    }

    [Fact]
    public void Finalising_alone_meets_no_limit()
    {
        var life = Amended.Edited(Disputed.Issued(Disputed.ByPost)).Do(new ProposeAmendments("A new report.", "Therapy each week.")).HandOverAll();
        life.On(life.Today.AddDays(16)).Do(new FinaliseAmendedPlan("Officer One"));

        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "amendedFinal").Standing);
        life.HandOverAll();
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "amendedFinal").Standing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_plan_that_is_not_amended_after_all_stays_as_it_is_and_the_family_can_appeal(bool afterReview)
    {
        var life = Open(afterReview);
        life.On(life.Today.AddDays(20)).Do(new DecideNotToAmend("The family and the school ask to leave it.")).HandOverAll();

        Assert.All(["amendedFinal", "notAmendedNotify"], key => Assert.Equal((key, LimitStatus.Met), (key, Disputed.Limit(life, key).Standing)));
        Assert.Equal(life.Today, Disputed.Limit(life, "appeal").Limit.From);
        Assert.Equal([RecipientRole.Family, RecipientRole.NamedInstitution], life.State.Notices.Where(n => n.Kind == NoticeKind.NotAmendedAfterAll).Select(n => n.To).Order());
        Assert.Equal((2, 2), (life.State.NewestPlan!.Version, life.State.Plans.Count));

        // What was put aside enters no later version.
        Assert.DoesNotContain(life.State.Edits, e => e.Amends is not null);
        life.Refused("no-proposal", new DecideNotToAmend("Again."));
        Amended.Finalised(Amended.Proposed(Amended.WithHealth(life), 30), 16, icb: true);
        Assert.Equal(3, life.State.NewestPlan!.Version);
    }

    [Fact]
    public void What_was_prepared_for_a_review_that_keeps_the_plan_enters_no_later_version()
    {
        var life = Amended.Edited(Reviewed.Held(Reviewed.Arranged(Disputed.Issued())));
        Reviewed.Decided(life, ReviewChoice.Keep, 5);

        Assert.DoesNotContain(life.State.Edits, e => e.Amends is not null);
        Assert.DoesNotContain(life.State.Amendments, _ => true);
    }

    [Fact]
    public void Since_the_proposal_only_the_family_and_the_placement_change_the_plan_and_anything_else_is_proposed_again()
    {
        var life = Open(afterReview: false);
        var first = life.Today;
        life.Refused("no-representations", new EditPlan("e", "The family asks.", PlanEditCause.FamilyRepresentation, life.State.NewestPlan!.Section(PlanSectionLetter.F).Lines[0].Id, HowOften: "every day"));
        life.Do(new RecordRepresentations(3, life.Today, "Every day, please."), Cases.Family);
        Amended.Edited(life, "every day", cause: PlanEditCause.FamilyRepresentation);
        Amended.Edited(life, "every year", PlanSectionLetter.F);
        life.On(life.Today.AddDays(20)).Refused("must-be-proposed-again", new FinaliseAmendedPlan("Officer One"));

        life.Do(new ProposeAmendments("The school asks too.", "Therapy each year.")).HandOverAll();
        Assert.Equal([AmendmentOutcome.ProposedAgain, null], life.State.Amendments.Select(a => a.Outcome));
        Assert.Equal(life.Today.AddDays(14), Standing(life, "reviewRepresentations").Due);
        Assert.Equal(first.AddDays(56), Standing(life, "amendedFinal").Due);
        Amended.Finalised(life);
        Assert.Contains(life.State.NewestPlan!.Section(PlanSectionLetter.F).Lines, l => l.HowOften == "every year");
    }

    [Fact]
    public void A_changed_section_G_is_agreed_by_the_ICB_in_these_very_words()
    {
        var life = Amended.WithHealth(Disputed.Issued()).Do(new ProposeAmendments("The trust's report.", "Weekly.")).HandOverAll();
        life.On(life.Today.AddDays(16)).Refused("plan-not-ready", new FinaliseAmendedPlan("Officer One"));
        life.Do(new RecordIcbAgreement(true, "Designated clinical officer", life.Today), Cases.As(Cases.Icb));
        life.Do(new RecordRepresentations(3, life.Today, "Every day, please."), Cases.Family);
        life.Do(new EditPlan("health-2", "The family asks.", PlanEditCause.FamilyRepresentation, "health", HowOften: "every day"));
        life.Refused("plan-not-ready", new FinaliseAmendedPlan("Officer One"));

        life.Do(new RecordIcbAgreement(true, "Designated clinical officer", life.Today), Cases.As(Cases.Icb)).Do(new FinaliseAmendedPlan("Officer One"));
    }

    [Fact]
    public void Advice_that_its_author_corrects_while_the_plan_goes_out_is_proposed_and_enters_the_amended_plan()
    {
        var life = Life.Consulting(Disputed.ByPost).HandOverAll();
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        life.On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One"));
        var medical = life.State.Requests.First(r => r.Kind == AdviceKind.Medical);
        var given = life.State.Advice.Last(a => a.RequestId == medical.Id);
        life.Do(new SubmitAdvice(medical.Id, given.Content with { Needs = [.. given.Content.Needs.Select(need => need with { Text = $"{need.Text} On both sides." })] }, "Both sides were meant."), Cases.As(medical.Agency!)).HandOverAll();
        life.On(life.Today.AddDays(1)).Do(new ProposeAmendments("The doctor has corrected the advice.", "Section C: both sides.")).HandOverAll();

        Amended.Finalised(life);

        Assert.Contains(life.State.NewestPlan!.Sections.SelectMany(s => s.Lines), line => line.Text.EndsWith("On both sides.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_family_asks_for_another_place_and_a_meeting_as_with_a_draft()
    {
        var life = Open(afterReview: true);
        life.Do(new AskForMeeting(life.Today), Cases.Family).Do(new RecordRepresentations(3, life.Today, "The school in our town.", Cases.School), Cases.Family);
        life.Do(new ConsultInstitution(Cases.School, life.Today)).Do(new RecordInstitutionAnswer(Cases.School.Id, life.Today, true, "Yes."), Cases.As(Cases.School));
        life.On(life.Today.AddDays(16)).Do(new NamePlacement("Mainstream school", Cases.School));
        life.Refused("meeting-not-held", new FinaliseAmendedPlan("Officer One"));
        life.Do(new RecordMeetingHeld(life.Today)).Do(new FinaliseAmendedPlan("Officer One"));

        Assert.Contains(life.State.Notices, n => n is { Kind: NoticeKind.AmendedPlan, To: RecipientRole.NamedInstitution } && n.Agency!.Id == Cases.School.Id);
        Assert.Contains(life.State.NewestPlan!.Section(PlanSectionLetter.I).Lines, l => l.Text.Contains(Cases.School.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Remedy.AmendContents)]
    [InlineData(Remedy.ContinueAndAmend)]
    public void An_amended_plan_that_an_order_calls_for_is_a_version_too_and_its_notices_wait_for_it(Remedy remedy)
    {
        var life = Disputed.Obliged(Disputed.Issued(), StartEvent.TribunalOrder, remedy);
        Assert.All(life.State.Notices.Where(n => n.Kind == NoticeKind.AmendedPlan), n => Assert.True(n.IsWrittenByHand()));

        Amended.Edited(life).Do(new FinaliseAmendedPlan("Officer One"));

        Assert.All(life.State.Notices.Where(n => n.Kind == NoticeKind.AmendedPlan), n => Assert.Equal((3, false, life.Today), (n.PlanVersion, n.IsWrittenByHand(), n.SentOn)));
        Assert.All(Disputed.LimitsOf(life, StartEvent.TribunalOrder, remedy).Where(l => l.Limit.Rule.MetBy.Kind == MetByKind.Notice), l => Assert.Equal(LimitStatus.Met, l.Standing));
        Assert.DoesNotContain(life.State.Attention, a => a.Id.StartsWith("post-amendedPlan", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_one_was_sent_the_ordered_plan_by_hand_the_finalised_one_goes_to_everybody_all_the_same()
    {
        var life = Disputed.Obliged(Amended.Proposed(Disputed.Issued()), StartEvent.TribunalOrder, Remedy.AmendContents);
        life.Do(new RecordNoticeSent(life.State.Notices.Single(n => n is { Kind: NoticeKind.AmendedPlan, To: RecipientRole.Family }).Id, life.Today, NoticeChannel.Post));

        life.Do(new FinaliseAmendedPlan("Officer One"));

        RecipientRole[] all = [RecipientRole.Family, RecipientRole.Icb, RecipientRole.NamedInstitution];
        Assert.Equal(all, life.State.Notices.Where(n => n is { Kind: NoticeKind.AmendedPlan, PlanVersion: 3 }).Select(n => n.To).Order());
        Assert.Equal(all, life.State.Notices.Where(n => n is { Kind: NoticeKind.AmendedPlan, PlanVersion: null }).Select(n => n.To).Order());
    }

    [Fact]
    public void What_is_not_in_its_order_is_refused()
    {
        var life = Disputed.Issued();
        life.Refused("nothing-to-amend", new FinaliseAmendedPlan("Officer One"));
        life.Refused("wrong-stage", new RecordRepresentations(2, life.Today, "No."));
        Amended.Proposed(life);
        life.Refused("not-the-newest-draft", new RecordRepresentations(2, life.Today, "On the old one."));
        Reviewed.Held(Reviewed.Arranged(life));
        life.Refused("amendment-open", Reviewed.Decision(ReviewChoice.Amend));
        life.Refused("nothing-to-meet", new RecordAct(Act.AmendmentFinished, life.Today, "Sent."));
    }

    [Fact]
    public void What_a_review_that_has_met_is_to_change_is_proposed_with_its_decision()
    {
        var life = Amended.Edited(Reviewed.Held(Reviewed.Arranged(Disputed.Issued())));
        life.Refused("review-under-way", new ProposeAmendments("A report.", "More."));
    }

    [Fact]
    public void A_proposal_that_a_birthday_has_put_out_of_date_is_made_again_although_the_next_review_has_met()
    {
        var life = Disputed.Issued(Cases.Facts with { Route = RequestRoute.School, Child = Cases.Facts.Child with { DateOfBirth = Cases.Received.AddYears(-18).AddDays(210) } });
        life.Do(Amended.OfSocialCare(life)).Do(new ProposeAmendments("A new report.", "A club on Saturdays.")).HandOverAll();
        var first = life.Today;
        var version = life.State.Amendments.Single().Version;
        Reviewed.Held(Reviewed.Arranged(life, daysAhead: 5, daysAfterPlan: 170));

        life.Refused("proposal-out-of-date", new FinaliseAmendedPlan("Officer One"));
        life.Refused("amendment-open", Reviewed.Decision(ReviewChoice.Amend));

        life.Do(new ProposeAmendments("The young person has come of age.", "As proposed before.")).HandOverAll();
        Assert.Equal([AmendmentOutcome.ProposedAgain, null], life.State.Amendments.Select(a => a.Outcome));
        Assert.Equal((LimitStatus.Runs, life.Today.AddDays(14)), Standing(life, "reviewRepresentations"));
        Assert.Equal(first.AddDays(56), Standing(life, "amendedFinal").Due);
        Assert.Equal(PlanSectionLetter.H2, life.State.Amendments[^1].Changes.Single().Section);

        Amended.Finalised(life);
        Assert.Equal((version, AmendmentOutcome.Amended), (life.State.NewestPlan!.Version, life.State.Amendments[^1].Outcome));

        // The review is decided after it, in its own time.
        life.Do(Reviewed.Decision(ReviewChoice.Keep)).HandOverAll();
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "reviewDecision").Standing);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_ICB_is_told_of_a_review_only_where_the_council_says_so(bool says)
    {
        foreach (var decision in Enum.GetValues<ReviewChoice>())
        {
            var life = Reviewed.Held(Reviewed.Arranged(Disputed.Issued(rules: Cases.Rules with { Council = Cases.Profile with { TellsIcbOfReviews = says } })));
            life.Do(Reviewed.Decision(decision));

            Assert.Equal(says || decision == ReviewChoice.Cease, life.State.Notices.Any(n => n is { Kind: NoticeKind.PlanKeptAfterReview or NoticeKind.PlanToBeAmended or NoticeKind.PlanCeases, To: RecipientRole.Icb }));
        }
    }

    /// <summary>Amendments are with the family: after a review, decided five days after its meeting, or without one.</summary>
    private static Life Open(bool afterReview) => afterReview
        ? Reviewed.Decided(Amended.Edited(Reviewed.Held(Reviewed.Arranged(Disputed.Issued()))), ReviewChoice.Amend, 5)
        : Amended.Proposed(Disputed.Issued());

    private static (LimitStatus Standing, DateOnly? Due) Standing(Life life, string key)
    {
        var limit = Disputed.Limit(life, key);
        return (limit.Standing, limit.Limit.Due);
    }
}
