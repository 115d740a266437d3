using System.Globalization;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// One command, one table: everything is measured in one run, so that it may be compared, with what others reach beside it (bare SQLite,
/// Durable Task on Azurite, the FHIR SDK, RabbitMQ). Everything of the hub is durable: write-ahead log, synchronous FULL, flushed before it is answered.
/// </summary>
internal static class AllBenchmark
{
    private const int Replies = 20_000;
    private const int DurableCases = 30;
    private const int Submissions = 1_500;
    private const int Plans = 100;
    private const int Pages = 300;
    private const int Messages = 30_000;
    private const int Sessions = 256;
    private const int PlainMessages = 20_000;

    /// <param name="cases">Cases of EHC-1.</param>
    /// <param name="open">Open cases behind a start and an officer's pages.</param>
    internal static async Task RunAsync(int cases, int open)
    {
        var table = new Table();
        await CasesAsync(table, cases);
        await DurableAsync(table);
        await BurstAsync(table);
        await FhirAsync(table);
        await BusAsync(table);
        await PlansAsync(table);
        await OpenCasesAsync(table, open);
        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors, load {Load()} at the end; every line is durable: write-ahead log, synchronous FULL, flushed before it is answered. A step is one request to the store."));
        foreach (var line in table.Lines())
        {
            Console.WriteLine(line);
        }
    }

    internal static async Task BurstAsync(int replies)
    {
        await Ehc1Run.WarmUpAsync(durable: true);
        var (taken, decided, memory) = await Ehc1Run.BurstAsync(replies);
        Console.WriteLine(FormattableString.Invariant($"burst of {replies:N0} replies (write-ahead log, synchronous FULL): on the disk and acknowledged after {taken.TotalSeconds:F1} s, decided after {decided.TotalSeconds:F1} s, {memory / 1e6:F0} MB memory at most"));
    }

    private static async Task CasesAsync(Table table, int cases)
    {
        using var doing = Doing.Now($"EHC-1: {cases:N0} cases, after some that are not counted, beside bare SQLite");
        await Ehc1Run.WarmUpAsync(durable: true);
        var single = BareSqlite.Append(5_000, 1);
        var few = BareSqlite.Append(100_000, 16);
        var group = BareSqlite.Append(1_000_000, 500);
        var ehc1 = await Ehc1Run.MeasureAsync(cases, durable: true, Ehc1Run.Held);

        // The same disk, as many rows as the hub made steps, of as many bytes and as many to a commit: what is lost to the hub's own work.
        var bytes = (int)(ehc1.DiskBytes / ehc1.Store.Steps);
        var alike = BareSqlite.Append((int)ehc1.Store.Steps, Math.Max(1, (int)ehc1.StepsAFlush), bytes);
        var name = FormattableString.Invariant($"EHC-1, {cases:N0} whole cases");
        table.Add(name, ehc1.CasesASecond, "cases/s");
        table.Add("the same, its steps", ehc1.StepsASecond, "/s", beside: ("bare SQLite, 1 row a commit", single));
        table.Add("the same, its steps", ehc1.StepsASecond, "/s", ("bare SQLite, 16 rows a commit", few), 1 / 2.0);
        table.Add("the same, its steps", ehc1.StepsASecond, "/s", ("bare SQLite, 500 rows a commit", group), 1 / 3.0);
        table.Add("the same, its steps", ehc1.StepsASecond, "/s", beside: (FormattableString.Invariant($"bare SQLite, {ehc1.StepsAFlush:F0} rows of {bytes} bytes a commit"), alike));
        table.Add("the same, processor time of a step", ehc1.Took.Processor, "us");
        table.Add("the same, wait of a step, 99 in 100", ehc1.Store.Wait(0.99).TotalMilliseconds, "ms");
        table.Add("the same, memory at most", ehc1.PeakMemory / 1e6, "MB");
    }

