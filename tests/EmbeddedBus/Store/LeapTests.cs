using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.Orchestrations.Turns;
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

    [Fact]
    public async Task A_leap_that_nobody_has_confirmed_makes_no_message_expire_and_sends_none_that_is_scheduled()
    {
        var (clock, trust) = (new LeapingClock(), new Trust());
        using var store = new BusStore(
            Path.Combine(folder, "bus.db"), new Topology([new BusEntity { Name = "plain", Kind = BusEntityKind.Queue, Purpose = "" }], []), clock, trust: trust);
        var (queue, target) = (store.Topology.FindQueue("plain")!, store.Topology.FindTarget("plain")!);
        await store.SendAsync(target, [Shelf.Message("waits"), Shelf.Message("later", at: clock.GetUtcNow().AddDays(1))]);

        trust.IsTrusted = false;
        clock.Leap(TimeSpan.FromDays(60));
        clock.Timers.Advance(TimeSpan.FromMinutes(11));
        await store.CountAsync();
        Assert.Equal(
            [("waits", MessageStatus.Active), ("later", MessageStatus.Scheduled)],
            (await store.PeekAsync(queue, 0, null, 10)).Select(message => (message.MessageId!, message.Status)));
        Assert.Equal("waits", Assert.Single(await store.ReceiveAsync(queue, null, 10, keep: false)).MessageId);

        // The clock is right after all: what was due is done, and nobody has to send anything.
        await store.SendAsync(target, [Shelf.Message("old", timeToLive: TimeSpan.FromMinutes(1))]);
        trust.IsTrusted = true;
        clock.Timers.Advance(TimeSpan.FromMinutes(2));
        await store.CountAsync();
        Assert.Equal(["later"], (await store.PeekAsync(queue, 0, null, 10)).Select(message => message.MessageId));
        Assert.Equal(["old"], (await store.PeekAsync(queue.DeadLetters!, 0, null, 10)).Select(message => message.MessageId));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private sealed class Trust : IClockTrust
    {
        public bool IsTrusted { get; set; } = true;
    }

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
