using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Planted;

/// <summary>
/// Ways in which the hub might be wrong, one at a time. None is in the hub: each sits between its engine and its store, its
/// handlers or its rules, and does there what a slip in the decisions, the store or a handler would.
/// </summary>
internal static class Bugs
{
    internal static readonly IReadOnlyDictionary<string, Func<SimulationOptions, SimulationOptions>> All = new Dictionary<string, Func<SimulationOptions, SimulationOptions>>(StringComparer.Ordinal)
    {
        // Rules.
        ["advice of a body is due after seven weeks"] = Law(rules => Rule(rules, "advice")["length"] = 7),
        ["the final plan is due after 21 weeks"] = Law(rules => Rule(rules, "finalPlan")["length"] = 21),
        ["the day of receipt counts as the first"] = o => o with { AroundRules = right => Book(right, RuleSet.England2014, CountingPractice.DayOne, ChaseLadder.Default) },
        ["the family has 14 days for the draft"] = Law(rules => Rule(rules, "familyRepresentations")["length"] = 14),
        ["the Tribunal's own time is forgotten"] = Law(rules => Rule(rules, "appeal")["tribunalTime"] = false),
        ["exceptional circumstances relieve no final plan"] = Law(rules => RelievesNot(rules, "exceptionalCircumstances", "finalPlan")),
        ["the ladder reminds a day late"] = Ladder("\"days\": 1,", "\"days\": 2,"),
        ["the ladder's last step is missing"] = Ladder("\"key\": \"escalate-send-lead\"", "\"key\": \"escalate-nobody\""),
        ["the ladder tells somebody else"] = Ladder("\"to\": \"commissioner\"", "\"to\": \"contributor\""),

        // Decisions and their folding.
        ["a missed limit is not recorded"] = Turns(t => Without(t, e => e is LimitMissed)),
        ["an escalation is not recorded"] = Turns(t => Without(t, e => e is ChaseStepTaken { Step: "escalate-dmo" or "escalate-head" or "escalate-head-of-service" })),
        ["the event of a consultation is lost"] = Turns(t => Without(t, e => e is FamilyConsulted)),
        ["a limit's miss has another day"] = Turns(t => Changed(t, e => e is LimitMissed missed ? missed with { Due = missed.Due.AddDays(1) } : e)),
        ["advice is dated the day before"] = Turns(t => Changed(t, e => e is AdviceReceived received ? received with { Advice = received.Advice with { ReceivedOn = received.Advice.ReceivedOn.AddDays(-1) } } : e)),
        ["an acknowledgement's own day is ignored"] = Turns(t => Changed(t, e => e is AdviceRequestMoved { To: RequestStatus.Acknowledged } moved ? moved with { ReceivedByBodyOn = moved.ReceivedByBodyOn?.AddDays(-1) } : e)),
        ["each plan is version 1"] = Turns(t => Changed(t, e => e is PlanPrepared prepared ? prepared with { Document = prepared.Document with { Version = 1 } } : e)),
        ["a plan's hash is of another text"] = Turns(t => Changed(t, e => e is PlanPrepared prepared ? prepared with { ContentHash = new string('0', 64) } : e)),
        ["the state keeps the stage before"] = Turns(t => t with { State = t.State with { Stage = t.State.Stage == Stage.PlanIssued ? Stage.NoPlan : t.State.Stage } }),
        ["the state forgets that a notice was served"] = Turns(t => t with { State = t.State with { Notices = [.. t.State.Notices.Select(n => n.ServedOn is { } on ? n with { ServedOn = on.AddDays(1) } : n)] } }),
        ["nobody is named for what happened"] = Turns(t => t with { Events = [.. t.Events.Select(e => e with { MessageId = null, CorrelationId = null })] }),
        ["no wake-up is set"] = Turns(t => t with { WakeAt = null }),
        ["the wake-up is two days late"] = Turns(t => t with { WakeAt = t.WakeAt?.AddDays(2) }),
        ["withdrawals are not told"] = Turns(t => t with { Effects = [.. t.Effects.Where(e => e.Effect is not SendWithdrawal)] }),
        ["letters are sent by mail as well"] = Turns(t => t with { Effects = [.. t.Effects.SelectMany(e => e.Effect is SendNotice ? [e, e with { Id = e.Id + "/again" }] : new[] { e })] }),
        ["a refusal is answered as accepted"] = Turns(t => t with { Decided = [.. t.Decided.Select(d => d with { Outcome = d.Outcome with { Accepted = true, Refusal = null } })] }),

        // Inbox, outbox, store.
        ["advice from the queue is lost after it was acknowledged"] = o => o with { AroundStore = s => new BuggyStore(s) { Put = d => d.Input is SubmitAdvice ? [] : [d] } },
        ["a message from the queue is taken in under another id as well"] = o => o with { AroundStore = s => new BuggyStore(s) { Put = d => [d with { MessageId = d.MessageId + "-copy" }, d] } },
        ["an effect's end is not reported"] = o => o with { AroundStore = s => new BuggyStore(s) { Report = _ => null } },
        ["what failed for a while counts as done"] = o => o with { Faults = FaultLevel.Hell, AroundStore = s => new BuggyStore(s) { Attempt = a => a.RetryAt is null ? a : a with { RetryAt = null, Result = EffectResult.Done("done") } } },
        ["an event is read twice"] = o => o with { AroundStore = s => new BuggyStore(s) { Events = events => events.Count > 3 ? [.. events, events[^1]] : events } },

        // Handlers.
        ["a reminder counts as sent and is not"] = Handlers((e, inner) => e.Effect is SendReminder ? new(EffectResult.Done("sent")) : inner.RunAsync(e)),
        ["each attempt has an id of its own"] = Handlers((e, inner) => inner.RunAsync(e with { Id = e.Id + "/1" })),
        ["escalations go to another agency"] = Handlers((e, inner) => inner.RunAsync(e.Effect is SendEscalation x ? e with { Effect = x with { ToRole = "nobody" } } : e)),
    }.Concat(DisputeBugs.All).ToDictionary(StringComparer.Ordinal);

