using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Reporting;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation;

/// <summary>
/// Lives through the year of one hub, or of two between which families move, hour by hour of the virtual clock: what comes up is done, the hub does what is due, and each case
/// that is over is checked and forgotten. Nothing that is decided depends on the order in which threads come to it.
/// </summary>
internal sealed class HubYear
{
    private const int AtOnce = 512;

    /// <summary>What the second of two hubs meets follows from another seed.</summary>
    private const ulong SeedOfAnother = 0x9E3779B9;

    private readonly SimulationOptions options;
    private readonly Cohort cohort;
    private readonly FaultPlan[] plans;
    private readonly DateTimeOffset horizon;
    private readonly SimulatedClock clock;
    private readonly Ledgers ledgers = new();
    private readonly Diary diary = new();
    private readonly Queue<(DateTimeOffset At, int Number)> arrivals;
    private readonly Queue<DateTimeOffset> clockChanges = new(Calendar.ClockChanges.Select(day => new DateTimeOffset(day.ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero)));
    private FaultCounts faults = new();
    private DateOnly day;
    private TimeSpan wrong;

    /// <param name="options">What is simulated.</param>
    /// <param name="cohort">Everybody who asks in the year.</param>
    /// <param name="numbers">Those who ask this hub.</param>
    internal HubYear(SimulationOptions options, Cohort cohort, IEnumerable<int> numbers)
    {
        (this.options, this.cohort) = (options, cohort);
        horizon = new DateTimeOffset(2028, 9, 30, 0, 0, 0, TimeSpan.Zero).AddYears(options.Years == 0 ? 0 : options.Years + 1);
        plans = [.. Enumerable.Range(0, cohort.HubsInPlaceOfOne).Select(n => new FaultPlan(options.Seed + ((ulong)n * SeedOfAnother), options.Faults))];
        arrivals = new Queue<(DateTimeOffset, int)>(numbers.Select(n => (At: Rounds.At(cohort.ArrivalOf(n)), Number: n)).OrderBy(a => a.At).ThenBy(a => a.Number));
        clock = new SimulatedClock(arrivals.TryPeek(out var first) ? first.At : horizon);
    }

    /// <summary>What was found.</summary>
    internal Verdict Verdict { get; } = new();

    /// <summary>The figures.</summary>
    internal Tally Tally { get; } = new();

    /// <summary>Lives the year to its end.</summary>
    /// <returns>Faults that the hub met.</returns>
    internal async Task<FaultCounts> RunAsync(Action<Progress> progress, CancellationToken cancellationToken)
    {
        var conduct = new AgencyConduct(diary, options.Faults != FaultLevel.None);
        await using var lived = new Together<LivedHub>(
            [.. plans.Select(plan => new LivedHub(new SimulatedHub(options, cohort, plan, clock, ledgers, conduct, NeedsPerson), plan, options.Store == StoreKind.Sqlite))]);
        var hubs = lived.All.Select(one => one.Hub).ToList();
        await using var interfaces = new Together<InterfaceWatch>([.. hubs.Select(hub => new InterfaceWatch(options, cohort, hub, clock))]);
        var moving = new HandingOver(options, hubs, ledgers, diary, clock);
        var findings = new Findings(Verdict, Tally);
        CaseWork[] cases = [.. hubs.Select((hub, n) => new CaseWork(options, hub, ledgers, diary, interfaces.All[n], moving, clock, findings))];
        while (await NextHourAsync(hubs) is { } now && now <= horizon)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await NewDayAsync(lived.All, now);
            clock.Set(now + wrong);
            await lived.EachAsync(one => one.DriveAsync(cancellationToken));
            await interfaces.EachAsync(one => one.ListAsync(rest: false, Verdict));
            Arrive(interfaces.All, now);
            var due = diary.TakeUpTo(now).Select(entries => (Case: entries.Key, Entries: new Queue<Entry>(entries))).ToList();
            while (due.Count > 0)
            {
                foreach (var some in due.Chunk(AtOnce))
                {
                    await Task.WhenAll(some.Select(one => Task.Run(() => cases[ledgers.HubOf(one.Case)].LiveAsync(one.Case, one.Entries, now), cancellationToken)));
                }

                due.RemoveAll(one => one.Entries.Count == 0);
                await lived.EachAsync(one => one.RecoverAsync());
            }

            await lived.EachAsync(one => one.DriveAsync(cancellationToken));
            progress(new Progress(cases.Sum(one => one.Finished), day, hubs.Sum(hub => hub.Operations)));
            if (options.EndsWith?.Invoke(Verdict) == true)
            {
                return lived.All.Aggregate(faults, (sum, one) => sum + one.Faults);
            }
        }

