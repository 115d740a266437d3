using System.Collections.Concurrent;
using IntegrationHub.Functions.Background;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Background;

public sealed class BackgroundLoopTests : IDisposable
{
    private const string Secret = "Alex Doyle";

    private readonly FakeTimeProvider time = new();
    private readonly Lines logs = new();
    private readonly BackgroundWork work;

    public BackgroundLoopTests() => work = new BackgroundWork(time, logs);

    public void Dispose() => work.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_that_fails_is_counted_shown_and_tried_again()
    {
        using var loop = new TestLoop(work, time, round => round <= 3 ? throw new IOException(Secret) : Task.CompletedTask);
        await loop.StartAsync(Cancel);

        await Until(() => work.Loop("test").FailedInARow == 3);
        Assert.Equal("System.IO.IOException", work.FailingLoops.Single().LastFault);
        Assert.False(loop.ExecuteTask!.IsCompleted);

        await Until(() => work.Loop("test").Rounds > 0);
        Assert.Empty(work.FailingLoops);
        await loop.StopAsync(Cancel);
        Assert.True(loop.ExecuteTask.IsCompletedSuccessfully);
        Assert.DoesNotContain(logs.All, line => line.Message.Contains(Secret, StringComparison.Ordinal) || line.Exception is not null);
    }

    [Fact]
    public void The_pauses_after_faults_grow_to_an_end() =>
        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300], Enumerable.Range(1, 8).Select(failed => BackgroundLoop.PauseAfter(failed).TotalSeconds));

    [Fact]
    public async Task An_item_that_fails_is_set_aside_and_holds_up_no_other()
    {
        var items = new LoopItems(work.Loop("test"), work, time);
        var (ends, good) = (new List<ItemOutcome>(), 0);
        for (var i = 0; i < LoopItems.SetAsideAfter; i++)
        {
            Assert.False(items.IsPaused("bad"));
            ends.Add(await items.RunAsync("bad", _ => throw new FormatException(Secret), Cancel));
            Assert.True(items.IsPaused("bad"));
            Assert.Equal(ItemOutcome.Done, await items.RunAsync("good", _ => Task.FromResult(good++), Cancel));
            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal([.. Enumerable.Repeat(ItemOutcome.Failed, LoopItems.SetAsideAfter - 1), ItemOutcome.SetAside], ends);
        Assert.Equal(LoopItems.SetAsideAfter, good);
        Assert.Equal(("bad", LoopItems.SetAsideAfter, "System.FormatException"), work.Loop("test").SetAside.Single() is var aside ? (aside.Item, aside.Attempts, aside.Fault) : default);
        Assert.Equal("test: 0 rounds failed in a row, 1 items set aside for an operator", BackgroundHealth.Lines(work).Single());
        Assert.Contains(logs.All, line => line.Level == LogLevel.Error);
        Assert.DoesNotContain(logs.All, line => line.Message.Contains(Secret, StringComparison.Ordinal) || line.Exception is not null);

        // A person repaired it: the next try, within the hour, takes it off the list.
        Assert.Equal(ItemOutcome.Done, await items.RunAsync("bad", _ => Task.CompletedTask, Cancel));
        Assert.Empty(work.FailingLoops);
    }

    [Fact]
    public async Task Items_that_are_gone_are_forgotten_and_those_that_fail_have_an_end()
    {
        var items = new LoopItems(work.Loop("test"), work, time);
        for (var i = 0; i < LoopItems.Max + 10; i++)
        {
            await items.RunAsync($"bad {i}", _ => throw new IOException(), Cancel);
        }

        Assert.Equal(LoopItems.Max, items.Failing);
        items.KeepOnly(new HashSet<string> { "bad 3" });
        Assert.Equal(1, items.Failing);
    }

    [Fact]
    public async Task A_stop_is_no_fault()
    {
        using var loop = new TestLoop(work, time, _ => Task.Delay(Timeout.Infinite, CancellationToken.None), untilStopped: true);
        await loop.StartAsync(Cancel);
        await loop.StopAsync(Cancel);

        Assert.Empty(work.FailingLoops);
        Assert.False(loop.ExecuteTask!.IsFaulted);
    }

    private Task Until(Func<bool> holds) => time.UntilAsync(TimeSpan.FromSeconds(5), holds);

    private sealed class Lines : ILogger<BackgroundWork>
    {
        internal ConcurrentQueue<(LogLevel Level, string Message, Exception? Exception)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue((logLevel, formatter(state, exception), exception));
    }

    private sealed class TestLoop(BackgroundWork work, TimeProvider time, Func<int, Task> round, bool untilStopped = false) : BackgroundLoop("test", work, time)
    {
        private int rounds;

        protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
        {
            await (untilStopped ? round(++rounds).WaitAsync(cancellationToken) : round(++rounds));
            return TimeSpan.FromSeconds(5);
        }
    }
}
