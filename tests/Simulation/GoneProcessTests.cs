using System.Runtime.CompilerServices;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation;

/// <summary>A process that died or was stopped is gone, as far as memory goes too: ten years have some hundred of them.</summary>
public sealed class GoneProcessTests
{
    [Fact]
    public async Task After_a_new_start_nothing_keeps_the_process_before()
    {
        var options = new SimulationOptions { Requests = 1, Seed = 1, Faults = FaultLevel.None };
        var cohort = new Cohort(options.Seed, null);
        var clock = new SimulatedClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var (ledgers, plan) = (new Ledgers(), new FaultPlan(options.Seed, options.Faults));
        await using var hub = new SimulatedHub(options, cohort, plan, clock, ledgers, new AgencyConduct(new Diary(), faulty: false), _ => { });
        await UseDoorsAsync(hub, ledgers.Add(cohort.Make(0)));
        var (before, doors, process) = (StoreOf(hub), DoorsOf(hub), hub.Store);
        await hub.RestartAsync(null);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(before.IsAlive, "The store of a process that is gone is still held in memory.");
        Assert.False(doors.IsAlive, "The endpoints and pages of a process that is gone are still held in memory.");
        await Assert.ThrowsAsync<ProcessDiedException>(async () => await process.NextDueAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Opens them: only then is there anything to hold.</summary>
    private static async Task UseDoorsAsync(SimulatedHub hub, CaseLedger ledger)
    {
        var message = ledger.Sending(new Message("unasked", IdentityMatch.Acknowledged, "none", new DateOnly(2026, 3, 2)) { Door = Door.Bus });
        Assert.True(await hub.Doors.GiveAsync(ledger, message, Actors.Of(ledger.Person.Council.Trust), new AcknowledgeAdviceRequest("none")));
        Assert.False(message.Accepted);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference StoreOf(SimulatedHub hub) => new(hub.Untroubled);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference DoorsOf(SimulatedHub hub) => new(hub.Doors.Open);
}
