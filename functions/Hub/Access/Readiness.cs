using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Access;

/// <summary>Checks whether one of the host's stores accepts a write.</summary>
public interface IWriteProbe
{
    /// <summary>Name of the store, for the operator of the hub.</summary>
    string Name { get; }

    /// <summary>Tries a write that changes nothing.</summary>
    /// <returns>The reason why the write failed, or null if it succeeded.</returns>
    ValueTask<string?> ProblemAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Whether the hub is ready: the hub has started, and every store accepts a write. Probes ask without a token, so each result is
/// reused for a short time (<see cref="Every"/>), however often a probe asks.
/// </summary>
internal sealed class Readiness(IAssessmentStore store, IEnumerable<IWriteProbe> probes, IEnumerable<IWarmStart> starts) : IDisposable
{
    /// <summary>How long a result is reused.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim gate = new(1);
    private readonly List<IWriteProbe> probes = [.. probes];
    private IReadOnlyList<string> problems = [];
    private long askedAt;
    private bool asked;

    /// <summary>The stores that accept no write at present, each with the reason.</summary>
    internal async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(starts.Select(s => s.Done)).WaitAsync(cancellationToken);
        await store.NextDueAsync(cancellationToken);
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!asked || TimeProvider.System.GetElapsedTime(askedAt) > Every)
            {
                var found = new List<string>();
                foreach (var probe in probes)
                {
                    if (await probe.ProblemAsync(cancellationToken) is { } problem)
                    {
                        found.Add($"{probe.Name}: {problem}");
                    }
                }

                (problems, askedAt, asked) = (found, TimeProvider.System.GetTimestamp(), true);
            }

            return problems;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
