using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Access;

/// <summary>Says whether one of the host's stores accepts a write.</summary>
public interface IWriteProbe
{
    /// <summary>Name of the store, for the person who runs the hub.</summary>
    string Name { get; }

    /// <summary>Makes a write that changes nothing.</summary>
    /// <returns>Why the write does not succeed; null when it does.</returns>
    ValueTask<string?> ProblemAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Whether the hub is ready: it has started, and every store accepts a write. Asked by probes without a token, so the stores are
/// tried at most once in <see cref="Every"/>, however often it is asked.
/// </summary>
internal sealed class Readiness(IAssessmentStore store, IEnumerable<IWriteProbe> probes, IEnumerable<IWarmStart> starts) : IDisposable
{
    /// <summary>How long one result is reused.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim gate = new(1);
    private readonly List<IWriteProbe> probes = [.. probes];
    private IReadOnlyList<string> problems = [];
    private long askedAt;
    private bool asked;

    /// <summary>Names of stores that accept no write now, with the reason.</summary>
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
