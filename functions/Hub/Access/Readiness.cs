using System.Diagnostics.CodeAnalysis;
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
/// Whether the hub is ready: the hub has started, the cases can be read, and every store accepts a write. Probes ask without a token, so each result is
/// reused for a short time (<see cref="Every"/>), however often a probe asks.
/// </summary>
internal sealed class Readiness(IAssessmentStore store, IEnumerable<IWriteProbe> probes, IEnumerable<IWarmStart> starts) : IDisposable
{
    /// <summary>How long a result is reused.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private const string Cases = "store of the cases";

    private readonly SemaphoreSlim gate = new(1);
    private readonly List<IWriteProbe> probes = [.. probes];
    private IReadOnlyList<string> problems = [];
    private long askedAt;
    private bool asked;

    /// <summary>The stores that are damaged or accept no write at present, each with the reason.</summary>
    internal async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(starts.Select(s => s.Done)).WaitAsync(cancellationToken);
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!asked || TimeProvider.System.GetElapsedTime(askedAt) > Every)
            {
                var found = new List<string>();
                if (await FaultAsync(async () => { await store.NextDueAsync(cancellationToken); return null; }, cancellationToken) is { } unread)
                {
                    found.Add($"{Cases}: {unread}");
                }

                foreach (var probe in probes)
                {
                    if (await FaultAsync(async () => await probe.ProblemAsync(cancellationToken), cancellationToken) is { } problem)
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

    /// <summary>Runs a check that returns a problem. An exception of any kind is a problem too, because a store that cannot be checked is
    /// not ready. Only the type of the exception is given, because its message could contain data.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever is wrong with a store, the answer must be that the hub is not ready.")]
    private static async Task<string?> FaultAsync(Func<Task<string?>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return $"it cannot be read ({fault.GetType().Name}).";
        }
    }
}
