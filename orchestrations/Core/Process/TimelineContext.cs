using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Describes what happened in a case. The names for ids in later events are taken from earlier events, so that a timeline says, for
/// example, "medical advice from St Mary's" and not "medical-1". If no earlier event contains an id, the id is shown unchanged.
/// </summary>
public sealed class TimelineContext
{
    private readonly Dictionary<string, AdviceRequest> requests = [];
    private readonly Dictionary<string, Notice> notices = [];
    private readonly Dictionary<string, ReceivedAdvice> advice = [];
    private readonly Dictionary<string, ExistingAdvice> existing = [];
    private readonly Dictionary<string, string> wishes = [];
    private readonly Dictionary<string, ClaimedException> exceptions = [];
    private readonly Dictionary<string, string> attention = [];
    private readonly Dictionary<string, string> institutions = [];

    /// <summary>The day of the current event, in London.</summary>
    internal DateOnly On { get; private set; }

    /// <summary>Whether the lines are for people who only run the hub, who get neutral names (<see cref="OperationsWords"/>).</summary>
    public bool IsForOperations { get; init; }

    /// <summary>Whether the case began with an assessment that was taken over.</summary>
    internal bool IsTakenUnderWay { get; set; }

    /// <summary>Records the names that the next event gives for ids. Call this before the event is described.</summary>
    public void Read(RecordedEvent recorded)
    {
        On = LondonDate.Of(recorded.At);
        recorded.What.Introduce(this);
    }

    internal void Introduce(AdviceRequest request) => requests[request.Id] = request;

    internal void Introduce(Notice notice) => notices[notice.Id] = notice;

    internal void Introduce(ReceivedAdvice received) => advice[received.Id] = received;

    internal void Introduce(ExistingAdvice found) => existing[found.Id] = found;

    internal void Introduce(ClaimedException claimed) => exceptions[claimed.Id] = claimed;

    internal void IntroduceWish(string id, string adviser) => wishes[id] = adviser;

    internal void IntroduceAttention(string id, string text) => attention[id] = text;

    internal void IntroduceInstitution(string id, string name) => institutions[id] = name;

    internal AdviceRequest? Request(string id) => requests.GetValueOrDefault(id);

    /// <summary>The name of a request, for example "medical advice from St Mary's" or "the family's views".</summary>
    internal string OfRequest(string id) => Request(id) is { } request ? Of(request.Kind, request.Agency?.Name) + Words.For(null, request.Reassessment) : $"request {id}";

    internal string OfNotice(string id) => notices.TryGetValue(id, out var notice) ? OfNotice(notice) : IsForOperations ? "A letter" : $"Notice {id}";

    internal string OfNotice(Notice notice) => IsForOperations ? OperationsWords.Of(notice) : Of(notice);

    internal string OfAdvice(string id) => advice.TryGetValue(id, out var received) ? Of(received.Kind, received.Agency?.Name) + Words.For(null, received.Reassessment) : $"advice {id}";

    internal ReceivedAdvice? Advice(string id) => advice.GetValueOrDefault(id);

    internal string OfExisting(string id) => existing.TryGetValue(id, out var found) ? Of(found.Kind, found.Agency.Name) : $"advice {id}";

    internal ExistingAdvice? Existing(string id) => existing.GetValueOrDefault(id);

    internal string OfWish(string id) => wishes.GetValueOrDefault(id) ?? $"adviser {id}";

    internal string OfException(string id) => exceptions.TryGetValue(id, out var claimed) ? TimelineWords.Of(claimed.Ground) : $"exception {id}";

    internal string OfAttention(string id) => IsForOperations ? $"{OperationsWords.ATask}." : attention.GetValueOrDefault(id) ?? $"matter {id}";

    internal string OfInstitution(string id) => institutions.GetValueOrDefault(id) ?? id;

    /// <summary>The name of a limit, for example "the final plan (20 weeks)" or "medical advice from St Mary's".</summary>
    internal string OfLimit(string key) => IsForOperations && !OperationsWords.NamesLimit(key) ? OperationsWords.Limit(key) : key.Split('@')[0].Split(':', 2) switch
    {
        ["advice", var request] => OfRequest(request),
        ["institutionResponse", var institution] => $"the answer of {OfInstitution(institution)}",
        ["recommendationAnswer" and var rule, _] => TimelineWords.Limit(rule),
        ["appealResponse" and var rule, var number] => $"{TimelineWords.Limit(rule)} (appeal {number})",
        _ => TimelineWords.Limit(key),
    };

    private static string Of(Notice notice) =>
        $"Notice to {(notice.Agency is null ? Words.Of(notice.To) : notice.Agency.Name)} ({Words.Of(notice.Kind)}{(notice.PlanVersion is { } version ? FormattableString.Invariant($", version {version}") : "")})";

    internal static string Of(AdviceKind kind, string? from) => from is null ? Words.Of(kind) : $"{Words.Of(kind)} from {from}";
}
