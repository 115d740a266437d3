using System.Diagnostics;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>How long a store with many open assessments takes to open, and how long its lists take.</summary>
internal static class OpenBenchmark
{
    internal static async Task RunAsync(int assessments)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            var options = new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "hub.db") };
            await using (var store = SqliteAssessmentStore.Open(options))
            {
                await Task.WhenAll(Enumerable.Range(0, assessments).Select(async n =>
                {
                    var id = SmallTurns.Id(n);
                    await store.CommitAsync(SmallTurns.Of(await store.LoadAsync(id), SmallTurns.Delivery(id, n), effects: n % 20 == 0 ? 1 : 0));
                }));
            }

            var clock = Stopwatch.StartNew();
            await using var opened = SqliteAssessmentStore.Open(options);
            Console.WriteLine(FormattableString.Invariant($"{assessments:N0} open assessments: ready after {clock.ElapsedMilliseconds:N0} ms, {Environment.WorkingSet / 1e6:F0} MB memory"));
            var due = await opened.DueAsync(SmallTurns.Start.AddDays(1), int.MaxValue);
            clock.Restart();
            await Parallel.ForEachAsync(due, async (id, cancellationToken) =>
            {
                _ = await opened.LoadAsync(id, cancellationToken);
            });
            Console.WriteLine(FormattableString.Invariant($"{due.Count:N0} due assessments loaded from the file: {due.Count / clock.Elapsed.TotalSeconds:N0} /s"));
            await TimeAsync("one council's page", new SummaryQuery { Council = SmallTurns.Id(7).Council, Open = true });
            await TimeAsync("everybody's page", new SummaryQuery { Open = true });
            await TimeAsync("an agency's page", new SummaryQuery { Agency = SmallTurns.Agency("ods:RX3"), Open = true });
            await TimeAsync("an officer's page", new SummaryQuery { CaseOfficer = "officer-9" });
            await TimeAsync("needs attention", new SummaryQuery { NeedsAttention = true });
            await TimeAsync("overdue, a third of all", new SummaryQuery { Open = true, WaitingDueBefore = new DateOnly(2026, 3, 10) });
            await TimeAsync("overdue, none: the whole index", new SummaryQuery { Open = true, WaitingDueBefore = new DateOnly(2026, 1, 1) });
            await TimeAsync("a stage that none is in", new SummaryQuery { Stage = Stage.Drafting });

            async Task TimeAsync(string what, SummaryQuery query)
            {
                await opened.ListAsync(query);
                clock.Restart();
                const int Times = 20;
                var found = 0;
                for (var n = 0; n < Times; n++)
                {
                    found = (await opened.ListAsync(query)).Items.Count;
                }

                Console.WriteLine(FormattableString.Invariant($"{what,-34} {clock.Elapsed.TotalMilliseconds / Times,8:F2} ms   {found} found"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
