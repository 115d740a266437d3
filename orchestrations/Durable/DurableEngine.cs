using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>The engine that the functions' triggers call. The engine either processes a delivery immediately and leaves its effects
/// to the assessment's instance, or adds the delivery to the inbox and leaves all the processing to the instance.</summary>
public sealed class DurableEngine(IAssessmentStore store, TurnTaker taker, InstanceWaker poker, ILogger<DurableEngine> log)
{
    /// <summary>Accepts a delivery, processes it immediately and returns the outcome. The effects are carried out afterwards; the caller
    /// need not do anything more.</summary>
    public async ValueTask<Submission> SubmitAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken = default)
    {
        var submission = await taker.SubmitAsync(delivery, onlyAt, cancellationToken);
        if (submission is { Outcome: not null, Replayed: false })
        {
            await TryWakeAsync(delivery.Assessment, cancellationToken);
        }

        return submission;
    }

    /// <summary>Adds a delivery to the inbox durably and only once, and wakes the instance.</summary>
    public async ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default)
    {
        var receipt = await store.PutAsync(delivery, cancellationToken);
        if (receipt.Outcome is null)
        {
            await TryWakeAsync(delivery.Assessment, cancellationToken);
        }

        return receipt;
    }

    /// <summary>Sends the instance a wake event. The answer is already durable, so a failure to send the wake event must not appear as an
    /// error; the sweeper will find the assessment.</summary>
    private async Task TryWakeAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        try
        {
            await poker.WakeAsync(assessment, cancellationToken);
        }
#pragma warning disable CA1031 // The answer is already durable, and the client's exceptions differ by storage backend.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            DurableLog.NotPoked(log, assessment.Value, fault.GetType().Name, fault.StackTrace);
        }
    }
}
