using System.Diagnostics;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Reporting;

namespace IntegrationHub.Simulation;

/// <summary>
/// Lives through a statutory year. The councils are divided among hubs, each with its own store and clock, and as many hubs are lived at
/// once as there are processors. Assessments know nothing of each other, so the report is the same however many hubs there are.
/// </summary>
public sealed class SimulatedYear
{
    private readonly SimulationOptions options;
    private readonly Cohort cohort;
    private readonly List<HubYear> hubs;
    private readonly Lock gate = new();
    private readonly Progress[] come;

    /// <summary>Prepares a year.</summary>
    public SimulatedYear(SimulationOptions options)
    {
        this.options = options;
        cohort = new Cohort(options.Seed, options.Council, options.Disputed, options.Years, options.Moving, options.Requests, options.Eventful);
        var shares = new List<int>[options.HubCount];
        for (var hub = 0; hub < shares.Length; hub++)
        {
            shares[hub] = [];
        }

        for (var number = 0; number < options.Requests + cohort.Births; number++)
        {
            shares[HubOf(cohort.CouncilOf(number), shares.Length)].Add(number);
        }

        hubs = [.. shares.Select(share => new HubYear(options, cohort, share))];
        come = new Progress[hubs.Count];
    }

    /// <summary>Lives the year to its end.</summary>
    public async Task<YearReport> RunAsync(Action<Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        var faults = new FaultCounts[hubs.Count];
        await Parallel.ForAsync(0, hubs.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (n, cancellationToken) =>
            faults[n] = await hubs[n].RunAsync(now => Tell(n, now, progress), cancellationToken));

        var (verdict, tally) = (new Verdict(), new Tally());
        foreach (var hub in hubs)
        {
            verdict.Add(hub.Verdict);
            tally.Add(hub.Tally);
        }

        using var self = Process.GetCurrentProcess();
        return new YearReport
        {
            Requests = options.Requests,
            Births = cohort.Births,
            Seed = options.Seed,
            Years = options.Years,
            Faults = options.Faults.ToString().ToLowerInvariant(),
            Council = options.Council?.Profile.Name,
            Durability = options.Store == StoreKind.Sqlite ? "SQLite, write-ahead log, synchronous FULL" : "memory, not durable",
            Verdict = verdict,
            Tally = tally,
            Cost = new Cost
            {
                Wall = TimeProvider.System.GetElapsedTime(started),
                Processor = Environment.CpuUsage.TotalTime - processor,
                PeakMemory = self.PeakWorkingSet64,
                Hubs = hubs.Count,
                Faults = faults.Aggregate((a, b) => a + b),
            },
        };
    }

    /// <summary>There and back again, because the councils are in order of size.</summary>
    private static int HubOf(int council, int hubs) => council % (2 * hubs) is var place && place < hubs ? place : (2 * hubs) - 1 - place;

    private void Tell(int hub, Progress now, Action<Progress>? progress)
    {
        if (progress is null)
        {
            return;
        }

        lock (gate)
        {
            come[hub] = now;
            progress(new Progress(come.Sum(c => c.Finished), now.Today, come.Sum(c => c.Operations)));
        }
    }
}
