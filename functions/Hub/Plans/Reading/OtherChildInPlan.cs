using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>
/// Prevents a plan, or a proposal to amend a plan, from being sent if it contains the name of a child from another case. The code that
/// decides on a step can read only the step's own case, so this check is made beforehand.
/// </summary>
public sealed class OtherChildInPlan(ChildrenInPlans children, IAssessmentStore store, RuleBook rules, TimeProvider time) : IInputCheck
{
    /// <inheritdoc/>
    public bool MustHoldDuringTurn(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return delivery.Input is PrepareDraft or FinalisePlan or FinaliseAmendedPlan or ProposeAmendments or DecideAfterReview;
    }

    /// <inheritdoc/>
    public async ValueTask<Refusal?> RefusalOfAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (!MustHoldDuringTurn(delivery)
            || OutgoingPlan.Of((await store.LoadAsync(delivery.Assessment, cancellationToken)).State, delivery.Input, delivery.By, time.GetUtcNow(), rules.For(delivery.Assessment)) is not { } outgoing)
        {
            return null;
        }

        var named = outgoing.OtherChildrenNamed(await children.OthersAsync(outgoing.Plan, outgoing.SentWith, cancellationToken));
        return named.Count == 0 ? null : new Refusal(
            "plan-not-ready",
            $"The plan cannot be sent in its present form: {string.Join(" ", named.Select(f => $"[{f.Code}{(f.Section is { } section ? $" in {section}, line {f.LineId}" : "")}] {f.Reason}"))}");
    }
}
