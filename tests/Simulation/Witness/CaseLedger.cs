using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Witness;

/// <summary>What a message said, as far as its once-only effect is to be found again in the audit trail.</summary>
public enum IdentityMatch
{
    /// <summary>An assessment was opened.</summary>
    Opened,

    /// <summary>Advice was given.</summary>
    Advised,

    /// <summary>Advice was taken back by its author.</summary>
    Retracted,

    /// <summary>A request was acknowledged.</summary>
    Acknowledged,

    /// <summary>A request was accepted.</summary>
    Accepted,

    /// <summary>A request was declined.</summary>
    Declined,

    /// <summary>Something else that leaves at least one event.</summary>
    Other,
}

/// <summary>The route by which something was given to the hub.</summary>
public enum Door
{
    /// <summary>Straight into the inbox, where every other door puts it.</summary>
    Inbox,

    /// <summary>A message on the bus.</summary>
    Bus,

    /// <summary>The hub's FHIR endpoint.</summary>
    Fhir,

    /// <summary>The contributor's pages.</summary>
    Web,
}

/// <summary>Which letter an adviser wrote: it can be written again word for word, so that nobody has to keep it.</summary>
/// <param name="Kind">Kind of advice.</param>
/// <param name="Edition">1 for the first; each further one says something else.</param>
public readonly record struct Letter(AdviceKind Kind, int Edition);

/// <summary>One message of the outer world that the hub acknowledged.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Said">What it said.</param>
/// <param name="Request">The request it spoke of.</param>
/// <param name="Day">The local day on which it was first sent.</param>
/// <param name="BodyReceivedOn">For an acknowledgement: the day of receipt that the body gave.</param>
/// <param name="Letter">For advice: the letter.</param>
public sealed record Message(string Id, IdentityMatch Said, string? Request, DateOnly Day, DateOnly? BodyReceivedOn = null, Letter? Letter = null)
{
    /// <summary>Times it was sent.</summary>
    public int Sent { get; set; }

    /// <summary>The hub acknowledged it.</summary>
    public bool Acknowledged { get; set; }

    /// <summary>What the first answer said; null where it came over a queue, which tells nothing but that it was taken.</summary>
    public bool? Accepted { get; set; }

    /// <summary>A repeat was answered differently from the first.</summary>
    public bool AnsweredOtherwise { get; set; }

    /// <summary>An agency sent it.</summary>
    public bool ByAgency { get; init; }

    /// <summary>Where it was given.</summary>
    public Door Door { get; init; }

    /// <summary>The id under which its door puts it into the inbox; null where the door itself refused it.</summary>
    public string? Under { get; set; }

    /// <summary>Its id in the trail.</summary>
    public string? InTrail => Door == Door.Inbox ? Id : Under;

    /// <summary>The door refused it: the case never received it.</summary>
    public bool RefusedAtDoor { get; set; }

    /// <summary>It may have said nothing new, so that its door takes it and the case has no use for it.</summary>
    public bool MaySayNothing { get; set; }

    /// <summary>It was sent again after its answer, or because its answer was lost.</summary>
    public bool Repeated { get; set; }

    /// <summary>When its sender was told that the hub has it; null while nobody was.</summary>
    public DateTimeOffset? ReceiptAt { get; set; }

    /// <summary>The reference on the receipt, where it bears one.</summary>
    public string? ReceiptFor { get; set; }

    /// <summary>Its sender was told why it was refused.</summary>
    public bool RefusalTold { get; set; }
}

/// <summary>What happened on the other side under one effect's id.</summary>
public sealed class Happening
{
    /// <summary>What it was, in words that two different effects never share.</summary>
    public required string What { get; init; }

    /// <summary>The local day on which it first happened.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Times it came; all but the first were dropped by its id.</summary>
    public int Times { get; set; }

    /// <summary>It came again with another content under the same id.</summary>
    public bool Changed { get; set; }
}

/// <summary>What the outer world knows of one case: what it sent and was answered, and what reached it. It outlives the hub's process.</summary>
/// <param name="person">The child or young person.</param>
/// <param name="words">Words that many cases share, kept once.</param>
public sealed class CaseLedger(Person person, SharedStrings words)
{
    private readonly Dictionary<string, Message> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Message> byDoor = new(StringComparer.Ordinal);
    private readonly HashSet<string> once = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Happening> happened = new(StringComparer.Ordinal);

    /// <summary>The child or young person.</summary>
    public Person Person { get; } = person;

    /// <summary>Everything sent, by message id.</summary>
    public IReadOnlyDictionary<string, Message> Messages => messages;

    /// <summary>Everything that happened outside, with its effect id.</summary>
    public IEnumerable<(string EffectId, Happening What)> Happened => happened.Select(h => (h.Key[0] == '/' ? Person.Id.Value + h.Key : h.Key, h.Value));

