using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>What a trigger calls: decide at once and let the instance do the rest, or put into the inbox and let it decide.</summary>
public sealed class DurableEngine(IAssessmentStore store, TurnTaker taker, Poker poker, ILogger<DurableEngine> log)
{
    /// <summary>Puts a delivery in, decides it at once and answers with its outcome. Its effects follow by themselves.</summary>
    public async ValueTask<Submission> SubmitAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellation = default)
    {
        var submission = await taker.SubmitAsync(delivery, onlyAt, cancellation);
        if (submission is { Outcome: not null, Replayed: false })
        {
            await TryPokeAsync(delivery.Assessment, cancellation);
        }

        return submission;
    }

    /// <summary>Puts a delivery into the inbox, durably and once, and wakes the instance.</summary>
    public async ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellation = default)
    {
        var receipt = await store.PutAsync(delivery, cancellation);
        if (receipt.Outcome is null)
        {
            await TryPokeAsync(delivery.Assessment, cancellation);
        }

        return receipt;
    }

    /// <summary>What was answered is durable already: a poke that fails must not make it look failed, and the sweeper comes by.</summary>
    private async Task TryPokeAsync(AssessmentId assessment, CancellationToken cancellation)
    {
        try
        {
            await poker.PokeAsync(assessment, cancellation);
        }
#pragma warning disable CA1031 // The edge of the durable answer; the client's faults differ by storage backend.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            DurableLog.NotPoked(log, assessment.Value, fault.GetType().Name, fault.StackTrace);
        }
    }
}
