using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// What ids in events stand for, learnt from earlier events: a timeline says "medical advice from St Mary's", not "medical-1". An id
/// that was never introduced is shown as it is.
/// </summary>
internal sealed class TimelineNames
{
    private readonly Dictionary<string, AdviceRequest> requests = [];
    private readonly Dictionary<string, Notice> notices = [];
    private readonly Dictionary<string, ReceivedAdvice> advice = [];
    private readonly Dictionary<string, ExistingAdvice> existing = [];
    private readonly Dictionary<string, string> wishes = [];
    private readonly Dictionary<string, ClaimedException> exceptions = [];
    private readonly Dictionary<string, string> attention = [];
    private readonly Dictionary<string, string> institutions = [];

    internal void Learn(AssessmentEvent happened)
    {
        switch (happened)
        {
            case AdviceRequested e: requests[e.Request.Id] = e.Request; break;
            case AdviceRequestMoved e when Request(e.RequestId) is { } moved: requests[e.RequestId] = moved with { Status = e.To }; break;
            case NoticePlanned e: notices[e.Notice.Id] = e.Notice; break;
            case AdviceReceived e: advice[e.Advice.Id] = e.Advice; break;
            case ExistingAdviceProposed e: existing[e.Advice.Id] = e.Advice; break;
            case AdviserWished e: wishes[e.WishId] = e.Agency.Name; break;
            case ExceptionClaimed e: exceptions[e.Exception.Id] = e.Exception; break;
            case AttentionAsked e: attention[e.Attention.Id] = e.Attention.Text; break;
            case InstitutionConsulted e: institutions[e.Institution.Id.Value] = e.Institution.Name; break;
        }
    }

    internal AdviceRequest? Request(string id) => requests.GetValueOrDefault(id);

    /// <summary>"medical advice from St Mary's", "the family's views".</summary>
    internal string OfRequest(string id) => Request(id) is { } request ? Of(request.Kind, request.Agency?.Name) : $"request {id}";

    internal string OfNotice(string id) => notices.TryGetValue(id, out var notice) ? Of(notice) : $"Notice {id}";

    internal string OfAdvice(string id) => advice.TryGetValue(id, out var received) ? Of(received.Kind, received.Agency?.Name) : $"advice {id}";

    internal ReceivedAdvice? Advice(string id) => advice.GetValueOrDefault(id);

    internal string OfExisting(string id) => existing.TryGetValue(id, out var found) ? Of(found.Kind, found.Agency.Name) : $"advice {id}";

    internal ExistingAdvice? Existing(string id) => existing.GetValueOrDefault(id);

    internal string OfWish(string id) => wishes.GetValueOrDefault(id) ?? $"adviser {id}";

    internal string OfException(string id) => exceptions.TryGetValue(id, out var claimed) ? TimelineWords.Of(claimed.Ground) : $"exception {id}";

    internal string OfAttention(string id) => attention.GetValueOrDefault(id) ?? $"matter {id}";

    internal string OfInstitution(string id) => institutions.GetValueOrDefault(id) ?? id;

    /// <summary>What a limit is for: "the final plan (20 weeks)", "medical advice from St Mary's".</summary>
    internal string OfLimit(string key) => key.Split('@')[0].Split(':', 2) switch
    {
        ["advice", var request] => OfRequest(request),
        ["institutionResponse", var institution] => $"the answer of {OfInstitution(institution)}",
        _ => TimelineWords.Limit(key),
    };

    internal static string Of(Notice notice) =>
        $"Notice to {(notice.Agency is null ? Words.Of(notice.To) : notice.Agency.Name)} ({Words.Of(notice.Kind)}{(notice.PlanVersion is { } version ? FormattableString.Invariant($", version {version}") : "")})";

    internal static string Of(AdviceKind kind, string? from) => from is null ? Words.Of(kind) : $"{Words.Of(kind)} from {from}";
}
