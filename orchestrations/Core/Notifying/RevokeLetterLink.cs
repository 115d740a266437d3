using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Revoke the link with which a reader opens a letter. The letter still counts as served, and the reader can be sent a new link.
/// </summary>
/// <param name="NoticeId">The notice in the letter.</param>
/// <param name="Reason">Why the link is revoked, for instance "sent to an address that is no longer theirs".</param>
public sealed record RevokeLetterLink(string NoticeId, string Reason) : AssessmentInput, IStep<RevokeLetterLink>
{
    public static StepDefinition<RevokeLetterLink> Definition { get; } = new("revoke-letter-link", "Revoke the link to a letter")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator, ActorRole.Hub],
        Example = """{ "noticeId": "draftPlan-1-family", "reason": "The mailbox is read by somebody else." }""",
    };

    internal override void Decide(Deciding d)
    {
        // An operator cannot find out, by trying ids, which letters a case has that operators are not shown.
        var notice = d.State.Notices.FirstOrDefault(n => n.Id == NoticeId && (d.By.Role != ActorRole.Operator || OperationsWords.CanName(n)));
        if (!d.Require(notice is not null, "unknown-notice", "There is no such notice in this assessment.")
            || !d.Require(notice!.SentOn is not null, "not-sent", "This notice is not on record as sent, so there is no link to revoke.")
            || !InputChecks.Text(d, Reason, "The reason"))
        {
            return;
        }

        d.Happened(new LetterLinkRevoked(NoticeId, Reason));
        if (d.By.Role == ActorRole.Hub)
        {
            d.AskAttention(
                $"letter-link-{NoticeId}",
                $"The link to the letter \"{Words.Of(notice.Kind)}\" was revoked: {Reason} Find out who tried to open the letter, and give the reader a new link.");
        }
    }
}

/// <summary>The link to a letter was revoked.</summary>
/// <param name="NoticeId">The notice.</param>
/// <param name="Reason">Why the link was revoked.</param>
/// <param name="FormerContact">True if the reader is no longer the family's first contact; otherwise null.</param>
public sealed record LetterLinkRevoked(string NoticeId, string Reason, bool? FormerContact = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("letterLinkRevoked", "The link to a letter was revoked.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Notices = Change(state.Notices, n => n.Id == NoticeId, n => n with { LinkRevocations = (n.LinkRevocations ?? 0) + 1, ToFormerContact = FormerContact ?? n.ToFormerContact }),
    };

    public override string Describe(TimelineContext context) => $"{context.OfNotice(NoticeId)}: the link to the letter was revoked.";

    public override string? Note() => Reason;
}
