using System.Collections.Concurrent;
using IntegrationHub.Orchestrations.Durable;

namespace IntegrationHub.Durable.Tests;

/// <summary>The drivers' record in memory.</summary>
internal sealed class MemoryRecord : IDriverRecord
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> kept = new(StringComparer.Ordinal);

    public ValueTask<DateTimeOffset?> ReadAsync(string name, CancellationToken cancellationToken = default) =>
        new(kept.TryGetValue(name, out var instant) ? instant : null);

    public ValueTask WriteAsync(string name, DateTimeOffset instant, CancellationToken cancellationToken = default)
    {
        kept[name] = instant;
        return default;
    }
}
