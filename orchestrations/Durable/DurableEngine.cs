using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>What a trigger calls: it either decides at once and leaves the rest to the instance, or adds to the inbox and leaves the decision to the
/// instance.</summary>
public sealed class DurableEngine(IAssessmentStore store, TurnTaker taker, InstancePoker poker, ILogger<DurableEngine> log)
{
    /// <summary>Puts a delivery in, decides it at once and answers with its outcome. Its effects follow automatically.</summary>
    public async ValueTask<Submission> SubmitAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken = default)
    {
        var submission = await taker.SubmitAsync(delivery, onlyAt, cancellationToken);
        if (submission is { Outcome: not null, Replayed: false })
        {
            await TryPokeAsync(delivery.Assessment, cancellationToken);
        }

        return submission;
    }

    /// <summary>Adds a delivery to the inbox, durably and once, and wakes the instance.</summary>
    public async ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default)
    {
        var receipt = await store.PutAsync(delivery, cancellationToken);
        if (receipt.Outcome is null)
        {
            await TryPokeAsync(delivery.Assessment, cancellationToken);
        }

        return receipt;
    }

    /// <summary>The answer is already durable: a failed poke must not make it look like a failure, and the sweeper will find the assessment.</summary>
    private async Task TryPokeAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        try
        {
            await poker.PokeAsync(assessment, cancellationToken);
        }
#pragma warning disable CA1031 // The edge of the durable answer; the client's faults differ by storage backend.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            DurableLog.NotPoked(log, assessment.Value, fault.GetType().Name, fault.StackTrace);
        }
    }
}
