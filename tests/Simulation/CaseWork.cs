using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;
using LegalAct = IntegrationHub.Orchestrations.StatutoryClock.Act;

namespace IntegrationHub.Simulation;

/// <summary>What people do in the cases of one hub when something comes up, and the check of each case that is over. Safe for concurrent use, a case at a time.</summary>
internal sealed class CaseWork(
    SimulationOptions options, SimulatedHub hub, Ledgers ledgers, Diary diary, InterfaceWatch interfaces, HandingOver moves, TimeProvider clock, Findings findings)
{
    private readonly Sending sending = new(hub, clock);
    private int finished;

    /// <summary>Cases that were checked.</summary>
    internal int Finished => finished;

    /// <summary>Does what came up in one case, in order. What was not done when the hub died stays in the queue.</summary>
    internal async Task LiveAsync(AssessmentId id, Queue<Entry> entries, DateTimeOffset now)
    {
        try
        {
            while (entries.TryPeek(out var entry))
            {
                if (ledgers.Find(id) is { } ledger)
                {
                    await LiveAsync(ledger, entry, now);
                }

                entries.Dequeue();
            }
        }
        catch (ProcessDiedException)
        {
            // Whoever was speaking begins again with what was not answered when the hub is back.
        }
    }

    private async Task LiveAsync(CaseLedger ledger, Entry entry, DateTimeOffset now)
    {
        await sending.SendAgainAsync(ledger);
        switch (entry.Matter)
        {
            case Matter.Look:
                await LookAsync(ledger, now);
                break;
            case Matter.Check:
                await CheckIfOverAsync(ledger, now);
                break;
            default:
                var state = (await hub.Store.LoadAsync(ledger.Person.Id)).State;
                if (NewsWriting.Of(ledger, entry, state, Today) is { } news)
                {
                    var asked = state.Requests.FirstOrDefault(r => r.Id == entry.Request)?.Agency;
                    var door = hub.Doors.DoorOf(ledger.Person, news.By.Agency, asked?.Id == news.By.Agency, news.Input);
                    var message = news.Message with { Door = door, ByAgency = true, BodyReceivedOn = DayToldAt(door, news.Message) };
                    await sending.SendAsync(ledger, message, news.By, news.Input, news.OverQueue);
                    if (entry.Matter == Matter.Repeat)
                    {
                        ledger.Messages[message.Id].Repeated = true;
                    }

                    diary.Look(ledger, now.AddHours(20));
                }

                ledger.Coming--;
                break;
        }
    }

    /// <summary>The day of receipt that a body can tell: always over the bus, never on a page or by moving a Task.</summary>
    private static DateOnly? DayToldAt(Door door, Message message) => door switch
    {
        Door.Inbox => message.BodyReceivedOn,
        Door.Bus => message.BodyReceivedOn ?? message.Day,
        _ => null,
    };

    private DateOnly Today => Calendar.Day(clock.GetUtcNow());

    private async Task LookAsync(CaseLedger ledger, DateTimeOffset now)
    {
        if (ledger.LookAt > now)
        {
            return;
        }

        var person = ledger.Person;
        if (person.From is null && !ledger.IsAnswered("open"))
        {
            await sending.SendAsync(ledger, new Message("open", IdentityMatch.Opened, null, Today), Actors.Officer, new OpenAssessment(person.Facts), overQueue: false);
        }

        var state = (await hub.Store.LoadAsync(person.Id)).State;
        while (state.Facts is not null && Looking.Now(person, state, ledger, Today) is { } act)
        {
            ledger.ActedToday = true;
            var input = act.Input();
            if (input is RecordNoticeSent posted)
            {
                // Who posts a letter puts it in its envelope first and records it then, with whatever day.
                hub.Letters.Leaves(ledger, state, posted.NoticeId, NoticeChannel.Post);
            }

            if (input is RecordAct { Act: LegalAct.PlanHandedOn })
            {
                // The other council has the plan before this one records that it was handed on.
                await moves.HandOverAsync(ledger);
                if (ledger.Leaves!.Arrived is null)
                {
                    // It was not taken: the plan stays here, and nobody says that it was handed on.
                    continue;
                }
            }

            var message = new Message(act.Id, input is SubmitAdvice ? IdentityMatch.Advised : IdentityMatch.Other, RequestOf(input), Today, Letter: act.Letter);
            await sending.SendAsync(ledger, message, act.By, input, overQueue: false);
            state = (await hub.Store.LoadAsync(person.Id)).State;
        }

        findings.Add(await interfaces.PassAsync(ledger));
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
            diary.Look(ledger, next is null || again < next ? again!.Value : next.Value);
        }
    }

    private static string? RequestOf(AssessmentInput input) => input switch
    {
        SubmitAdvice advice => advice.RequestId,
        ProposeExistingAdvice existing => existing.ExistingId,
        _ => null,
    };

    private static DateTimeOffset Morning(Person person, DateOnly on) => new(on.ToDateTime(new TimeOnly(person.Draw.Between("looks at", 8, 16, on.DayNumber), 0)), TimeSpan.Zero);

    private async Task CheckIfOverAsync(CaseLedger ledger, DateTimeOffset now)
    {
        var loaded = await hub.Store.LoadAsync(ledger.Person.Id);
        var over = loaded.State.Stage.HasEnded() && ledger.Coming == 0 && ledger.LookAt is null && loaded.Inbox.Count == 0 && loaded.State.FailedEffects.Count == 0;
        if (!over || (ledger.OverSince ??= now) > now.AddDays(-3))
        {
            ledger.OverSince = over ? ledger.OverSince : null;
            diary.Enter(ledger, now.AddDays(over ? 4 : loaded.State.Stage.HasEnded() ? 10 : 30), new Entry(ledger.Person.Id, Matter.Check));
            return;
        }

        await Task.Run(() => CheckAsync(ledger));
    }

    /// <summary>Checks a case and forgets it.</summary>
    internal async Task CheckAsync(CaseLedger ledger)
    {
        var id = ledger.Person.Id;
        var loaded = await hub.Store.LoadAsync(id);
        var outcomes = new Dictionary<string, Orchestrations.Turns.Outcome?>(StringComparer.Ordinal);
        foreach (var message in ledger.Messages.Values.Select(m => m.InTrail).OfType<string>())
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
            Moves = await moves.SeeAsync(ledger),
            ClockSteps = options.Faults == FaultLevel.None ? TimeSpan.Zero : FaultPlan.ClockStep * 2,
            Lateness = options.Faults == FaultLevel.None ? TimeSpan.Zero : TimeSpan.FromMinutes(70),
        };
        findings.Add(await interfaces.LookAsync(ledger));
        var story = new Retelling();
        var found = CaseCheck.Of(file, story);
        ledgers.Remove(id);
        findings.Add(found, file, story);
        Interlocked.Increment(ref finished);
    }
}
