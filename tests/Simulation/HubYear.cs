using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Reporting;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation;

/// <summary>
/// Lives through the year of one hub, hour by hour of the virtual clock: what comes up is done, the hub does what is due, and each case
/// that is over is checked and forgotten. Nothing that is decided depends on the order in which threads come to it.
/// </summary>
internal sealed class HubYear
{
    private const int AtOnce = 512;

    private readonly SimulationOptions options;
    private readonly Cohort cohort;
    private readonly FaultPlan plan;
    private readonly DateTimeOffset horizon;
    private readonly SimulatedClock clock;
    private readonly Ledgers ledgers = new();
    private readonly Diary diary = new();
    private readonly Queue<(DateTimeOffset At, int Number)> arrivals;
    private readonly Queue<DateTimeOffset> clockChanges = new(Calendar.ClockChanges.Select(day => new DateTimeOffset(day.ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero)));
    private FaultCounts faults = new();
    private DateOnly day;
    private TimeSpan wrong;
    private DiskAilment? ails;

    /// <param name="options">What is simulated.</param>
    /// <param name="cohort">Everybody who asks in the year.</param>
    /// <param name="numbers">Those who ask this hub.</param>
    internal HubYear(SimulationOptions options, Cohort cohort, IEnumerable<int> numbers)
    {
        (this.options, this.cohort) = (options, cohort);
        horizon = new DateTimeOffset(2028, 9, 30, 0, 0, 0, TimeSpan.Zero).AddYears(options.Years == 0 ? 0 : options.Years + 1);
        plan = new FaultPlan(options.Seed, options.Faults);
        arrivals = new Queue<(DateTimeOffset, int)>(numbers.Select(n => (At: Rounds.At(cohort.ArrivalOf(n)), Number: n)).OrderBy(a => a.At).ThenBy(a => a.Number));
        clock = new SimulatedClock(arrivals.TryPeek(out var first) ? first.At : horizon);
    }

    /// <summary>What was found.</summary>
    internal Verdict Verdict { get; } = new();

    /// <summary>The figures.</summary>
    internal Tally Tally { get; } = new();

    /// <summary>Lives the year to its end.</summary>
    /// <returns>Faults that the hub met.</returns>
    internal async Task<FaultCounts> RunAsync(Action<Progress> progress, CancellationToken cancellation)
    {
        await using var hub = new SimulatedHub(options, cohort, plan, clock, ledgers, new AgencyConduct(diary, options.Faults != FaultLevel.None), NeedsPerson);
        await using var interfaces = new InterfaceWatch(options, cohort, hub, clock);
        var cases = new CaseWork(options, hub, ledgers, diary, interfaces, clock, Verdict, Tally);
        while (await NextHourAsync(hub) is { } now && now <= horizon)
        {
            cancellation.ThrowIfCancellationRequested();
            await NewDayAsync(hub, now);
            clock.Set(now + wrong);
            await DriveAsync(hub, cancellation);
            await interfaces.ListAsync(rest: false, Verdict);
            Arrive(interfaces, now);
            var due = diary.TakeUpTo(now).Select(entries => (Case: entries.Key, Entries: new Queue<Entry>(entries))).ToList();
            while (due.Count > 0)
            {
                foreach (var some in due.Chunk(AtOnce))
                {
                    await Task.WhenAll(some.Select(one => Task.Run(() => cases.LiveAsync(one.Case, one.Entries, now), cancellation)));
                }

                due.RemoveAll(one => one.Entries.Count == 0);
                await RecoverAsync(hub);
            }

            await DriveAsync(hub, cancellation);
            progress(new Progress(cases.Finished, day, hub.Operations));
        }

        await interfaces.ListAsync(rest: true, Verdict);
        foreach (var ledger in ledgers.All.OrderBy(l => l.Person.Number).ToList())
        {
            await cases.CheckAsync(ledger);
        }

        return faults with
        {
            Operations = hub.Operations,
            BytesOnDisk = hub.BytesOnDisk,
            FailedOperations = hub.Failures,
            Flushes = hub.Flushes,
            Deaths = hub.Deaths,
            Restarts = hub.Restarts,
            Recoveries = hub.Recoveries,
            DamagedPages = hub.DamagedPages,
        };
    }

    private async Task<DateTimeOffset?> NextHourAsync(SimulatedHub hub)
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

        if (await hub.Store.NextDueAsync() is { } wake && HourOf(wake) is var hour && !(next <= hour))
        {
            next = hour;
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
        while (hour + plan.ClockError(Calendar.Day(hour)) < wake)
        {
            hour = hour.AddHours(1);
        }

        return hour;
    }

    private async Task NewDayAsync(SimulatedHub hub, DateTimeOffset now)
    {
        var today = Calendar.Day(now);
        if (today == day)
        {
            return;
        }

        day = today;
        wrong = plan.ClockError(day);
        faults = faults with
        {
            WrongDays = faults.WrongDays + (wrong == TimeSpan.Zero ? 0 : 1),
            ClockChanges = faults.ClockChanges + (wrong != TimeSpan.Zero && Calendar.ClockChanges.Contains(day) ? 1 : 0),
        };
        if (plan.Death(day) is var (operation, after))
        {
            hub.DieAt(operation, after);
        }

        if (options.Store == StoreKind.Sqlite && ails is null)
        {
            if (plan.PageIsDamaged(day))
            {
                await hub.FindDamageAsync(day.DayNumber);
            }

            if (plan.Ails(day) is { } ailment)
            {
                ails = ailment;
                await hub.RestartAsync(ailment);
            }
        }
    }

    /// <summary>The hub does whatever is due, through failures and deaths, until nothing is.</summary>
    private async Task DriveAsync(SimulatedHub hub, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await hub.Engine.RunDueAsync(cancellation);
                return;
            }
            catch (StoreUnavailableException failed) when (failed.Reason is StoreFault.InputOutput or StoreFault.DiskFull or StoreFault.ReadOnly)
            {
                hub.SawAilment |= failed.Reason != StoreFault.InputOutput;
                await RecoverAsync(hub);
            }
            catch (ProcessDiedException)
            {
                await RecoverAsync(hub);
            }
        }
    }

    private async Task RecoverAsync(SimulatedHub hub)
    {
        if (ails is { } ailment && hub.SawAilment)
        {
            faults = faults with
            {
                FullDisks = faults.FullDisks + (ailment == DiskAilment.Full ? 1 : 0),
                ReadOnlyDisks = faults.ReadOnlyDisks + (ailment == DiskAilment.ReadOnly ? 1 : 0),
            };
            ails = null;
            hub.SawAilment = false;
            await hub.RestartAsync(null);
        }
        else if (hub.IsDead)
        {
            await hub.RestartAsync(ails);
        }
    }

    private void Arrive(InterfaceWatch interfaces, DateTimeOffset now)
    {
        while (arrivals.TryPeek(out var arrival) && arrival.At <= now)
        {
            arrivals.Dequeue();
            var ledger = ledgers.Add(cohort.Make(arrival.Number));
            interfaces.Arrives(ledger.Person);
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
