using IntegrationHub.Contracts.Advice;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Workspace;

/// <summary>Which decision of the council a case waits for.</summary>
public sealed class AwaitedDecisionTests
{
    private static readonly DateOnly Day = new(2026, 6, 8);

    private static AssessmentState Opened => new() { Id = Cases.Id, Stage = Stage.Considering, Facts = Cases.Facts };

    [Theory]
    [InlineData(RequestStatus.Received, "decide-whether-to-issue-plan")]
    [InlineData(RequestStatus.Withdrawn, "decide-whether-to-issue-plan")]
    [InlineData(RequestStatus.Requested, null)]
    [InlineData(RequestStatus.ReturnedInsufficient, null)]
    [InlineData(RequestStatus.Declined, null)]
    public void Whether_to_issue_a_plan_is_decided_when_nothing_is_awaited(RequestStatus status, string? step)
    {
        var request = new AdviceRequest { Id = "medical-1", Kind = AdviceKind.Medical, LegalBasis = "reg 6(1)(c)", Duty = AnswerDuty.Section31Body, RequestedOn = Day, Status = status };
        Assert.Equal(step, Awaited(Opened with { Stage = Stage.Assessing, Requests = [request] }));
    }

    [Fact]
    public void A_case_in_consideration_waits_for_the_decision_whether_to_assess()
    {
        Assert.Equal("decide-whether-to-assess", Awaited(Opened));
        Assert.Null(Awaited(AssessmentState.None(Cases.Id)));
        foreach (var stage in new[] { Stage.Drafting, Stage.Consulting, Stage.Finalising, Stage.PlanIssued, Stage.RefusedToAssess, Stage.NoPlan, Stage.Withdrawn, Stage.Moved })
        {
            Assert.Null(Awaited(Opened with { Stage = stage }));
        }
    }

    [Fact]
    public void A_plan_that_was_reviewed_or_is_considered_to_cease_waits_for_a_decision()
    {
        var issued = Opened with { Stage = Stage.PlanIssued };
        var review = new PlanReview { Number = 1, MeetingOn = Day, ArrangedBy = ReviewArranger.School };
        var ceasing = new PlanCeasing { Number = 1, ConsideredOn = Day, Reason = CeasingReason.NeedsMetWithoutPlan, Reasons = "The needs are met.", AnswerBy = Day };

        Assert.Null(Awaited(issued with { Reviews = [review] }));
        Assert.Equal("decide-after-review", Awaited(issued with { Reviews = [review with { HeldOn = Day }] }));
        Assert.Null(Awaited(issued with { Reviews = [review with { HeldOn = Day, DecidedOn = Day }] }));
        Assert.Equal("decide-on-ceasing", Awaited(issued with { Ceasing = ceasing }));
        Assert.Null(Awaited(issued with { Ceasing = ceasing with { KeptOn = Day } }));
        Assert.Null(Awaited(issued with { Ceasing = ceasing with { DecidedOn = Day } }));
        Assert.Null(Awaited(issued with { Ceasing = ceasing with { DecidedOn = Day, CeasedOn = Day }, Reviews = [review with { HeldOn = Day }] }));
    }

    [Fact]
    public void A_plan_that_is_kept_for_a_detained_person_waits_for_the_release()
    {
        var review = new PlanReview { Number = 1, MeetingOn = Day, ArrangedBy = ReviewArranger.School, HeldOn = Day };
        var detention = new Detention { Number = 1, Accommodation = Cases.Accommodation, YouthOffendingTeam = Cases.YouthOffendingTeam, HealthServicesCommissioner = Cases.Commissioner, From = Day, AwareOn = Day };
        var state = Opened with { Stage = Stage.PlanIssued, Reviews = [review], Detentions = [detention] };

        Assert.Null(Awaited(state));
        Assert.Equal("decide-after-review", Awaited(state with { Detentions = [detention with { ReleasedOn = Day }] }));
    }