    /// <summary>Slips that nothing else contradicts: trail and state agree, so only the invariant that asks for just this can find them.</summary>
    internal static readonly IReadOnlyDictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)> Quiet = new Dictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)>(StringComparer.Ordinal)
    {
        ["a draft is recorded as posted before it was written"] = (Invariant.DatesAreInOrder, Events(e => e is NoticeSent { Channel: NoticeChannel.Post } sent && sent.NoticeId.StartsWith("draftPlan", StringComparison.Ordinal) ? sent with { SentOn = sent.SentOn.AddDays(-10) } : e)),
        ["a final notice is dated before its plan"] = (Invariant.DatesAreInOrder, Events(e => e is NoticeSent sent && sent.NoticeId.StartsWith("finalPlan", StringComparison.Ordinal) ? sent with { SentOn = sent.SentOn.AddDays(-10), ServedOn = sent.ServedOn.AddDays(-10) } : e)),
        ["the ICB's agreement is dated before the draft"] = (Invariant.DatesAreInOrder, Events(e => e is IcbAnswered { Agreed: true } agreed ? agreed with { On = agreed.On.AddDays(-60) } : e)),
        ["representations are dated before the draft"] = (Invariant.DatesAreInOrder, Events(e => e is RepresentationsReceived said ? said with { On = said.On.AddDays(-30) } : e)),
        ["an institution's answer is dated before the question"] = (Invariant.DatesAreInOrder, Events(e => e is InstitutionAnswered answer ? answer with { On = answer.On.AddDays(-50) } : e)),
    }.Concat(PlanBugs.All.Select(bug => KeyValuePair.Create(bug.Name, (bug.By, Events(bug.Change)))))
        .Concat(InterfaceBugs.All.Concat(LetterBugs.All).Select(bug => KeyValuePair.Create(bug.Name, (bug.By, bug.Plant))))
        .ToDictionary(StringComparer.Ordinal);

    internal static Func<SimulationOptions, SimulationOptions> Events(Func<AssessmentEvent, AssessmentEvent> change) => o => o with { AroundStore = s => new BuggyStore(s) { Event = change } };

    internal static Func<SimulationOptions, SimulationOptions> Turns(Func<Turn, Turn> change) => o => o with { AroundStore = s => new BuggyStore(s) { Turn = change } };

    private static Func<SimulationOptions, SimulationOptions> Handlers(Func<OutboxEffect, IEffectHandler, ValueTask<EffectResult>> run) =>
        o => o with { AroundHandler = inner => new BuggyHandler(inner, run) };

    internal static Func<SimulationOptions, SimulationOptions> Law(Action<JsonNode> change) => o => o with
    {
        AroundRules = right =>
        {
            var law = JsonNode.Parse(Data("StatutoryClock.england-2014.json"))!;
            change(law);
            return Book(right, RuleSet.Parse(Bytes(law.ToJsonString())), CountingPractice.AfterTheDay, ChaseLadder.Default);
        },
    };

    private static Func<SimulationOptions, SimulationOptions> Ladder(string words, string others) => o => o with
    {
        AroundRules = right => Book(right, RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Parse(Bytes(new StreamReader(Data("Advice.chase-ladder.json")).ReadToEnd().Replace(words, others, StringComparison.Ordinal)))),
    };

    private static RuleBook Book(RuleBook right, RuleSet law, CountingPractice counting, ChaseLadder ladder) => new(right.Councils, law, counting, ladder);

    internal static JsonNode Rule(JsonNode law, string key) => law["rules"]!.AsArray().First(r => r!["key"]!.GetValue<string>() == key)!;

    private static JsonNode Ground(JsonNode law, string ground) => law["grounds"]!.AsArray().First(g => g!["ground"]!.GetValue<string>() == ground)!;

    private static void RelievesNot(JsonNode law, string ground, string rule)
    {
        var relieves = Ground(law, ground)["relieves"]!.AsArray();
        relieves.Remove(relieves.First(r => r!["rules"]!.AsArray().Any(k => k!.GetValue<string>() == rule)));
        var by = Rule(law, rule)["relievedBy"]!.AsArray();
        by.Remove(by.First(g => g!.GetValue<string>() == ground));
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static Stream Data(string name) => typeof(Assessment).Assembly.GetManifestResourceStream($"IntegrationHub.Orchestrations.{name}") ?? throw new InvalidDataException($"{name} is not in the assembly.");

    /// <summary>The turn as it would be had the decision not led to these events: they are neither recorded nor folded.</summary>
    internal static Turn Without(Turn turn, Func<AssessmentEvent, bool> which) => Changed(turn with { Events = [.. turn.Events.Where(e => !which(e.What))] }, e => e);

    private static Turn Changed(Turn turn, Func<AssessmentEvent, AssessmentEvent> change)
    {
        var changed = turn.Events.Select((e, n) => e with { Sequence = turn.ExpectedVersion + n + 1, What = change(e.What) }).ToList();
        return turn with
        {
            Events = changed,
            State = turn.State with { Version = turn.ExpectedVersion + changed.Count },
            Effects = changed.Count == 0 ? [] : turn.Effects,
        };
    }
}