        await interfaces.EachAsync(one => one.ListAsync(rest: true, Verdict));
        foreach (var ledger in ledgers.All.OrderBy(l => l.Person.Number).ToList())
        {
            await cases[ledger.Person.Hub].CheckAsync(ledger);
        }

        return lived.All.Aggregate(faults, (sum, one) => sum + one.Faults);
    }

    private async Task<DateTimeOffset?> NextHourAsync(IEnumerable<SimulatedHub> hubs)
    {
        DateTimeOffset? next = arrivals.TryPeek(out var arrival) ? arrival.At : null;
        if (diary.Next is { } entry && !(next <= entry))
        {
            next = entry;
        }

        // Once every case was checked, nothing that the hub might still wake for matters.
        if (next is null && ledgers.Count == 0)
        {
            return null;
        }

        foreach (var hub in hubs)
        {
            if (await hub.Store.NextDueAsync() is { } wake && HourOf(wake) is var hour && !(next <= hour))
            {
                next = hour;
            }
        }

        // Both days on which the clocks change are lived, whether or not anything comes up on them.
        var earliest = clock.GetUtcNow() - wrong;
        if (clockChanges.TryPeek(out var change) && !(next <= change))
        {
            next = clockChanges.Dequeue();
        }

        return next < earliest ? earliest : next;
    }

    /// <summary>The first full hour at which the hub's clock, right or wrong, has come to an instant: what falls into one hour shares its turns and flushes.</summary>
    private DateTimeOffset HourOf(DateTimeOffset wake)
    {
        var hour = new DateTimeOffset((wake - FaultPlan.ClockStep).UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        while (hour + plans[0].ClockError(Calendar.Day(hour)) < wake)
        {
            hour = hour.AddHours(1);
        }

        return hour;
    }

    private async Task NewDayAsync(IEnumerable<LivedHub> hubs, DateTimeOffset now)
    {
        var today = Calendar.Day(now);
        if (today == day)
        {
            return;
        }

        day = today;
        wrong = plans[0].ClockError(day);
        faults = faults with
        {
            WrongDays = faults.WrongDays + (wrong == TimeSpan.Zero ? 0 : 1),
            ClockChanges = faults.ClockChanges + (wrong != TimeSpan.Zero && Calendar.ClockChanges.Contains(day) ? 1 : 0),
        };
        foreach (var hub in hubs)
        {
            await hub.NewDayAsync(day);
        }
    }

    private void Arrive(IReadOnlyList<InterfaceWatch> interfaces, DateTimeOffset now)
    {
        while (arrivals.TryPeek(out var arrival) && arrival.At <= now)
        {
            arrivals.Dequeue();
            var ledger = ledgers.Add(cohort.Make(arrival.Number));
            interfaces[ledger.Person.Hub].Arrives(ledger.Person);
            diary.Look(ledger, arrival.At);
            diary.Enter(ledger, now.AddDays(60), new Entry(ledger.Person.Id, Matter.Check));
        }
    }

    private void NeedsPerson(AssessmentId id)
    {
        if (ledgers.Find(id) is { } ledger)
        {
            diary.Look(ledger, clock.GetUtcNow().AddHours(26));
        }
    }
}
