using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Reporting;

namespace IntegrationHub.Simulation;

/// <summary>One hub through all that befalls it: its deaths, its disk, its new starts.</summary>
internal sealed class LivedHub(SimulatedHub hub, FaultPlan plan, bool hasDisk) : IAsyncDisposable
{
    private DiskAilment? ails;
    private int fullDisks;
    private int readOnlyDisks;

    /// <summary>The hub.</summary>
    internal SimulatedHub Hub => hub;

    /// <summary>What it met.</summary>
    internal FaultCounts Faults => new()
    {
        Operations = hub.Operations,
        BytesOnDisk = hub.BytesOnDisk,
        FailedOperations = hub.Failures,
        Flushes = hub.Flushes,
        Deaths = hub.Deaths,
        Restarts = hub.Restarts,
        Recoveries = hub.Recoveries,
        DamagedPages = hub.DamagedPages,
        FullDisks = fullDisks,
        ReadOnlyDisks = readOnlyDisks,
    };

    /// <summary>A new day: when the process will die, and what begins to ail the disk.</summary>
    internal async Task NewDayAsync(DateOnly day)
    {
        if (plan.Death(day) is var (operation, after))
        {
            hub.DieAt(operation, after);
        }

        if (!hasDisk || ails is not null)
        {
            return;
        }

        if (plan.PageIsDamaged(day))
        {
            await hub.FindDamageAsync(day.DayNumber);
        }

        if (plan.Ails(day) is { } ailment)
        {
            ails = ailment;
            await hub.RestartAsync(ailment);
        }
    }

    /// <summary>The hub does whatever is due, through failures and deaths, until nothing is.</summary>
    internal async Task DriveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await hub.Engine.RunDueAsync(cancellationToken);
                return;
            }
            catch (StoreUnavailableException failed) when (failed.Reason is StoreFault.InputOutput or StoreFault.DiskFull or StoreFault.ReadOnly)
            {
                hub.SawAilment |= failed.Reason != StoreFault.InputOutput;
                await RecoverAsync();
            }
            catch (ProcessDiedException)
            {
                await RecoverAsync();
            }
        }
    }

    /// <summary>Somebody puts right what ails the disk, where that has shown; a process that died starts again.</summary>
    internal async Task RecoverAsync()
    {
        if (ails is { } ailment && hub.SawAilment)
        {
            fullDisks += ailment == DiskAilment.Full ? 1 : 0;
            readOnlyDisks += ailment == DiskAilment.ReadOnly ? 1 : 0;
            ails = null;
            hub.SawAilment = false;
            await hub.RestartAsync(null);
        }
        else if (hub.IsDead)
        {
            await hub.RestartAsync(ails);
        }
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
