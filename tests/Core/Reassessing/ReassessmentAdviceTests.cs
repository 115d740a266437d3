using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Reassessing;

/// <summary>A re-assessment has a round of advice of its own: asked of the same people, with the same six weeks, and apart from the first.</summary>
public sealed class ReassessmentAdviceTests
{
    private static readonly AdviceKind[] Everybody = [AdviceKind.FamilyViews, AdviceKind.Educational, AdviceKind.Medical, AdviceKind.Psychological, AdviceKind.SocialCare];

    [Fact]
    public void The_same_people_are_asked_again_on_the_day_of_the_decision_and_no_id_meets_one_of_the_first_assessment()
    {
        var life = Agreed();
        var (first, round) = (life.State.Requests.Where(r => r.Reassessment is null).ToList(), Round(life));

        Assert.Equal(Everybody, round.Select(r => r.Kind));
        Assert.Equal(first.Select(r => (r.Kind, r.Agency?.Id, r.Duty)), round.Select(r => (r.Kind, r.Agency?.Id, r.Duty)));
        Assert.All(round, r => Assert.Equal((life.Today, $"{first.Single(one => one.Kind == r.Kind).LegalBasis} with reg 26"), (r.RequestedOn, r.LegalBasis)));
        Assert.Equal(life.State.Requests.Count, life.State.Requests.DistinctBy(r => r.Id).Count());
        Assert.Equal(round.Where(r => r.Agency is not null).Select(r => r.Id), life.Effects.OfType<SendAdviceRequest>().Select(e => e.RequestId).Except(first.Select(r => r.Id)));
        Assert.Equal("medical advice for re-assessment 1", Words.Of(Of(life, AdviceKind.Medical)));
    }

    [Fact]
    public void Somebody_who_is_in_year_nine_by_now_is_asked_for_advice_on_adulthood_too()
    {
        var life = Disputed.Issued();
        life.On(new DateOnly(2031, 1, 10)).Do(new AgreeReassessment("New needs."));
        Assert.Equal("reg 6(1)(g) with reg 26", Of(life, AdviceKind.PreparationForAdulthood).LegalBasis);
    }

    [Fact]
    public void Each_has_the_six_weeks_of_an_assessment_and_the_first_round_keeps_its_own()
    {
        var life = Agreed();
        var medical = Of(life, AdviceKind.Medical);
        var limits = Limits.Of(life.State, life.Today, life.Rules).Where(l => l.Limit.Key.StartsWith("advice:", StringComparison.Ordinal)).ToList();

        Assert.Equal(2 * Everybody.Length, limits.Count);
        Assert.All(Round(life), r => Assert.Equal((LimitStatus.Open, r.ReceivedByBodyOn!.Value.AddDays(42)), Standing(life, r)));
        Assert.All(life.State.Requests.Where(r => r.Reassessment is null), r => Assert.Equal(LimitStatus.Met, Standing(life, r).Standing));

        life.On(medical.ReceivedByBodyOn!.Value.AddDays(43));
        Assert.Contains($"advice:{medical.Id}@{medical.ReceivedByBodyOn.Value.AddDays(42):yyyy-MM-dd}", life.State.MissedLimits);
        life.Do(new SubmitAdvice(medical.Id, Cases.Content(life.Today)), Cases.As(Cases.Hospital));
        Assert.Equal(LimitStatus.MetLate, Standing(life, Of(life, AdviceKind.Medical)).Standing);
    }

