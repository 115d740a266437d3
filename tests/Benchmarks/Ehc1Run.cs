using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>What one run of EHC-1 came to.</summary>
/// <param name="Cases">Cases that were lived.</param>
/// <param name="Served">Of these, how many drafts were served.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Store">What the store was asked for.</param>
/// <param name="Took">Processor microseconds, bytes allocated and bytes written, a step.</param>
/// <param name="Paused">Time for which the collector stopped everything.</param>
/// <param name="PeakMemory">Bytes.</param>
/// <param name="DiskBytes">Bytes of the database; 0 without one.</param>
/// <param name="StepsAFlush">How many steps shared a flush.</param>
internal sealed record Ehc1Result(
    int Cases, int Served, double Seconds, Counting Store, (double Processor, long Allocated, long Written) Took, TimeSpan Paused, long PeakMemory, long DiskBytes, double StepsAFlush)
{
    internal double CasesASecond => Cases / Seconds;

    internal double StepsASecond => Store.Steps / Seconds;
}

/// <summary>
/// Measures EHC-1 and the burst. A durable step is one request to the store that it flushes before answering: a put, a turn or an
/// attempt. It may hold several records (events, effects, marks); they are not counted for more than the one step.
/// </summary>
internal static class Ehc1Run
{
    /// <summary>Bytes in which assessments are held in memory where nothing else is said: the hub's own default is 128 MiB.</summary>
    internal const long Held = 512L << 20;

    private const int WarmUp = 4_000;

