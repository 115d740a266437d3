using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.TakingOver;

/// <summary>A plan that was issued elsewhere lives on here; what is not known about it is asked, and nobody is told about what was late before.</summary>
public class TakingOverTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    private static IReadOnlyList<string> Unknowns(AssessmentState state) => Orchestrations.Assessments.TakingOver.Unknown(state);

    [Fact]
    public void Nothing_is_sent_and_nobody_is_chased_for_what_was_done_before()
    {
        var life = Taken.Over(Day);

        Assert.Equal((Stage.PlanIssued, Taken.Plan.IssuedOn), (life.State.Stage, life.State.FinalPlanSentOn));
        Assert.Empty(life.Effects);
        Assert.Empty(life.State.Notices);
        Assert.Equal(["assessmentOpened", "planTakenOver", "attentionAsked"], life.Events.Select(e => StepCatalogue.Facts.Single(f => f.Type == e.GetType()).Definition.Name));
        Assert.All(Limits.Of(life.State, life.Today, life.Rules).Where(l => l.Limit.Rule.Starts is StartEvent.Received or StartEvent.FinalPlanDue), l => Assert.Equal(LimitStatus.Fallen, l.Standing));
        Assert.DoesNotContain(Forecasts.Of(life.State, life.Today, life.Rules), f => f.Outlook is Outlook.Missed or Outlook.Met && f.IsMilestone);
    }

    [Fact]
    public void What_is_not_known_is_asked_of_a_person_once_until_all_of_it_is()
    {
        var life = Taken.Over(Day);
        string[] asked = ["who speaks for the child, with their address", "the placement named in section I of the plan", "the text of the plan"];
        Assert.Equal(asked, Unknowns(life.State));
        var attention = Assert.Single(life.State.Attention);
        Assert.All(asked, what => Assert.Contains(what, attention.Text, StringComparison.Ordinal));

        life.Do(new CorrectFacts("The mother wrote.", Family: Cases.Facts.Family)).Do(Taken.Text);
        Assert.Equal(["the placement named in section I of the plan"], Unknowns(life.State));
        Assert.Single(life.State.Attention);
    }

    [Fact]
    public void Once_everything_is_known_nothing_is_asked()
    {
        var life = Taken.Over(Day, Taken.Plan with { Placement = new Placement("Special school", Cases.OtherSchool) }, Cases.Facts.Family).Do(Taken.Text);

        Assert.Empty(Unknowns(life.State));
        Assert.Empty(life.State.Attention);
    }

    [Fact]
    public void A_limit_that_had_passed_is_found_and_not_chased_and_the_next_one_is_an_ordinary_one()
    {
        var late = Taken.Over(new(2026, 6, 2));
        var limit = Disputed.Limit(late, "annualReview");
        Assert.Equal((LimitStatus.Missed, new DateOnly(2026, 5, 4)), (limit.Standing, limit.Limit.Due!.Value));
        Assert.Equal(new DateOnly(2026, 6, 2), Assert.Single(late.Events.OfType<LimitMissed>()).FoundOn);
        late.On(late.Today.AddDays(60));
        Assert.DoesNotContain(late.Events, e => e is DutyChased);

        Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(late, daysAfterPlan: 1)), ReviewChoice.Keep, 5);
        var next = Disputed.Limit(late, "annualReview");
        Assert.Equal((LimitStatus.Open, late.Today), (next.Standing, next.Limit.From));
        late.On(next.Limit.Due!.Value.AddDays(1));
        Assert.Null(late.Events.OfType<LimitMissed>().Last(e => e.Limit.StartsWith("annualReview", StringComparison.Ordinal)).FoundOn);
    }

    [Fact]
    public void A_review_that_comes_due_here_is_missed_here()
    {
        var life = Taken.Over(Day);
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "annualReview").Standing);
        Assert.DoesNotContain(life.Events, e => e is LimitMissed);
        life.On(new(2026, 5, 6));
        Assert.Null(Assert.Single(life.Events.OfType<LimitMissed>()).FoundOn);
    }

    [Fact]
    public void Where_the_last_review_is_not_known_no_limit_is_claimed_until_somebody_says()
    {
        var life = Taken.Over(Day, Taken.Plan with { LastReviewedOn = null });
        Assert.DoesNotContain(Limits.Of(life.State, Day, life.Rules), l => l.Limit.RuleKey == "annualReview");
        Assert.Contains("the day of the last review, from which the time for the next one runs", Unknowns(life.State));

        life.Do(new RecordPastReview(new(2024, 12, 10), "The old file."));
        Assert.Equal((LimitStatus.Missed, new DateOnly(2025, 12, 9)), (Disputed.Limit(life, "annualReview").Standing, Disputed.Limit(life, "annualReview").Limit.Due!.Value));
        Assert.Equal(Day, Assert.Single(life.Events.OfType<LimitMissed>()).FoundOn);
        life.Refused("already-recorded", new RecordPastReview(new(2024, 12, 10), "The old file."));

        // Known to be another: what was found of the wrong day stays on record, the limit is another.
        life.Do(new RecordPastReview(new(2025, 9, 1), "The letter itself."));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "annualReview").Standing);
    }

    [Fact]
    public void Of_a_new_plan_the_first_review_is_due_though_nobody_says_whether_there_was_one()
    {
        var life = Taken.Over(Day, Taken.Plan with { IssuedOn = new(2025, 10, 1), LastReviewedOn = null });
        Assert.Equal(new DateOnly(2026, 9, 30), Disputed.Limit(life, "annualReview").Limit.Due);
    }

    [Fact]
    public void A_family_that_moved_here_is_asked_for_its_address_as_long_as_nothing_can_be_served_on_it()
    {
        var moved = Taken.Plan with { FromCouncil = Cases.Parse<LocalAuthorityCode>("331"), TransferredOn = new(2026, 2, 20) };
        var unreached = Cases.Facts.Family with { ElectronicServiceAgreedOn = null };
        var life = Taken.Over(Day, moved, unreached);
        Assert.Contains("the family's address in this council's area", Unknowns(life.State));
        Assert.Contains(life.State.Attention, a => a.Text.Contains("the family's address", StringComparison.Ordinal));

        life.Do(new CorrectFacts("They wrote.", Family: unreached with { PostalAddress = ["1 New Road", "Newtown", "NT1 1AA"] }));
        Assert.DoesNotContain("the family's address in this council's area", Unknowns(life.State));
        Assert.DoesNotContain("the family's address in this council's area", Unknowns(Taken.Over(Day, moved, Cases.Facts.Family).State));
        Assert.DoesNotContain("the family's address in this council's area", Unknowns(Taken.Over(Day, family: unreached).State));
    }

    [Fact]
    public void A_plan_that_another_council_transferred_is_told_of_and_reviewed_as_regulation_15_says()
    {
        var life = Taken.Over(Day, Taken.Plan with { FromCouncil = Cases.Parse<LocalAuthorityCode>("331"), TransferredOn = new(2026, 2, 20) });

        Assert.Equal(new DateOnly(2026, 4, 3), Disputed.Limit(life, "transferInform").Limit.Due);
        Assert.Equal(new DateOnly(2026, 5, 19), Disputed.Limit(life, "transferReview").Limit.Due);
        Assert.DoesNotContain(Limits.Of(life.State, Day, life.Rules), l => l.Limit.RuleKey == "annualReview");
        life.Do(new RecordAct(Act.FamilyToldOfTransfer, Day, "By letter."));
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "transferInform").Standing);

        Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(life, daysAfterPlan: 1)), ReviewChoice.Keep, 5);
        Assert.Equal(life.Today, Disputed.Limit(life, "annualReview").Limit.From);
    }

    [Fact]
    public void Before_the_text_is_entered_the_plan_is_reviewed_and_kept_and_neither_amended_nor_guessed()
    {
        var life = Reviewed.Held(Reviewed.Arranged(Taken.Over(Day, family: Cases.Facts.Family), daysAfterPlan: 1));

        life.Refused("plan-text-unknown", Reviewed.Decision(ReviewChoice.Amend));
        life.Refused("plan-text-unknown", new ProposeAmendments("A report.", "More."));
        life.Refused("plan-text-unknown", new EditPlan("e", "A report.", PlanEditCause.Officer, Section: PlanSectionLetter.F, NewText: "More."));
        life.Do(Taken.Text);
        life.Do(Reviewed.Decision(ReviewChoice.Amend)).HandOverAll();
        Assert.Single(life.State.Amendments);
    }

    [Fact]
    public void With_its_text_it_is_amended_as_a_plan_of_the_hubs_own_and_the_first_version_is_what_was_issued()
    {
        var life = Taken.Over(Day, Taken.Plan with { Placement = new Placement("Special school", Cases.OtherSchool) }, Cases.Facts.Family).Do(Taken.Text);
        var first = life.State.NewestPlan!;
        Assert.Equal((1, PlanKind.Final, Taken.Plan.IssuedOn, Stage.PlanIssued), (first.Version, first.Kind, first.PreparedOn, life.State.Stage));
        Assert.Equal(Taken.Text.Lines.Select(l => l.Text), Taken.Text.Lines.Select(l => first.Section(l.Section).Lines.Single(line => line.Id == l.Id).Text));
        Assert.Contains(life.Effects, e => e is StorePlan { Version: 1 });

        Amended.Finalised(Amended.Proposed(life, 10));
        Assert.Equal([PlanKind.Final, PlanKind.AmendedFinal], life.State.Plans.Select(p => p.Kind));
        Assert.Contains(life.State.NewestPlan!.Section(PlanSectionLetter.F).Lines, l => l.HowOften == "every week");
        life.Refused("already-entered", Taken.Text);
    }

    [Fact]
    public void Without_its_text_it_can_cease_after_a_review_and_outside_one_and_the_two_are_told_apart()
    {
        var life = Taken.Over(Day, Taken.Plan with { Placement = new Placement("Special school", Cases.OtherSchool) }, Cases.Facts.Family);
        Reviewed.Held(Reviewed.Arranged(life, daysAfterPlan: 1)).Do(Reviewed.Decision(ReviewChoice.Keep)).HandOverAll();
        Amended.ToCease(life);

        Assert.NotNull(CeasingPlan.MaintainedUntil(life.State, life.Rules));
        Assert.All(life.State.Notices.Where(n => n.Kind == NoticeKind.PlanCeases), n => Assert.Equal((null, 1001), (n.PlanVersion, n.Occasion)));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "annualReview").Standing);
    }

    [Fact]
    public void The_family_can_dispute_what_was_decided_elsewhere()
    {
        var life = Taken.Over(Day, family: Cases.Facts.Family);
        life.Do(new NoteAppeal(AppealStep.Registered, Day)).Do(new NoteAppeal(AppealStep.Ordered, Day, Remedy.NameInstitution));
        Assert.Contains(life.State.Notices, n => n.Kind == NoticeKind.AmendedPlan);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        static void Opening(TakenPlan plan, string code) => new Life().StoodStillUntil(Day).Refused(code, new OpenAssessment(Taken.Facts with { TakenOver = plan }));

        var other = Cases.Parse<LocalAuthorityCode>("331");
        Opening(Taken.Plan with { Source = " " }, "text-missing");
        Opening(Taken.Plan with { FromCouncil = other }, "transfer-unclear");
        Opening(Taken.Plan with { FromCouncil = Cases.Council, TransferredOn = Day }, "same-council");
        Opening(Taken.Plan with { NeverReviewed = true }, "review-unclear");
        new Life().StoodStillUntil(Day).Refused("text-missing", new OpenAssessment(Taken.Facts));

        var own = Disputed.Issued();
        own.Refused("not-taken-over", Taken.Text);
        own.Refused("not-taken-over", new RecordPastReview(own.Today, "The file."));

        var life = Taken.Over(Day);
        life.Refused("section-not-entered", new EnterPlanText([new("i1", PlanSectionLetter.I, "A school.")], ["Advice."], "The file."));
        life.Refused("line-twice", new EnterPlanText([new("b1", PlanSectionLetter.B, "One."), new("b1", PlanSectionLetter.B, "Two.")], ["Advice."], "The file."));
        life.Refused("lines-missing", new EnterPlanText([], ["Advice."], "The file."));
        life.Refused("text-missing", new EnterPlanText([new("b1", PlanSectionLetter.B, " ")], ["Advice."], "The file."));
        life.Refused("appendices-missing", Taken.Text with { Appendices = [] });
    }
}
