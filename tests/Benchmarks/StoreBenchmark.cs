using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>Small turns through the SQLite store, loaded, made and committed by many callers at once, beside the bare appends of the same run.</summary>
internal static class StoreBenchmark
{
    private const int Callers = 1024;

    internal static async Task RunAsync(int turns, int assessments)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            Console.WriteLine("durability of every line: write-ahead log, synchronous FULL, flushed before it is answered");
            var single = BareSqlite.Append(Path.Combine(folder.FullName, "single.db"), 5_000, 1);
            Tell("bare SQLite, one append a commit", single, "");
            var group = BareSqlite.Append(Path.Combine(folder.FullName, "group.db"), turns, 500);
            Tell("bare SQLite, 500 appends a commit", group, "");

            await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "hub.db") });
            var (opened, _, _) = await MeasureAsync(store, assessments, assessments, 0);
            Tell($"first turns of {assessments} assessments", opened, "");
            var before = store.Written;
            var processor = Environment.CpuUsage.TotalTime;
            var (rate, p50, p99) = await MeasureAsync(store, turns, assessments, assessments);
            var (flushes, requests) = (store.Written.Flushes - before.Flushes, store.Written.Requests - before.Requests);
            var each = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / turns;
            Tell(
                "small turns, group commit",
                rate,
                FormattableString.Invariant($"{rate / group:P0} of bare group, {rate / single:F1} x bare single; {requests / (double)flushes:F0} a flush; p50 {p50:F1} ms, p99 {p99:F1} ms; {each:F0} us of processor each"));
            var (alone, _, _) = await MeasureAsync(store, 2_000, assessments, 10_000_000, callers: 1);
            Tell("small turns, one caller", alone, FormattableString.Invariant($"{alone / single:P0} of bare single"));
            var bytes = new FileInfo(Path.Combine(folder.FullName, "hub.db")).Length;
            Console.WriteLine(FormattableString.Invariant($"{bytes / 1e6:F0} MB file, {Environment.WorkingSet / 1e6:F0} MB memory, {store.Held.Count} assessments held in {store.Held.Bytes / 1e6:F0} MB"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Turns a second, and how long a caller waits for one, in milliseconds.</summary>
    private static async Task<(double Rate, double P50, double P99)> MeasureAsync(SqliteAssessmentStore store, int turns, int assessments, long firstMessage, int callers = Callers)
    {
        var next = -1;
        var waits = new long[turns];
        var ids = Enumerable.Range(0, assessments).Select(SmallTurns.Id).ToArray();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            int turn;
            while ((turn = Interlocked.Increment(ref next)) < turns)
            {
                var begun = Stopwatch.GetTimestamp();
                var delivery = SmallTurns.Delivery(ids[turn % ids.Length], firstMessage + turn);
                while (await store.CommitAsync(SmallTurns.Of(await store.LoadAsync(delivery.Assessment), delivery)) == CommitResult.Conflict)
                {
                }

                waits[turn] = Stopwatch.GetTimestamp() - begun;
            }
        })));
        var rate = turns / clock.Elapsed.TotalSeconds;
        Array.Sort(waits);
        return (rate, Milliseconds(waits[turns / 2]), Milliseconds(waits[(int)(turns * 0.99)]));
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private static void Tell(string what, double rate, string more) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-42} {rate,10:N0} /s   {more}"));
}
