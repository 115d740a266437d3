using System.Diagnostics;
using System.Globalization;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Durable.Tests.Storage;

/// <summary>
/// Cases live through Durable Task on real storage while the process that drives them is killed again and again, at any instant. In the
/// end each has everything that one has which nobody disturbed, and nothing twice. CI takes a few cases; <c>HUB_KILL_CASES=100</c> the full number.
/// </summary>
public sealed class KilledTests(Azurite azurite) : IDisposable
{
    private const int CasesInCi = 4;
    private const int KillsForEachCase = 2;

    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("HUB_KILL_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : CasesInCi;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-killed-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_is_doubled_however_often_the_driver_is_killed()
    {
        azurite.Need();
        var tables = $"k{Guid.NewGuid():N}"[..20];
        var store = azurite.Store(DriverProcess.NamesOf(tables));
        await store.CreateAsync(Stop);
        var (clockFile, ledger) = (Path.Combine(folder.FullName, "clock"), Path.Combine(folder.FullName, "ledger"));
        var clock = new FakeTimeProvider(Council.Start);
        FileClock.Set(clockFile, clock.GetUtcNow());
        string[] arguments = [typeof(KilledTests).Assembly.Location, DriverProcess.Verb, azurite.ConnectionString, tables, $"h{tables}", clockFile, ledger];

        var lives = Enumerable.Range(1, Cases).Select(n => (Id: Council.Id(n), Life: new StatutoryLife(Council.Id(n)))).ToList();
        using var over = new CancellationTokenSource();
        using var hangs = new SemaphoreSlim(0);
        var killing = KillAgainAndAgainAsync(arguments, Cases * KillsForEachCase, hangs, over.Token);
        await using (var driven = new Driven(store, clock, instant => FileClock.Set(clockFile, instant), killing, () => hangs.Release()))
        {
            // Step by step side by side: all of them have the same days.
            while (lives.Exists(life => !life.Life.IsOver))
            {
                await Task.WhenAll(lives.Select(life => life.Life.LiveAsync(store, driven, clock, 1, Stop)));
            }
        }

        await over.CancelAsync();
        var kills = await killing;
        Assert.True(kills >= Math.Min(Cases, 3), $"It was killed {kills} times only.");

        var reached = await File.ReadAllLinesAsync(ledger, Stop);
        var expected = await UndisturbedAsync();
        foreach (var (id, life) in lives)
        {
            var events = await store.EventsAsync(id, cancellationToken: Stop);
            var effects = await store.EffectsAsync(id, Stop);
            Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
            Assert.Equal(expected.Events, Counted(events.Select(e => e.What.GetType().Name)));
            Assert.Equal(expected.Effects, Counted(effects.Select(e => e.Effect.Effect.GetType().Name)));
            Assert.Equal(expected.Answers, life.Answered.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key} {a.Value.Accepted}"));
            Assert.All(effects, effect => Assert.Equal(EffectOutcome.Done, effect.End));

            // Each effect of the record reached the other side, and nothing that is not on record did. A kill between the two is a repeat with
            // the same id, which the other side drops.
            Assert.Equal(effects.Select(e => e.Effect.Id).Order(StringComparer.Ordinal), reached.Where(line => line.StartsWith(id.Value, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
        }

        TestContext.Current.SendDiagnosticMessage("{0} cases, {1} kills, {2} effects, {3} of them repeated", Cases, kills, reached.Distinct().Count(), reached.Length - reached.Distinct().Count());
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Starts the driver, lets it work for a moment of some length, and kills it; after so many kills it is let be unless it hangs.</summary>
    private static async Task<int> KillAgainAndAgainAsync(string[] arguments, int most, SemaphoreSlim hangs, CancellationToken cancellationToken)
    {
        var chance = new Random(20260105);
        var kills = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            try
            {
                if (await process.StandardOutput.ReadLineAsync(cancellationToken) != DriverProcess.Ready)
                {
                    throw new InvalidOperationException("The driver's process did not start.");
                }

                await (kills < most ? Task.Delay(chance.Next(50, 1500), cancellationToken) : hangs.WaitAsync(cancellationToken));
                kills++;
            }
            catch (OperationCanceledException)
            {
                // The lives are over.
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        return kills;
    }

    private static async Task<(List<string> Events, List<string> Effects, List<string> Answers)> UndisturbedAsync()
    {
        var (store, clock, life) = (new MemoryAssessmentStore(), new FakeTimeProvider(Council.Start), new StatutoryLife(Council.Id(1)));
        await using var engine = new EmbeddedEngine(store, Council.Rules, [new Outside()], clock, new EngineOptions { MaxTurns = 1 });
        await life.LiveAsync(store, engine, clock, Stop);
        return (
            Counted((await store.EventsAsync(Council.Id(1), cancellationToken: Stop)).Select(e => e.What.GetType().Name)),
            Counted((await store.EffectsAsync(Council.Id(1), Stop)).Select(e => e.Effect.Effect.GetType().Name)),
            [.. life.Answered.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key} {a.Value.Accepted}")]);
    }

    private static List<string> Counted(IEnumerable<string> names) =>
        [.. names.CountBy(name => name).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}")];

    /// <summary>Decides at once in the test's own process, as a trigger does; the rest is the driver's, which is alive or not.</summary>
    private sealed class Driven(IAssessmentStore store, FakeTimeProvider clock, Action<DateTimeOffset> move, Task killing, Action hangs) : IDriven
    {
        // A host that hangs is started anew by its platform, which is one kill more. The engine's server here is Durable Task's own test
        // server, which neither renews the lock of what it holds nor ends what was lost on the way to a worker.
        private static readonly TimeSpan Hangs = TimeSpan.FromMinutes(1);

        // While it is being killed, hardly anything gets done: each kill and new start adds to the time that is too long.
        private static readonly TimeSpan GivesUp = TimeSpan.FromMinutes(4) + (Cases * KillsForEachCase * TimeSpan.FromSeconds(4));
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

        private readonly TurnTaker taker = new(store, Council.Rules, clock);
        private readonly SemaphoreSlim moving = new(1);

        public ValueTask<Outcome> SubmitAsync(Delivery delivery, CancellationToken cancellationToken) => taker.SubmitAsync(delivery, cancellationToken);

        public async ValueTask PutAsync(Delivery delivery, CancellationToken cancellationToken) => await store.PutAsync(delivery, cancellationToken);

        public async Task AdvanceToAsync(DateTimeOffset to, CancellationToken cancellationToken)
        {
            await moving.WaitAsync(cancellationToken);
            try
            {
                await SettleAsync(cancellationToken);
                while (await store.NextDueAsync(cancellationToken) is { } next && next <= to)
                {
                    Move(next);
                    await SettleAsync(cancellationToken);
                }

                Move(to);
            }
            finally
            {
                moving.Release();
            }
        }

        public ValueTask DisposeAsync()
        {
            moving.Dispose();
            return default;
        }

        private void Move(DateTimeOffset to)
        {
            if (to > clock.GetUtcNow())
            {
                clock.SetUtcNow(to);
                move(to);
            }
        }

        private async Task SettleAsync(CancellationToken cancellationToken)
        {
            for (long began = Stopwatch.GetTimestamp(), restarted = began; await IsDueAsync(cancellationToken);)
            {
                Assert.False(killing.IsFaulted, killing.Exception?.ToString());
                Assert.True(Stopwatch.GetElapsedTime(began) < GivesUp, "What is due is not done.");
                if (Stopwatch.GetElapsedTime(restarted) > Hangs)
                {
                    TestContext.Current.SendDiagnosticMessage("Nothing was done for a minute at {0:O}; the driver is started anew.", clock.GetUtcNow());
                    hangs();
                    restarted = Stopwatch.GetTimestamp();
                }

                await Task.Delay(Look, cancellationToken);
            }
        }

        private async Task<bool> IsDueAsync(CancellationToken cancellationToken) =>
            (await store.DueAsync(clock.GetUtcNow(), 1, cancellationToken)).Count + (await store.DueEffectsAsync(clock.GetUtcNow(), 1, cancellationToken)).Count > 0;
    }
}
