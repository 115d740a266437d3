using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Revoke a link that was given to the family, so that it no longer works.</summary>
public sealed record RevokeFamilyLink(string LinkId, string Reason) : AssessmentInput, IStep<RevokeFamilyLink>
{
    public static StepDefinition<RevokeFamilyLink> Definition { get; } = new("revoke-family-link", "Revoke a family's link")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator, ActorRole.Hub],
        Example = """{ "linkId": "link-1", "reason": "The letter was lost." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(d.State.FamilyLinks.Any(l => l.Id == LinkId), "unknown-link", "No link with this id was issued.")
            && d.Require(d.State.FamilyLinks.Any(l => l.Id == LinkId && !l.Revoked), "already-revoked", "This link has already been revoked.")
            && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new FamilyLinkRevoked(LinkId, Reason));
            if (d.By.Role == ActorRole.Hub)
            {
                d.AskAttention($"family-link-{LinkId}", $"A link given to the family was revoked: {Reason} Speak to the family, and give them a new link.");
            }
        }
    }
}

/// <summary>A link given to the family was revoked.</summary>
public sealed record FamilyLinkRevoked(string LinkId, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("familyLinkRevoked", "A link given to the family was revoked.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { FamilyLinks = Change(state.FamilyLinks, l => l.Id == LinkId, l => l with { Revoked = true }) };

    public override string Describe(TimelineContext context) => "A link given to the family was revoked.";

    public override string? Note() => Reason;
}
