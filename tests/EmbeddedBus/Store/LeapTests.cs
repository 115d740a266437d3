using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.EmbeddedBus.Tests.Store;

/// <summary>The clock of a machine can leap forward (it slept, or was set right), and timers do not leap with it.</summary>
public sealed class LeapTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-bus-").FullName;

    [Fact]
    public async Task A_lock_taken_after_a_leap_runs_out_in_its_time_and_not_when_the_timer_from_before_it_rings()
    {
        var clock = new LeapingClock();
        using var store = new BusStore(
            Path.Combine(folder, "bus.db"), new Topology([new BusEntity { Name = "plain", Kind = BusEntityKind.Queue, Purpose = "" }], []), clock);
        var queue = store.Topology.FindQueue("plain")!;
        // What the bus remembers of its id is due in ten minutes: the alarm is set to that.
        await store.SendAsync(store.Topology.FindTarget("plain")!, [Shelf.Message("1")]);

        clock.Leap(TimeSpan.FromMinutes(11));
        Assert.Single(await store.ReceiveAsync(queue, null, 1, keep: true, isGone: () => clock.Leaps > 1));
        clock.Leap(TimeSpan.FromMinutes(2));
        await store.CountAsync();
        clock.Timers.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, Assert.Single(await store.ReceiveAsync(queue, null, 1, keep: true)).DeliveryCount);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private sealed class LeapingClock : TimeProvider
    {
        private TimeSpan leapt;

        internal FakeTimeProvider Timers { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

        internal int Leaps { get; private set; }

        internal void Leap(TimeSpan by)
        {
            leapt += by;
            Leaps++;
        }

        public override DateTimeOffset GetUtcNow() => Timers.GetUtcNow() + leapt;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Timers.CreateTimer(callback, state, dueTime, period);
    }
}