    internal static async Task<Ehc1Result> MeasureAsync(int cases, bool durable, long held)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            var path = Path.Combine(folder.FullName, "hub.db");
            await using var sqlite = durable ? SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = path, MaxHeldBytes = held }) : null;
            var store = new Counting(sqlite is null ? new MemoryAssessmentStore() : sqlite);
            var clock = new Ehc1Benchmark.SetClock { Now = Ehc1Benchmark.Start };
            await using var engine = Engine(store, clock);
            var ids = Ids(cases);

            var measured = Measured.Begin();
            await Ehc1Benchmark.LiveAsync(Ehc1Driver.Of(engine), store, clock, ids);
            var seconds = measured.Elapsed.TotalSeconds;
            var took = (measured.Processor.TotalMicroseconds / store.Steps, measured.Allocated / store.Steps, measured.Written / store.Steps);
            var (paused, peak) = (measured.Paused, Measured.PeakMemory);
            var served = 0;
            foreach (var id in ids)
            {
                served += (await store.LoadAsync(id)).State.Stage == Stage.Consulting ? 1 : 0;
            }

            if (sqlite is null)
            {
                return new Ehc1Result(cases, served, seconds, store, took, paused, peak, 0, 0);
            }

            // Closed, so that the log is in the database.
            await engine.DisposeAsync();
            await sqlite.DisposeAsync();
            return new Ehc1Result(cases, served, seconds, store, took, paused, peak, new FileInfo(path).Length, sqlite.Written.Requests / (double)sqlite.Written.Flushes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Lives a few cases that are not measured: what is measured is a hub that runs, not one whose code is being compiled.</summary>
    internal static Task WarmUpAsync(bool durable) => MeasureAsync(WarmUp, durable, Held);

    internal static async Task RunAsync(int cases, string kind, long held)
    {
        var durable = kind == "sqlite";
        Console.WriteLine($"EHC-1, {cases:N0} cases, store: {kind}{(durable ? " (write-ahead log, synchronous FULL)" : " (not durable)")}, {held >> 20} MiB for held assessments, after {WarmUp} cases that are not counted");
        await WarmUpAsync(durable);
        var single = BareSqlite.Append(5_000, 1);
        var few = BareSqlite.Append(100_000, 16);
        var group = BareSqlite.Append(300_000, 500);
        var result = await MeasureAsync(cases, durable, held);
        var (store, each) = (result.Store, result.Took);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.CasesASecond:N0} cases/s, {result.StepsASecond:N0} durable steps/s ({store.Steps / (double)cases:F1} a case: {store.Puts / (double)cases:F1} put, {store.Commits / (double)cases:F1} turns, {store.Attempts / (double)cases:F1} attempts), {each.Processor:F1} us of processor a step"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"each step waits {store.Wait(0.5).TotalMilliseconds:F1} ms (median), {store.Wait(0.99).TotalMilliseconds:F1} ms (99 in 100); {result.Served:N0} of {cases:N0} drafts were served; {store.Conflicts} conflicts"));
        if (durable)
        {
            var alike = BareSqlite.Append((int)store.Steps, Math.Max(1, (int)result.StepsAFlush), (int)(result.DiskBytes / store.Steps));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"bare SQLite appends {single:N0} rows of 300 bytes a second one by one, {few:N0} with 16 to a commit, {group:N0} with 500 to a commit, and {alike:N0} rows as large as the hub's with as many to a commit; the hub's steps are {result.StepsASecond / few:P1}, {result.StepsASecond / group:P1} and {result.StepsASecond / alike:P1} of the latter three"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{each.Allocated:N0} bytes allocated and {each.Written:N0} written a step, {result.StepsAFlush:F0} steps a flush, the collector stopped it for {result.Paused.TotalSeconds:F1} of {result.Seconds:F1} s; {result.DiskBytes / (double)cases:N0} bytes a case on disk, {result.PeakMemory / 1e6:F0} MB memory at most"));
    }

    /// <summary>Replies that all come at once, as after an agency's system was away: when they are all taken in, and when they are all decided.</summary>
    internal static async Task<(TimeSpan Taken, TimeSpan Decided, long PeakMemory)> BurstAsync(int replies)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            await using var sqlite = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "hub.db") });
            var clock = new Ehc1Benchmark.SetClock { Now = Ehc1Benchmark.Start };
            await using var engine = Engine(sqlite, clock);
            var ids = Ids((replies / 5) + 1);
            await Ehc1Benchmark.EachAsync(ids, async id =>
            {
                await engine.SubmitAsync(Ehc1Benchmark.Says(id, "open", new OpenAssessment(Ehc1Benchmark.Facts), clock.Now, null));
                await engine.SubmitAsync(Ehc1Benchmark.Says(id, "consulted", new RecordConsultation(new DateOnly(2026, 1, 5), "The family wants an assessment."), clock.Now, null));
                await engine.SubmitAsync(Ehc1Benchmark.Says(id, "assess", new DecideWhetherToAssess(true, "May be necessary."), clock.Now, null));
            });
            await engine.AdvanceToAsync(Ehc1Benchmark.Start.AddDays(10), now => clock.Now = now);
            var news = new List<Delivery>();
            foreach (var id in ids)
            {
                news.AddRange((await sqlite.LoadAsync(id)).State.Requests.Where(r => r.Agency is not null).Select(r => Ehc1Benchmark.Says(
                    id,
                    "advice-" + r.Id,
                    new SubmitAdvice(r.Id, Ehc1Benchmark.Advice(new DateOnly(2026, 1, 15), r.Id)),
                    clock.Now,
                    new Actor { Role = ActorRole.Agency, Id = r.Agency!.Id.Value, Agency = r.Agency.Id })));
            }

            var measured = Measured.Begin();
            await Task.WhenAll(news.Take(replies).Select(d => sqlite.PutAsync(d).AsTask()));
            var taken = measured.Elapsed;
            await engine.RunDueAsync();
            return (taken, measured.Elapsed, Measured.PeakMemory);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static AssessmentId[] Ids(int cases) => [.. Enumerable.Range(0, cases).Select(n => AssessmentId.For(Ehc1Benchmark.Council, FormattableString.Invariant($"case-{n}")))];

    private static EmbeddedEngine Engine(IAssessmentStore store, Ehc1Benchmark.SetClock clock) =>
        new(store, Ehc1Benchmark.Rules(), [new Ehc1Benchmark.AtOnce()], clock, new EngineOptions { MaxTurns = Ehc1Benchmark.Window, Deciders = Environment.ProcessorCount });
}
