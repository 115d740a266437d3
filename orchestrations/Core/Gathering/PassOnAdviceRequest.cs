using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The adviser passes the request on to a colleague in the same agency, who is sent the request with a separate link.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Name">The colleague's name.</param>
/// <param name="Mail">The colleague's work e-mail address.</param>
public sealed record PassOnAdviceRequest(string RequestId, string Name, string Mail) : AssessmentInput, IStep<PassOnAdviceRequest>
{
    private const int MaxColleagues = 10;
    private const int LongestMail = 254;

    public static StepDefinition<PassOnAdviceRequest> Definition { get; } = new("pass-on-advice-request", "Pass a request for advice on to a colleague")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency],
        Example = """{ "requestId": "medical-1", "name": "Dr Robin Example", "mail": "robin@example.org" }""",
        ForAgency = (i, agency) => agency.MustHave(i.RequestId),
    };

    internal override void Decide(Deciding d)
    {
        if (Answering.Find(d, RequestId) is not { } request
            || !d.Require(request.Agency is not null, "family-is-asked", "Only the family can give its own views, so this request cannot be passed on.")
            || !d.Require(request.Person is null, "works-alone", "The request was made to a person who works for no organisation, so it cannot be passed on. Send a separate request to somebody else.")
            || !d.Require(request.IsOpen, "request-not-there", "This request no longer needs an answer, so it cannot be passed on.")
            || !InputChecks.Text(d, Name, "The colleague's name")
            || !d.Require(IsEmailAddress(Mail), "mail-not-usable", "The address must be an e-mail address.")
            || !d.Require(!(request.PassedOnTo ?? []).Any(c => string.Equals(c.Mail, Mail, StringComparison.OrdinalIgnoreCase)), "nothing-changed", "The request has already been passed on to this address.")
            || !d.Require((request.PassedOnTo?.Count ?? 0) < MaxColleagues, "too-many", FormattableString.Invariant($"A request can be passed on to at most {MaxColleagues} colleagues.")))
        {
            return;
        }

        var colleague = new Colleague(FormattableString.Invariant($"colleague-{(request.PassedOnTo?.Count ?? 0) + 1}"), Name, Mail, d.Today);
        d.Happened(new AdviceRequestPassedOn(request.Id, colleague));
        d.AddEffect(new SendAdviceRequest(request.Id, request.Agency!.Id) { Colleague = colleague.Id });
    }

    /// <summary>
    /// Whether a text can be an e-mail address: it has one at sign with text on both sides, and no second address or header.
    /// </summary>
    public static bool IsEmailAddress(string? text) =>
        text is { Length: > 2 and <= LongestMail } && text.Count(c => c == '@') == 1 && text[0] != '@' && text[^1] != '@'
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>' or '"' or '(' or ')' or ':' or '\\');
}

/// <summary>The adviser passed the request on to a colleague.</summary>
public sealed record AdviceRequestPassedOn(string RequestId, Colleague To) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceRequestPassedOn", "The adviser passed the request on to a colleague.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Requests = Change(state.Requests, r => r.Id == RequestId, r => r with { PassedOnTo = [.. r.PassedOnTo ?? [], To] }),
    };

    public override string Describe(TimelineContext context) => $"{Capitalise(context.OfRequest(RequestId))}: the adviser passed the request on to a colleague on {Day(To.On)}.";

    public override string? Note() => $"{To.Name}, {To.Mail}";

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;
}