    private static async Task DurableAsync(Table table)
    {
        using var doing = Doing.Now($"EHC-1 on Durable Task over Azurite: {DurableCases} cases, then the embedded engine");
        var durable = await DurableBenchmark.MeasureAsync(DurableCases);
        var embedded = await Ehc1Run.MeasureAsync(DurableCases, durable: true, Ehc1Run.Held);
        table.Add(FormattableString.Invariant($"EHC-1, {DurableCases} cases, embedded engine"), embedded.StepsASecond, "steps/s", beside: ("Durable Task on Azurite, through our driver", durable.StepsASecond));
    }

    private static async Task BurstAsync(Table table)
    {
        using var doing = Doing.Now($"burst of {Replies:N0} replies");
        var (taken, decided, memory) = await Ehc1Run.BurstAsync(Replies);
        var what = FormattableString.Invariant($"burst of {Replies:N0} replies");
        table.Add($"{what}: all acknowledged", taken.TotalSeconds, "s");
        table.Add($"{what}: all decided", decided.TotalSeconds, "s");
        table.Add($"{what}: memory at most", memory / 1e6, "MB");
    }

    private static async Task FhirAsync(Table table)
    {
        var fhir = await FhirBenchmark.MeasureAsync(Submissions);
        table.Add("advice over FHIR, accepted", fhir.Rate, "/s", ("the SDK's strict round trip of the same, one processor", fhir.Sdk), 0.4);
        table.Add("the same, processor time, client included", fhir.Processor, "us", 5 * 1e6 / fhir.Sdk, atMost: true, ("one round trip of the SDK", 1e6 / fhir.Sdk));
    }

    private static async Task BusAsync(Table table)
    {
        var bus = await BusBenchmark.MeasureAsync(Messages, Sessions);
        table.Add("bus, whole path: received, inbox, turn, acknowledged", bus.Whole, "/s", 9_000);
        table.Add("the same", bus.Whole, "/s", ("bare SQLite, 500 rows a commit", bus.Group), 1 / 3.0);
        table.Add("the same, processor time of a message", bus.Processor, "us");
        table.Add("the same, dead letters", bus.Dead, "", 0, atMost: true);
        var (own, rabbit) = await BusSideBySide.MeasureAsync(PlainMessages);
        table.Add("embedded bus, no sessions: sent", own.Sent, "/s", beside: Rabbit(rabbit?.Sent));
        table.Add("embedded bus, no sessions: received and accepted", own.Received, "/s", beside: Rabbit(rabbit?.Received));

        static (string, double)? Rabbit(double? rate) => rate is { } known ? ("RabbitMQ 3.10, AMQP 1.0 plugin, same client", known) : null;
    }

    private static async Task PlansAsync(Table table)
    {
        var plans = await PlanBenchmark.MeasureAsync(Plans, Pages);
        table.Add("plans of 7 advices of 64 KB, assembled and stored in three forms, several at once", plans.Rate, "/s", 40);
        table.Add("the same, one after another", plans.Alone, "/s");
        table.Add("the same, processor time of a plan", plans.Processor, "ms");
    }

    private static async Task OpenCasesAsync(Table table, int open)
    {
        var what = FormattableString.Invariant($"{open:N0} open cases");
        using (Doing.Now($"start over {open:N0} open cases, which are lived up to a day before"))
        {
            var cold = await ColdStartBenchmark.MeasureAsync(open);
            table.Add($"{what}: started", cold.Ready, "s", 10, atMost: true);
            table.Add(string.Create(CultureInfo.InvariantCulture, $"the same: {cold.Due:N0} timers of the day before fired"), cold.Fired, "s");
            table.Add("the same: memory at most", cold.PeakMemory / 1e6, "MB");
        }

        var pages = await WorkspaceBenchmark.MeasureAsync(open, null);
        foreach (var page in pages.Pages)
        {
            // The list of everything open has no aim of its own.
            table.Add($"{what}: {page.Kind}, 99 in 100", page.P99, "ms", page.Kind == "all cases" ? null : 100, atMost: true);
        }

        table.Add($"{what}: memory of the hub at most", pages.MemoryMost, "MB", 1_000, atMost: true);
        table.Add("the same: writes beside the pages", pages.Writes, "/s", 50);
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "not known";
}
