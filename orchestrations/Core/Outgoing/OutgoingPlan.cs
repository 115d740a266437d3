using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The text of a plan that a step would send: a draft, a final plan, an amended plan, or proposed amendments.</summary>
/// <param name="Plan">The plan as it would be prepared.</param>
/// <param name="Said">Texts written by the officer that are sent with the plan.</param>
public sealed record OutgoingPlan(PlanDocument Plan, IReadOnlyList<string> Said)
{
    /// <summary>What the checks of the plan need to know.</summary>
    private PlanCheckContext Context { get; init; } = new() { Step = PlanStep.BeforeDraft, IcbAgreed = false, YearNineOrBeyond = false };

    /// <summary>Every text that is sent with the plan, in addition to its lines.</summary>
    public IReadOnlyList<string> SentWith => [.. Said, .. Context.SentWithDraft.SelectMany(advice => advice.Texts)];

    /// <summary>The plan that the step would send, or null if the step sends no plan.</summary>
    /// <param name="state">The case before the step.</param>
    /// <param name="input">The step.</param>
    /// <param name="by">Who takes the step.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="rules">The rules.</param>
    public static OutgoingPlan? Of(AssessmentState state, AssessmentInput input, Actor by, DateTimeOffset now, Rules rules)
    {
        (PlanKind Kind, string?[] Said)? sends = input switch
        {
            PrepareDraft => (PlanKind.Draft, []),
            FinalisePlan => (PlanKind.Final, []),
            FinaliseAmendedPlan => (PlanKind.AmendedFinal, []),
            ProposeAmendments proposed => (PlanKind.Draft, [proposed.Reasons, proposed.Proposal]),
            DecideAfterReview { Decision: ReviewChoice.Amend } decided => (PlanKind.Draft, [decided.Reasons, decided.Proposal]),
            _ => null,
        };
        if (sends is not { } outgoing || state is not { Facts: not null, Stage: Stage.Drafting or Stage.Consulting or Stage.PlanIssued })
        {
            return null;
        }

        var d = new Deciding(state, by, now, rules);
        var plan = Drafting.Assemble(d, outgoing.Kind);
        return new(plan, [.. outgoing.Said.OfType<string>()]) { Context = Drafting.Context(d, plan, outgoing.Kind == PlanKind.Draft ? PlanStep.BeforeDraft : PlanStep.BeforeFinal) };
    }

    /// <summary>The passages that name a child of another case or contain another person's number, and so must not be sent.</summary>
    /// <param name="others">Children of other cases.</param>
    public IReadOnlyList<PlanFinding> OtherChildrenNamed(IReadOnlyList<OtherChild> others) => OtherChildChecks.Blocking(Plan, Said, Context with { OtherChildren = others });
}
