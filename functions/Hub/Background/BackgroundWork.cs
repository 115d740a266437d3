using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Background;

/// <summary>
/// Every background loop of this process, its state, and the items it set aside for an operator. The record contains names of loops and
/// items and kinds of faults, but no personal data.
/// </summary>
public sealed partial class BackgroundWork : IDisposable
{
    private readonly ConcurrentDictionary<string, LoopRecord> loops = new(StringComparer.Ordinal);
    private readonly Meter meter;
    private readonly Counter<long> faults;
    private readonly TimeProvider time;
    private readonly ILogger<BackgroundWork> log;

    /// <summary>Creates the record of this process's background work.</summary>
    public BackgroundWork(TimeProvider time, ILogger<BackgroundWork> log, IMeterFactory? meters = null)
    {
        (this.time, this.log) = (time, log);
        Since = time.GetUtcNow();
        meter = meters?.Create(TurnTelemetry.Name) ?? new Meter(TurnTelemetry.Name);
        faults = meter.CreateCounter<long>("hub.background.faults", "{fault}", "Failed rounds and failed items of background loops.");
        meter.CreateObservableGauge("hub.background.set_aside", () => Each(loop => loop.SetAside.Count), "{item}", "Items that failed repeatedly and wait for an operator.");
        meter.CreateObservableGauge("hub.background.failing_rounds", () => Each(loop => loop.FailedInARow), "{round}", "Consecutive failed rounds of a loop; 0 if the last round succeeded.");
    }

    /// <summary>Time at which this record began, in UTC. Items that an earlier process set aside are listed only after they fail
    /// again.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>All loops that have started, by name.</summary>
    public IReadOnlyList<LoopRecord> Loops => [.. loops.Values.OrderBy(loop => loop.Name, StringComparer.Ordinal)];

    /// <summary>Loops whose last round failed, or that have set items aside.</summary>
    public IReadOnlyList<LoopRecord> FailingLoops => [.. Loops.Where(loop => loop.FailedInARow > 0 || loop.SetAside.Count > 0)];

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    /// <summary>The record of the loop with the given name.</summary>
    public LoopRecord Loop(string name) => loops.GetOrAdd(name, _ => new LoopRecord(name));

    internal void RoundDone(LoopRecord loop) => loop.Done(time.GetUtcNow());

    internal void RoundFailed(LoopRecord loop, Exception fault)
    {
        loop.Failed(time.GetUtcNow(), Kind(fault));
        Count(loop, "round");
        RoundFault(log, loop.Name, loop.FailedInARow, Kind(fault), fault.StackTrace);
    }

    /// <summary>Records that an item failed; a second call for the same item updates the record.</summary>
    /// <param name="loop">The loop that processes the item.</param>
    /// <param name="item">Name of the item: an id, never personal data.</param>
    /// <param name="failing">The failures of the item so far.</param>
    /// <param name="kind">Type of the exception; not its message, which may quote personal data.</param>
    /// <param name="where">Stack trace of the exception.</param>
    /// <param name="setAside">Whether the item is set aside for an operator.</param>
    internal void ItemFailed(LoopRecord loop, string item, Failing failing, string kind, string? where, bool setAside)
    {
        Count(loop, "item");
        if (setAside)
        {
            loop.Put(new SetAsideItem(loop.Name, item, failing.Count, failing.Since, kind));
            ItemSetAside(log, loop.Name, item, failing.Count, kind, where);
        }
        else
        {
            ItemFault(log, loop.Name, item, failing.Count, kind, where);
        }
    }

    internal static string Kind(Exception fault) => fault.GetType().FullName ?? fault.GetType().Name;

    private void Count(LoopRecord loop, string what) => faults.Add(1, new("loop", loop.Name), new("of", what));

    private IEnumerable<Measurement<long>> Each(Func<LoopRecord, int> value) =>
        Loops.Select(loop => new Measurement<long>(value(loop), new KeyValuePair<string, object?>("loop", loop.Name)));

    [LoggerMessage(1, LogLevel.Error, "A round of {Loop} failed ({Count} consecutive failures) and will be tried again: {Fault}\n{Where}")]
    private static partial void RoundFault(ILogger log, string loop, int count, string fault, string? where);

    [LoggerMessage(2, LogLevel.Warning, "{Item} of {Loop} failed ({Count} times in a row) and will be tried again: {Fault}\n{Where}")]
    private static partial void ItemFault(ILogger log, string loop, string item, int count, string fault, string? where);

    [LoggerMessage(3, LogLevel.Error, "{Item} of {Loop} failed {Count} times and is set aside for an operator; it will be tried once an hour: {Fault}\n{Where}")]
    private static partial void ItemSetAside(ILogger log, string loop, string item, int count, string fault, string? where);
}

/// <summary>Adds the record of background work to the services.</summary>
public static class BackgroundSetup
{
    /// <summary>Adds the record of background work, unless it has been added already.</summary>
    public static IServiceCollection AddBackgroundWork(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BackgroundWork>();
        return services;
    }
}
