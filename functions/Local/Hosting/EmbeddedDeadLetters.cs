using IntegrationHub.EmbeddedBus;
using IntegrationHub.Functions.Monitoring.DeadLetters;

namespace IntegrationHub.Local.Hosting;

/// <summary>The dead letters (undeliverable messages) of the embedded bus.</summary>
internal sealed class EmbeddedDeadLetters(BusServer bus) : IDeadLetters
{
    public async ValueTask<IReadOnlyList<QueueCount>> CountAsync(CancellationToken cancellationToken = default) =>
        [.. (await bus.CountAsync()).Select(c => new QueueCount(c.Path, c.Active + c.Scheduled + c.Deferred, c.DeadLetters, Oldest: c.OldestActive))];

    public async ValueTask<IReadOnlyList<DeadLetter>> ReadAsync(string path, int most, CancellationToken cancellationToken = default) =>
        [.. (await bus.DeadLettersAsync(path, most) ?? []).Select(m => new DeadLetter(path, m.SequenceNumber, m.SessionId, m.DeadLetterReason, m.DeadLetterDescription, m.EnqueuedAt, m.DeliveryCount))];

    public async ValueTask<ReturnResult> ReturnAsync(string path, long sequenceNumber, CancellationToken cancellationToken = default) =>
        await bus.ResubmitAsync(path, sequenceNumber) ? ReturnResult.Returned : ReturnResult.Gone;
}
