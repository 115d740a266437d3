using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Revokes the links with which advisers open the page of a request. The request itself does not change. Later messages, for example a
/// reminder, contain a new link.
/// </summary>
/// <param name="RequestId">The request.</param>
/// <param name="Reason">Reason, such as "sent to the wrong school".</param>
public sealed record RevokeAnswerLinks(string RequestId, string Reason) : AssessmentInput, IStep<RevokeAnswerLinks>
{
    public static StepDefinition<RevokeAnswerLinks> Definition { get; } = new("revoke-answer-links", "Revoke the links to a request for advice")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator, ActorRole.Hub],
        Example = """{ "requestId": "medical-1", "reason": "The mailbox is read by somebody else." }""",
    };

    internal override void Decide(Deciding d)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == RequestId);
        if (!d.Require(request is { Agency: not null }, "unknown-request", "There is no request to an agency with this id in this assessment.")
            || !InputChecks.Text(d, Reason, "The reason"))
        {
            return;
        }

        d.Happened(new AnswerLinksRevoked(RequestId, Reason));
        if (d.By.Role == ActorRole.Hub)
        {
            d.AskAttention(
                $"answer-links-{RequestId}",
                $"The links to the request for {Words.Of(request!.Kind)} were revoked: {Reason} Find out who tried to open them, and send the request again.");
        }
    }
}

/// <summary>The links to the page of a request for advice were revoked.</summary>
public sealed record AnswerLinksRevoked(string RequestId, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("answerLinksRevoked", "The links to the page of a request for advice were revoked.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Requests = Change(state.Requests, r => r.Id == RequestId, r => r with { LinkRevocations = (r.LinkRevocations ?? 0) + 1 }),
    };

    public override string Describe(TimelineContext context) => $"{Capitalise(context.OfRequest(RequestId))}: the links that open the page of this request were revoked.";

    public override string? Note() => Reason;

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;
}
