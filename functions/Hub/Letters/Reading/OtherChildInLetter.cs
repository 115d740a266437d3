using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Letters.Reading;

/// <summary>
/// Prevents a letter or a request from being sent if the officer's text in it contains the name or number of a child from another case,
/// which can happen when a letter is copied from an earlier letter. The typed text remains on the page.
/// </summary>
public sealed class OtherChildInLetter(ChildrenInPlans children, IAssessmentStore store, RuleBook rules, TimeProvider time) : IInputCheck
{
    /// <inheritdoc/>
    public async ValueTask<Refusal?> RefusalOfAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.By.Role != ActorRole.CouncilOfficer
            || OutgoingText.Of((await store.LoadAsync(delivery.Assessment, cancellationToken)).State, delivery.Input, delivery.By, time.GetUtcNow(), rules.For(delivery.Assessment)) is not { } words)
        {
            return null;
        }

        return words.Fault(await children.OthersAsync(words.Said, delivery.Assessment, cancellationToken)) is { } fault
            ? new Refusal("names-another-child", $"This cannot be sent. {fault} Remove that name or number.")
            : null;
    }
}