    [Fact]
    public void It_is_chased_by_the_same_ladder_until_it_has_come()
    {
        var life = Agreed();
        var (medical, school) = (Of(life, AdviceKind.Medical), Of(life, AdviceKind.Educational));
        life.On(life.Today.AddDays(20)).Do(new SubmitAdvice(school.Id, Cases.Content(life.Today)), Cases.As(Cases.School));
        life.On(medical.ReceivedByBodyOn!.Value.AddDays(70));

        var taken = life.Events.OfType<ChaseStepTaken>().ToList();
        Assert.Equal(
            ["remind-2-weeks-before", "remind-3-days-before", "remind-overdue", "escalate-manager", "escalate-dmo", "escalate-commissioner", "escalate-send-lead"],
            taken.Where(step => step.RequestId == medical.Id).Select(step => step.Step));
        Assert.DoesNotContain(taken, step => step.RequestId == school.Id);
        Assert.All(life.Effects.OfType<SendReminder>().Where(e => e.RequestId == medical.Id), e => Assert.Equal(Cases.Hospital.Id, e.Agency));
    }

    [Fact]
    public void A_missed_appointment_and_an_exception_relieve_it_as_in_an_assessment()
    {
        var life = Agreed();
        var medical = Of(life, AdviceKind.Medical);
        life.On(life.Today.AddDays(10)).Do(new RecordMissedAppointment(medical.Id, life.Today), Cases.As(Cases.Hospital));
        life.Do(new ClaimException("ill", Ground.ExceptionalCircumstances, life.Today, life.Today, "A letter.", "Nobody could be met."));

        var relieved = Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == $"advice:{medical.Id}").Limit;
        Assert.Equal([Ground.ExceptionalCircumstances, Ground.MissedAppointment], relieved.RelievedBy.Order());
        Assert.Equal(medical.ReceivedByBodyOn!.Value.AddDays(42), relieved.Due);
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "advice:medical-1" && l.Limit.RelievedBy.Count > 0);
    }

    [Fact]
    public void An_answer_to_the_first_assessment_does_not_enter_and_says_which_request_it_is_for()
    {
        var life = Agreed();
        var (before, medical) = (life.State.Requests.First(r => r.Kind == AdviceKind.Medical), Of(life, AdviceKind.Medical));
        var refused = life.Try(new SubmitAdvice(before.Id, Cases.Content(life.Today, "late news")), Cases.As(Cases.Hospital));

        Assert.Equal("ended", refused.Refusal?.Code);
        Assert.EndsWith($"for a re-assessment: answer request {medical.Id}.", refused.Refusal!.Reason, StringComparison.Ordinal);
        Assert.Empty(refused.Events);
        life.Refused("ended", new AcknowledgeAdviceRequest(before.Id), Cases.As(Cases.Hospital));
        life.Refused("not-asked", new SubmitAdvice(medical.Id, Cases.Content(life.Today)), Cases.As(Cases.School));
    }

    [Fact]
    public void An_answer_to_an_earlier_round_does_not_enter_a_later_one()
    {
        var life = Decided(Agreed(), amend: false);
        var before = Round(life).First(r => r.Kind == AdviceKind.Medical);
        life.On(life.Today.AddDays(200)).Do(new AgreeReassessment("Newer needs."));

        Assert.Equal([1, 2], life.State.Requests.Select(r => r.Reassessment).OfType<int>().Distinct());
        life.Refused("ended", new SubmitAdvice(before.Id, Cases.Content(life.Today)), Cases.As(Cases.Hospital));
        Assert.Equal(Everybody, life.State.Requests.Where(r => r.Reassessment == 2).Select(r => r.Kind));
    }

    [Fact]
    public void Existing_advice_that_all_three_find_sufficient_takes_the_place_of_new_advice_and_what_was_agreed_before_does_not()
    {
        var life = Agreed();
        var care = Of(life, AdviceKind.SocialCare);
        life.Do(new ProposeExistingAdvice("existing-9", AdviceKind.SocialCare, Cases.SocialCare, Cases.Content(life.Today.AddDays(-30))));
        life.Do(new AgreeExistingAdvice("existing-9", AgreeingParty.Author, true), Cases.As(Cases.SocialCare)).Do(new AgreeExistingAdvice("existing-9", AgreeingParty.Council, true));
        Assert.True(Of(life, AdviceKind.SocialCare).IsOpen);

        life.Do(new AgreeExistingAdvice("existing-9", AgreeingParty.Family, true), Cases.Family);
        Assert.Equal((RequestStatus.Withdrawn, "Existing advice is relied on (reg 6(4))."), (Of(life, AdviceKind.SocialCare).Status, Of(life, AdviceKind.SocialCare).StatusReason));
        Assert.Contains(life.Effects.OfType<SendWithdrawal>(), e => e.RequestId == care.Id);
        Assert.Equal((1, "reg 6(4) with reg 26"), (life.State.Advice[^1].Reassessment!.Value, life.State.Advice[^1].LegalBasis));
        life.Refused("relied-on", new RequestAdvice(AdviceKind.SocialCare, Cases.SocialCare, "Once more."));

        var later = Decided(life, amend: false).On(life.Today.AddDays(200)).Do(new AgreeReassessment("Newer needs."));
        Assert.Contains(later.State.Requests, r => r is { Reassessment: 2, Kind: AdviceKind.SocialCare, IsOpen: true });
    }

    [Fact]
    public void One_who_does_not_agree_keeps_the_request_open()
    {
        var life = Agreed().Do(new ProposeExistingAdvice("existing-9", AdviceKind.SocialCare, Cases.SocialCare, Cases.Content(Cases.Received)));
        life.Do(new AgreeExistingAdvice("existing-9", AgreeingParty.Family, false), Cases.Family);
        Assert.True(Of(life, AdviceKind.SocialCare).IsOpen);
        life.Refused("already-judged", new AgreeExistingAdvice("existing-9", AgreeingParty.Council, true));
    }

    [Fact]
    public void Whom_the_family_reasonably_wants_is_asked_and_who_declines_is_replaced()
    {
        var life = Agreed();
        life.Do(new AskForAdviser("wish-9", Cases.Therapist, "They know Robin."), Cases.Family).Do(new AnswerAdviserWish("wish-9", true, "Reasonable."));
        var wished = life.State.Requests[^1];
        Assert.Equal((AdviceKind.Other, Cases.Therapist.Id, "reg 6(1)(h) with reg 26", 1), (wished.Kind, wished.Agency!.Id, wished.LegalBasis, wished.Reassessment!.Value));

        var medical = Of(life, AdviceKind.Medical);
        life.Do(new DeclineAdviceRequest(medical.Id, "Discharged."), Cases.As(Cases.Hospital));
        life.Refused("advice-not-sought", new DecideOnPlan(true, "On the advice.", "They declined."));
        life.On(life.Today.AddDays(12));
        Assert.Contains(life.Events.OfType<ChaseStepTaken>(), step => step.RequestId == medical.Id && step.Step.StartsWith("declined-remind-officer", StringComparison.Ordinal));
        life.Refused("of-another-round", new RequestAdvice(AdviceKind.Medical, Cases.Therapist, "In its place.", "medical-1"));
        life.Do(new RequestAdvice(AdviceKind.Medical, Cases.Therapist, "In its place.", medical.Id));
        Assert.Equal((1, RequestStatus.Delivered), (life.State.Requests[^1].Reassessment!.Value, life.State.Requests[^1].Status));
    }

    [Fact]
    public void It_is_not_decided_without_what_was_asked_for_unless_the_council_says_why()
    {
        var life = Agreed();
        var open = string.Join(", ", Round(life).Select(r => r.Id));
        var refused = life.Try(new DecideOnPlan(true, "On the advice."));
        Assert.Equal(("advice-outstanding", $"These requests have not been answered: {open}. Wait for the answers, or give the reason for not waiting (withoutReason)."), (refused.Refusal?.Code, refused.Refusal?.Reason));
        life.Refused("text-missing", new DecideOnPlan(true, "On the advice.", " "));

        life.AnswerAll();
        life.Do(new DecideOnPlan(true, "On the advice."));
        Assert.Equal((1, life.Today), (life.State.ReassessmentRound!.Number, life.State.ReassessmentRound.EndedOn!.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_decision_on_the_plan_closes_what_is_open_and_later_answers_are_not_taken(bool amend)
    {
        var life = Agreed();
        life.Do(new SubmitAdvice(Of(life, AdviceKind.Medical).Id, Cases.Content(life.Today)), Cases.As(Cases.Hospital));
        Decided(life, amend);

        Assert.All(Round(life), r => Assert.Equal(r.Kind == AdviceKind.Medical ? RequestStatus.Received : RequestStatus.Withdrawn, r.Status));
        Assert.Null(ReassessmentRound.Open(life.State));
        Assert.Equal(3, life.Effects.OfType<SendWithdrawal>().Select(e => e.RequestId).Intersect(Round(life).Select(r => r.Id)).Count());
        life.Refused("ended", new SubmitAdvice(Of(life, AdviceKind.Medical).Id, Cases.Content(life.Today, "listening")), Cases.As(Cases.Hospital));
        life.Refused("wrong-stage", new RequestAdvice(AdviceKind.Other, Cases.Therapist, "Late."));
    }

    [Fact]
    public void A_plan_that_ceases_or_is_handed_on_closes_it()
    {
        var died = Agreed();
        died.Do(new RecordPlanCeased(died.Today, Died: true));
        var handedOn = Agreed();
        handedOn.Do(new RecordAct(Act.PlanHandedOn, handedOn.Today, "By the package."));

        Assert.All([died, handedOn], life =>
        {
            Assert.DoesNotContain(Round(life), r => r.IsOpen);
            Assert.Equal(life.Today, life.State.ReassessmentRound!.EndedOn);
            Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l is { Standing: LimitStatus.Open } && l.Limit.Key.StartsWith("advice:", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void An_order_to_re_assess_asks_everybody_once()
    {
        var life = Disputed.Obliged(Disputed.Issued(), StartEvent.TribunalOrder, Remedy.Reassess);
        Assert.Equal(Everybody, Round(life).Select(r => r.Kind));

        var under = Agreed();
        var asked = under.State.Requests.Count;
        Disputed.Obliged(under.HandOverAll(), StartEvent.TribunalOrder, Remedy.Reassess);
        Assert.Equal(asked, under.State.Requests.Count);
    }

    [Fact]
    public void Its_advice_is_listed_in_the_amended_plan_and_an_officer_takes_what_changes_it_with_its_source()
    {
        var life = Agreed();
        life.AnswerAll();
        var advice = life.State.Advice.Last(a => a is { Kind: AdviceKind.Medical, Reassessment: 1 });
        life.Do(new EditPlan("from-medical", "The new report.", PlanEditCause.Officer, Section: PlanSectionLetter.F, NewText: "Speech sessions.", Who: "A therapist", HowOften: "weekly", HowLong: "30 minutes",
            Answers: [life.State.NewestPlan!.Section(PlanSectionLetter.E).Lines[0].Id], ReadFromAdvice: advice.Id));
        life.Do(new DecideOnPlan(true, "On the advice.")).Do(new FinaliseAmendedPlan("Officer One"));

        var plan = life.State.NewestPlan!;
        var (taken, listed) = (plan.Section(PlanSectionLetter.F).Lines.Single(l => l.Id == "from-medical"), plan.Section(PlanSectionLetter.K).Lines.Single(l => l.Id == advice.Id));
        Assert.Equal((advice.Id, advice.RequestId, Cases.Hospital.Id, AdviceKind.Medical), (taken.From.Source, taken.From.Request, taken.From.Agency!.Value, taken.From.Kind!.Value));
        Assert.Equal(("Medical advice, reg 6(1)(c) with reg 26", advice.ReceivedOn), (listed.Text, listed.From.ReceivedOn));

        // Nothing else from it is in the plan, and all of it is offered.
        Assert.DoesNotContain(plan.Sections.SelectMany(s => s.Lines), l => l.Id.StartsWith($"{advice.Id}/", StringComparison.Ordinal));
        Assert.Equal(
            [$"{advice.Id}/v1", $"{advice.Id}/n1", $"{advice.Id}/o1", $"{advice.Id}/p1"],
            plan.LeftOut.Where(l => l.Source == advice.Id).Select(l => l.Id));
    }

    [Fact]
    public void What_comes_meanwhile_does_not_put_amendments_out_of_date_that_are_with_the_family()
    {
        var life = Amended.Edited(Agreed()).Do(new ProposeAmendments("Another report.", "Weekly.")).HandOverAll();
        life.AnswerAll();
        Amended.Finalised(life);
        Assert.Equal(PlanKind.AmendedFinal, life.State.NewestPlan!.Kind);
        Assert.NotNull(ReassessmentRound.Open(life.State));
    }

    [Fact]
    public void A_re_assessment_from_before_has_no_round_goes_on_and_an_officer_can_begin_one()
    {
        // As an earlier version recorded it: the decision, and nobody asked.
        var life = Reassessed.Asked(Disputed.Issued());
        var state = new ReassessmentAgreed(life.Today, life.Today, "New needs.").Apply(life.State);
        Assert.True(ReassessmentAdvice.NeedsRequests(state));

        var decided = Assessment.Decide(state, new DecideOnPlan(false, "As it is."), Cases.Officer, life.Now, life.Rules);
        Assert.Null(decided.Refusal);
        var asked = Assessment.Decide(state, new AskForReassessmentAdvice("It began before."), Cases.Officer, life.Now, life.Rules);
        Assert.Equal(Everybody, asked.After.Requests.Where(r => r.Reassessment == 1).Select(r => r.Kind));
        Assert.Equal("already-asked", Assessment.Decide(asked.After, new AskForReassessmentAdvice("Again."), Cases.Officer, life.Now, life.Rules).Refusal?.Code);

        life.Refused("no-reassessment", new AskForReassessmentAdvice("Nobody agreed."));
        Disputed.Issued().Refused("no-reassessment", new AskForReassessmentAdvice("Nobody agreed."));
    }

    [Fact]
    public void In_a_detention_it_is_suspended_and_goes_on_after_the_release()
    {
        var life = Disputed.Issued().On(new DateOnly(2026, 9, 1)).Do(new AgreeReassessment("New needs."));
        var medical = Of(life, AdviceKind.Medical);
        Detained.From(life);
        var taken = life.Events.OfType<ChaseStepTaken>().Count();
        life.On(life.Today.AddDays(60));

        Assert.Equal(taken, life.Events.OfType<ChaseStepTaken>().Count());
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == $"advice:{medical.Id}");
        life.Refused("detained", new RequestAdvice(AdviceKind.Other, Cases.Therapist, "More."));
        life.Do(new SubmitAdvice(medical.Id, Cases.Content(life.Today)), Cases.As(Cases.Hospital)).Do(new RecordRelease(life.Today));
        Assert.NotNull(ReassessmentRound.Open(life.State));
    }

    private static Life Agreed() => Reassessed.Agreed(Reassessed.Asked(Disputed.Issued()));

    private static Life Decided(Life life, bool amend) => life.Do(new DecideOnPlan(amend, "What was found.", "Not waited for.")).HandOverAll();

    private static List<AdviceRequest> Round(Life life) => [.. life.State.Requests.Where(r => r.Reassessment == 1)];

    private static AdviceRequest Of(Life life, AdviceKind kind) => Round(life).Last(r => r.Kind == kind);

    private static (LimitStatus Standing, DateOnly Due) Standing(Life life, AdviceRequest request) =>
        Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == $"advice:{request.Id}") is var one ? (one.Standing, one.Limit.Due!.Value) : default;
}
