using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Local.Simulation.Conduct;
using IntegrationHub.Local.Simulation.Faults;
using IntegrationHub.Local.Simulation.Invariants;
using IntegrationHub.Local.Simulation.Population;
using IntegrationHub.Local.Simulation.Reporting;
using IntegrationHub.Local.Simulation.Witness;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Local.Simulation;

/// <summary>
/// Lives through the year of one hub, hour by hour of the virtual clock: what comes up is done, the hub does what is due, and each case
/// that is over is checked and forgotten. Nothing that is decided depends on the order in which threads come to it.
/// </summary>
internal sealed class HubYear
{
    private const int AtOnce = 512;
    private static readonly DateTimeOffset Horizon = new(2028, 9, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly SimulationOptions options;
    private readonly Cohort cohort;
    private readonly FaultPlan plan;
    private readonly SimulatedClock clock;
    private readonly Ledgers ledgers = new();
    private readonly Diary diary = new();
    private readonly Queue<(DateTimeOffset At, int Number)> arrivals;
    private readonly Queue<DateTimeOffset> clockChanges = new(Calendar.ClockChanges.Select(day => new DateTimeOffset(day.ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero)));
    private readonly Lock gate = new();
    private Befallen befallen = new();
    private int finished;
    private DateOnly day;
    private TimeSpan wrong;
    private DiskAilment? ails;

    /// <param name="options">What is simulated.</param>
    /// <param name="cohort">Everybody who asks in the year.</param>
    /// <param name="numbers">Those who ask this hub.</param>
    internal HubYear(SimulationOptions options, Cohort cohort, IEnumerable<int> numbers)
    {
        (this.options, this.cohort) = (options, cohort);
        plan = new FaultPlan(options.Seed, options.Faults);
        arrivals = new Queue<(DateTimeOffset, int)>(numbers.Select(n => (At: Rounds.At(cohort.ArrivalOf(n)), Number: n)).OrderBy(a => a.At).ThenBy(a => a.Number));
        clock = new SimulatedClock(arrivals.TryPeek(out var first) ? first.At : Horizon);
    }

    /// <summary>What was found.</summary>
    internal Verdict Verdict { get; } = new();

    /// <summary>The figures.</summary>
    internal Tally Tally { get; } = new();

    /// <summary>Lives the year to its end.</summary>
    /// <returns>What befell the hub.</returns>
    internal async Task<Befallen> RunAsync(Action<Progress> progress, CancellationToken cancellation)
    {
        await using var hub = new SimulatedHub(options, cohort, plan, clock, ledgers, new AgencyConduct(diary, options.Faults != FaultLevel.None), NeedsPerson);
        var sending = new Sending(hub, clock);
        while (await NextHourAsync(hub) is { } now && now <= Horizon)
        {
            cancellation.ThrowIfCancellationRequested();
            await NewDayAsync(hub, now);
            clock.Set(now + wrong);
            await DriveAsync(hub, cancellation);
            Arrive(now);
            var due = diary.TakeUpTo(now).Select(entries => (Case: entries.Key, Entries: new Queue<Entry>(entries))).ToList();
            while (due.Count > 0)
            {
                foreach (var some in due.Chunk(AtOnce))
                {
                    await Task.WhenAll(some.Select(one => Task.Run(() => LiveAsync(hub, sending, one.Case, one.Entries, now), cancellation)));
                }

                due.RemoveAll(one => one.Entries.Count == 0);
                await RecoverAsync(hub);
            }

            await DriveAsync(hub, cancellation);
            progress(new Progress(finished, day, hub.Operations));
        }

        foreach (var ledger in ledgers.All.OrderBy(l => l.Person.Number).ToList())
        {
            await CheckAsync(hub, ledger);
        }

        return befallen with
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
        befallen = befallen with
        {
            WrongDays = befallen.WrongDays + (wrong == TimeSpan.Zero ? 0 : 1),
            ClockChanges = befallen.ClockChanges + (wrong != TimeSpan.Zero && Calendar.ClockChanges.Contains(day) ? 1 : 0),
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
            befallen = befallen with
            {
                FullDisks = befallen.FullDisks + (ailment == DiskAilment.Full ? 1 : 0),
                ReadOnlyDisks = befallen.ReadOnlyDisks + (ailment == DiskAilment.ReadOnly ? 1 : 0),
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

    private void Arrive(DateTimeOffset now)
    {
        while (arrivals.TryPeek(out var arrival) && arrival.At <= now)
        {
            arrivals.Dequeue();
            var ledger = ledgers.Add(cohort.Make(arrival.Number));
            Look(ledger, arrival.At);
            diary.Enter(ledger, now.AddDays(60), new Entry(ledger.Person.Id, Matter.Check));
        }
    }

    private async Task LiveAsync(SimulatedHub hub, Sending sending, AssessmentId id, Queue<Entry> entries, DateTimeOffset now)
    {
        try
        {
            while (entries.TryPeek(out var entry))
            {
                if (ledgers.Find(id) is { } ledger)
                {
                    await LiveAsync(hub, sending, ledger, entry, now);
                }

                entries.Dequeue();
            }
        }
        catch (ProcessDiedException)
        {
            // Whoever was speaking begins again with what was not answered when the hub is back.
        }
    }

    private async Task LiveAsync(SimulatedHub hub, Sending sending, CaseLedger ledger, Entry entry, DateTimeOffset now)
    {
        await sending.SendAgainAsync(ledger);
        switch (entry.Matter)
        {
            case Matter.Look:
                await LookAsync(hub, sending, ledger, now);
                break;
            case Matter.Check:
                await CheckIfOverAsync(hub, ledger, now);
                break;
            default:
                var state = (await hub.Store.LoadAsync(ledger.Person.Id)).State;
                if (NewsWriting.Of(ledger, entry, state, Today) is { } news)
                {
                    await sending.SendAsync(ledger, news.Message, news.By, news.Input, news.OverQueue);
                    Look(ledger, now.AddHours(20));
                }

                ledger.Coming--;
                break;
        }
    }

    private DateOnly Today => Calendar.Day(clock.GetUtcNow());

    private async Task LookAsync(SimulatedHub hub, Sending sending, CaseLedger ledger, DateTimeOffset now)
    {
        if (ledger.LookAt > now)
        {
            return;
        }

        var person = ledger.Person;
        if (!ledger.IsAnswered("open"))
        {
            await sending.SendAsync(ledger, new Message("open", Said.Opened, null, Today), Actors.Officer, new OpenAssessment(person.Facts), overQueue: false);
        }

        var state = (await hub.Store.LoadAsync(person.Id)).State;
        while (state.Facts is not null && Looking.Now(person, state, ledger, Today) is { } act)
        {
            ledger.ActedToday = true;
            var input = act.Input();
            var message = new Message(act.Id, input is SubmitAdvice ? Said.Advised : Said.Other, (input as SubmitAdvice)?.RequestId, Today);
            await sending.SendAsync(ledger, message, act.By, input, overQueue: false);
            state = (await hub.Store.LoadAsync(person.Id)).State;
        }

        var acted = ledger.ActedToday;
        ledger.LookAt = null;
        ledger.ActedToday = false;
        if (state.Facts is null)
        {
            return;
        }

        var next = Looking.NextDay(person, state, ledger, Today) is { } planned ? Morning(person, planned) : (DateTimeOffset?)null;
        var again = acted ? now.AddHours(20) : state.Stage.HasEnded() ? (DateTimeOffset?)null : now.AddDays(28);
        if (next is not null || again is not null)
        {
            Look(ledger, next is null || again < next ? again!.Value : next.Value);
        }
    }

    private static DateTimeOffset Morning(Person person, DateOnly on) => new(on.ToDateTime(new TimeOnly(person.Draw.Between("looks at", 8, 16, on.DayNumber), 0)), TimeSpan.Zero);

    private void NeedsPerson(AssessmentId id)
    {
        if (ledgers.Find(id) is { } ledger)
        {
            Look(ledger, clock.GetUtcNow().AddHours(26));
        }
    }

    private void Look(CaseLedger ledger, DateTimeOffset at)
    {
        if (ledger.LookAt is null || at < ledger.LookAt)
        {
            ledger.LookAt = at;
            diary.Enter(ledger, at, new Entry(ledger.Person.Id, Matter.Look));
        }
    }

    private async Task CheckIfOverAsync(SimulatedHub hub, CaseLedger ledger, DateTimeOffset now)
    {
        var loaded = await hub.Store.LoadAsync(ledger.Person.Id);
        var over = loaded.State.Stage.HasEnded() && ledger.Coming == 0 && ledger.LookAt is null && loaded.Inbox.Count == 0 && loaded.State.FailedEffects.Count == 0;
        if (!over || (ledger.OverSince ??= now) > now.AddDays(-3))
        {
            ledger.OverSince = over ? ledger.OverSince : null;
            diary.Enter(ledger, now.AddDays(over ? 4 : loaded.State.Stage.HasEnded() ? 10 : 30), new Entry(ledger.Person.Id, Matter.Check));
            return;
        }

        await Task.Run(() => CheckAsync(hub, ledger));
    }

    private async Task CheckAsync(SimulatedHub hub, CaseLedger ledger)
    {
        var id = ledger.Person.Id;
        var loaded = await hub.Store.LoadAsync(id);
        var outcomes = new Dictionary<string, Orchestrations.Turns.Outcome?>(StringComparer.Ordinal);
        foreach (var message in ledger.Messages.Keys)
        {
            outcomes[message] = await hub.Store.OutcomeAsync(id, message);
        }

        var now = clock.GetUtcNow();
        var file = new CaseFile
        {
            Ledger = ledger,
            Loaded = loaded,
            Events = await hub.Store.EventsAsync(id),
            Effects = await hub.Store.EffectsAsync(id),
            Outcomes = outcomes,
            Limits = Limits.Of(loaded.State, Calendar.Day(now), hub.HeldRules.For(id)),
            Now = now,
            ClockSteps = options.Faults == FaultLevel.None ? TimeSpan.Zero : FaultPlan.ClockStep * 2,
            Lateness = options.Faults == FaultLevel.None ? TimeSpan.Zero : TimeSpan.FromMinutes(70),
        };
        var story = new Retelling();
        var found = CaseCheck.Of(file, story);
        ledgers.Remove(id);
        lock (gate)
        {
            Verdict.Add(found);
            Tally.Add(file, story);
            finished++;
        }
    }
}
