using System.Globalization;

namespace IntegrationHub.Benchmarks;

/// <summary>One command, one table: everything is measured in one run of one process, so that it may be compared.</summary>
internal static class AllBenchmark
{
    private const string Durable = "WAL, FULL";

    internal static async Task RunAsync(int cases, int open)
    {
        await Ehc1Run.WarmUpAsync(durable: true);
        var single = BareSqlite.Append(5_000, 1);
        var few = BareSqlite.Append(100_000, 16);
        var group = BareSqlite.Append(1_000_000, 500);
        var small = await Ehc1Run.MeasureAsync(Math.Max(1, cases / 10), durable: true, Ehc1Run.Held);
        var large = await Ehc1Run.MeasureAsync(cases, durable: true, Ehc1Run.Held);
        var inMemory = await Ehc1Run.MeasureAsync(cases, durable: false, Ehc1Run.Held);
        // The same disk, as many rows as the hub made steps, of as many bytes and as many to a commit: what is lost to the hub's own work.
        var alike = BareSqlite.Append((int)large.Store.Steps, Math.Max(1, (int)large.StepsAFlush), (int)(large.DiskBytes / large.Store.Steps));
        var (taken, decided, burstMemory) = await Ehc1Run.BurstAsync(20_000);
        var cold = await ColdStartBenchmark.MeasureAsync(open);

        Line("", "durability", "cases/s", "steps/s", "of 16", "of 500", "p50 ms", "p99 ms", "us cpu/step", "peak MB", "bytes/case");
        Line("bare SQLite, 1 row a commit", Durable, "", N(single));
        Line("bare SQLite, 16 rows a commit", Durable, "", N(few), P(few, few), P(few, group));
        Line("bare SQLite, 500 rows a commit", Durable, "", N(group), P(group, few), P(group, group));
        Line($"bare SQLite, {large.StepsAFlush:F0} rows of {large.DiskBytes / large.Store.Steps} bytes", Durable, "", N(alike), P(alike, few), P(alike, group));
        Ehc1(small, Durable);
        Ehc1(large, Durable);
        Ehc1(inMemory, "none");
        Line("burst of 20,000: all acknowledged", Durable, "", "", "", "", FormattableString.Invariant($"{taken.TotalSeconds:F1} s"), "", "", N(burstMemory / 1e6));
        Line("burst of 20,000: all decided", Durable, "", "", "", "", FormattableString.Invariant($"{decided.TotalSeconds:F1} s"), "", "", N(burstMemory / 1e6));
        Line($"start with {open:N0} open: ready", Durable, "", "", "", "", FormattableString.Invariant($"{cold.Ready:F1} s"), "", "", "");
        Line($"start: all {cold.Due:N0} due timers fired", Durable, "", N(cold.Steps / cold.Fired), "", "", FormattableString.Invariant($"{cold.Fired:F1} s"), "", "", N(cold.PeakMemory / 1e6));
        Console.WriteLine(FormattableString.Invariant($"A step is one request to the store that is flushed before it is answered; a case here takes {large.Store.Steps / (double)cases:F1} of them. {large.Served:N0} of {cases:N0} drafts were served."));

        void Ehc1(Ehc1Result r, string durability) => Line(
            $"EHC-1, {r.Cases:N0} cases",
            durability,
            N(r.CasesASecond),
            N(r.StepsASecond),
            P(r.StepsASecond, few),
            P(r.StepsASecond, group),
            r.Store.Wait(0.5).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture),
            r.Store.Wait(0.99).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture),
            r.Took.Processor.ToString("F1", CultureInfo.InvariantCulture),
            N(r.PeakMemory / 1e6),
            r.DiskBytes == 0 ? "" : N(r.DiskBytes / (double)r.Cases));

        // Which size of group is the fair one depends on what is asked; both are told.
        static string P(double rate, double of) => string.Create(CultureInfo.InvariantCulture, $"{100 * rate / of:F1} %");
    }

    internal static async Task BurstAsync(int replies)
    {
        await Ehc1Run.WarmUpAsync(durable: true);
        var (taken, decided, memory) = await Ehc1Run.BurstAsync(replies);
        Console.WriteLine(FormattableString.Invariant($"burst of {replies:N0} replies (write-ahead log, synchronous FULL): on the disk and acknowledged after {taken.TotalSeconds:F1} s, decided after {decided.TotalSeconds:F1} s, {memory / 1e6:F0} MB memory at most"));
    }

    private static string N(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void Line(params string[] columns) =>
        Console.WriteLine(string.Concat(columns.Select((text, n) => n == 0 ? text.PadRight(44) : n == 1 ? text.PadRight(12) : text.PadLeft(12))));
}