    /// <summary>Whether something happened outside under this effect id.</summary>
    public bool HasHappened(string effectId) => happened.ContainsKey(OwnPart(effectId));

    /// <summary>The letters that left for their readers, by the notice that each gives.</summary>
    public Dictionary<string, SentLetter> Letters { get; } = new(StringComparer.Ordinal);

    /// <summary>Links to the contributor's page, by request: whoever was asked has them from the message.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>Versions of the plan that were kept: number and content hash.</summary>
    public Dictionary<int, string> Shelf { get; } = [];

    /// <summary>When a version of the plan last came to the shelf, by the hub's clock.</summary>
    public DateTimeOffset? ShelvedAt { get; set; }

    /// <summary>News on its way; the case is not looked at as finished before it has all arrived.</summary>
    public int Coming { get; set; }

    /// <summary>When the case is looked at next; an earlier entry in the diary has been overtaken.</summary>
    public DateTimeOffset? LookAt { get; set; }

    /// <summary>Something was done at this look, of which a death may have cut short the rest.</summary>
    public bool ActedToday { get; set; }

    /// <summary>What was sent and not answered yet.</summary>
    public (Message Message, Actor By, AssessmentInput Input, bool OverQueue)? Unanswered { get; set; }

    /// <summary>Since when nothing was left to do.</summary>
    public DateTimeOffset? OverSince { get; set; }

    /// <summary>The plan on its way to another council; null while the family stays.</summary>
    internal HandOver? Leaves { get; set; }

    /// <summary>Next number among equals in the diary.</summary>
    public int NextTurn { get; set; }

    /// <summary>True once for each thing: for what the world does only the first time.</summary>
    public bool FirstTime(string what) => once.Add(words.Once(what));

    /// <summary>Whether this message was answered before.</summary>
    public bool IsAnswered(string messageId) => messages.TryGetValue(messageId, out var message) && message.Acknowledged;

    /// <summary>The message of this id, made when it is new.</summary>
    public Message Sending(Message message)
    {
        if (!messages.TryGetValue(message.Id, out var known))
        {
            known = message with { Id = words.Once(message.Id), Request = message.Request is { } request ? words.Once(request) : null };
            messages[known.Id] = known;
        }

        known.Sent++;
        return known;
    }

    /// <summary>It was not sent after all: the door was not open for it.</summary>
    public void NotSent(string messageId) => messages.Remove(messageId);

    /// <summary>The message of an id in the trail; null where nobody sent it.</summary>
    public Message? InTrail(string id) => byDoor.GetValueOrDefault(id) ?? (messages.TryGetValue(id, out var plain) && plain.Door == Door.Inbox ? plain : null);

    /// <summary>Under which id a door is about to put a message into the inbox.</summary>
    public void GoesUnder(Message message, string id)
    {
        message.Under = id;
        byDoor[message.Under] = message;
    }

    /// <summary>Something happened on the other side.</summary>
    /// <returns>True the first time; a repeat is dropped.</returns>
    public bool Happens(string effectId, string what, DateOnly day)
    {
        var id = words.Once(OwnPart(effectId));
        if (happened.TryGetValue(id, out var before))
        {
            before.Times++;
            before.Changed |= before.What != what;
            return false;
        }

        happened[id] = new Happening { What = words.Once(what), FirstDay = day, Times = 1 };
        return true;
    }

    /// <summary>An effect's id begins with its assessment's, which need not be kept with each.</summary>
    private string OwnPart(string effectId) =>
        effectId.StartsWith(Person.Id.Value, StringComparison.Ordinal) && effectId.AsSpan(Person.Id.Value.Length) is ['/', ..] ? effectId[Person.Id.Value.Length..] : effectId;
}

/// <summary>Words that come up in many cases, each kept once: a year has millions of messages, and they say much the same.</summary>
public sealed class SharedStrings
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The one copy of these words.</summary>
    public string Once(string words) => known.GetOrAdd(words, words);
}

/// <summary>All cases that are being lived, by assessment.</summary>
public sealed class Ledgers
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<AssessmentId, CaseLedger> open = [];
    private readonly SharedStrings words = new();

    /// <summary>How many are open.</summary>
    public int Count => open.Count;

    /// <summary>The ledgers.</summary>
    public IEnumerable<CaseLedger> All => open.Values;

    /// <summary>The ledger of a case; null for one that the world does not know.</summary>
    public CaseLedger? Find(AssessmentId id) => open.GetValueOrDefault(id);

    /// <summary>A new case.</summary>
    public CaseLedger Add(Person person) => open.GetOrAdd(person.Id, _ => new CaseLedger(person, words));

    /// <summary>The hub of a case; the first one for a case that is over.</summary>
    public int HubOf(AssessmentId id) => Find(id)?.Person.Hub ?? 0;

    /// <summary>The case is over and was checked.</summary>
    public void Remove(AssessmentId id) => open.TryRemove(id, out _);
}
