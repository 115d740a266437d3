using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.Tests.Store;

/// <summary>A file that cannot be written to, as on a full disk.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-bus-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Due_work_that_fails_is_tried_again_in_a_second_and_not_without_a_pause()
    {
        var (clock, path) = (new TimedClock(), Path.Combine(folder, "bus.db"));
        using var store = new BusStore(path, new Topology([new BusEntity { Name = "plain", Kind = BusEntityKind.Queue, Purpose = "" }], []), clock);
        await store.SendAsync(store.Topology.FindTarget("plain")!, [Shelf.Message("1")]);
        using var file = new SqliteConnection($"Data Source={path};Pooling=False");
        file.Open();
        using var trigger = file.CreateCommand();
        trigger.CommandText = "CREATE TRIGGER disk_full BEFORE DELETE ON seen BEGIN SELECT RAISE(ABORT, 'full'); END";
        trigger.ExecuteNonQuery();

        // What the bus remembers of the message's id is due in ten minutes.
        clock.Leap(TimeSpan.FromMinutes(11));
        await Assert.ThrowsAsync<SqliteException>(() => store.CountAsync());
        Assert.Equal(TimeSpan.FromSeconds(1), clock.Last);

        trigger.CommandText = "DROP TRIGGER disk_full";
        trigger.ExecuteNonQuery();
        Assert.Equal(1, Assert.Single(await store.CountAsync()).Active);
    }

    /// <summary>A clock that stands still and says for how long the bus last set its timer.</summary>
    private sealed class TimedClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

        internal TimeSpan Last { get; private set; }

        internal void Leap(TimeSpan by) => now += by;

        public override DateTimeOffset GetUtcNow() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this);

        private sealed class Timer(TimedClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                clock.Last = dueTime;
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
