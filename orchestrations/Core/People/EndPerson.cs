namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Somebody takes no part any more: a consent was withdrawn, a responsibility ended. Links that they were sent open nothing any more.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Reason">Why.</param>
public sealed record EndPerson(string PersonId, string Reason) : AssessmentInput, IStep<EndPerson>
{
    public static StepDefinition<EndPerson> Definition { get; } = new("end-person", "Record that somebody of the family takes no part any more")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "personId": "p2", "reason": "The family has withdrawn its consent." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (!d.Require(d.State.People.Any(p => p.Id == PersonId), "unknown-person", "Nobody of this id is on record.") || !Form.Text(d, Reason, "The reason"))
        {
            return;
        }

        End(d, PersonId, Reason);
    }

    /// <summary>They take no part any more, and what they were sent opens nothing any more.</summary>
    internal static void End(Deciding d, string personId, string reason)
    {
        d.Happened(new PersonEnded(personId, reason));
        foreach (var notice in d.State.Notices.Where(n => n.Person == personId && n.SentOn is not null).ToList())
        {
            d.Happened(new LetterLinkRevoked(notice.Id, reason));
        }

        foreach (var link in d.State.FamilyLinks.Where(l => l.Person == personId && !l.Revoked).ToList())
        {
            d.Happened(new FamilyLinkRevoked(link.Id, reason));
        }
    }
}

/// <summary>Somebody takes no part any more.</summary>
public sealed record PersonEnded(string PersonId, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("personEnded", "Somebody of the family takes no part any more.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { People = [.. state.People.Where(p => p.Id != PersonId)] };

    public override string Tell(Telling telling) => $"Somebody of the family takes no part any more ({PersonId}).";

    public override string? Note() => Reason;
}