    [Fact]
    public void A_plan_that_was_handed_on_waits_for_no_decision()
    {
        var ceasing = new PlanCeasing { Number = 1, ConsideredOn = Day, Reason = CeasingReason.NeedsMetWithoutPlan, Reasons = "The needs are met.", AnswerBy = Day };
        var review = new PlanReview { Number = 1, MeetingOn = Day, ArrangedBy = ReviewArranger.School, HeldOn = Day };
        var state = Opened with { Stage = Stage.PlanIssued, Ceasing = ceasing, Reviews = [review] };

        Assert.NotNull(Awaited(state));
        Assert.Null(Awaited(state with { Acts = [new RecordedAct(Act.PlanHandedOn, Day, "To council 331.")] }));
    }

    [Fact]
    public void Proposed_amendments_wait_until_they_are_finished_or_given_up()
    {
        var issued = Opened with { Stage = Stage.PlanIssued };
        var amendment = new PlanAmendment
        {
            Number = 1,
            Notice = NoticeKind.PlanToBeAmended,
            ProposedOn = Day,
            ProposedBy = "officer-17",
            Reasons = "The review found further needs.",
            Proposal = "A line more in section F.",
            Version = 2,
            Edits = 1,
            Basis = "00",
        };

        Assert.Equal("finalise-amended-plan", Awaited(issued with { Amendments = [amendment] }));
        Assert.Equal("finalise-amended-plan", Awaited(issued with { Amendments = [amendment with { Outcome = AmendmentOutcome.ProposedAgain }, amendment with { Number = 2 }] }));
        Assert.Null(Awaited(issued with { Amendments = [amendment with { Outcome = AmendmentOutcome.Amended }] }));
        Assert.Null(Awaited(issued with { Amendments = [amendment], Ceasing = new PlanCeasing { Number = 1, ConsideredOn = Day, Reason = CeasingReason.NeedsMetWithoutPlan, Reasons = "Met.", AnswerBy = Day, DecidedOn = Day, CeasedOn = Day } }));
    }

    [Theory]
    [InlineData(Remedy.Reassess, "decide-on-plan")]
    [InlineData(Remedy.Reconsider, "decide-on-plan")]
    [InlineData(Remedy.AmendContents, null)]
    public void After_a_re_assessment_or_a_referral_back_it_is_decided_on_the_plan(Remedy remedy, string? step)
    {
        var referred = Opened with { Stage = Stage.PlanIssued, Appeal = [new RecordedAppealStep(AppealStep.Ordered, Day, remedy)] };
        Assert.Equal(step, Awaited(referred));
        Assert.Null(Awaited(referred with { AmendDecision = new MadeDecision(true, Day, "Further needs.") }));
        Assert.Equal(step, Awaited(referred with { AmendDecision = new MadeDecision(true, Day.AddDays(-1), "Of an earlier one.") }));
    }

    [Fact]
    public void A_request_to_re_assess_waits_for_its_decision_and_then_for_the_decision_on_the_plan()
    {
        var asked = Opened with { Stage = Stage.PlanIssued, Reassessment = new PlanReassessment { AskedOn = Day, AskedBy = RecipientRole.Family } };
        Assert.Equal("agree-reassessment", Awaited(asked));
        Assert.Null(Awaited(asked with { Reassessment = asked.Reassessment with { DecidedOn = Day } }));
        var agreed = asked with { Reassessment = asked.Reassessment with { DecidedOn = Day, Agreed = true } };
        Assert.Equal("decide-on-plan", Awaited(agreed));
        var request = new AdviceRequest { Id = "medical-2", Kind = AdviceKind.Medical, LegalBasis = "reg 6(1)(c)", Duty = AnswerDuty.Section31Body, RequestedOn = Day, Reassessment = 1 };
        var asking = agreed with { ReassessmentRound = new ReassessmentRound(1, Day), Requests = [request] };
        Assert.Null(Awaited(asking));
        Assert.Null(Awaited(asking with { Requests = [request with { Status = RequestStatus.Declined }] }));
        Assert.Equal("decide-on-plan", Awaited(asking with { Requests = [request with { Status = RequestStatus.Received }] }));
        Assert.Null(Awaited(agreed with { AmendDecision = new MadeDecision(true, Day, "Further needs.") }));
    }

    private static string? Awaited(AssessmentState state) => AwaitedDecision.Of(state)?.Name;
}
