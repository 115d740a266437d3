namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Somebody no longer takes part: a consent was withdrawn, a responsibility ended. Links that they were sent no longer open anything.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Reason">Why.</param>
public sealed record EndPerson(string PersonId, string Reason) : AssessmentInput, IStep<EndPerson>
{
    public static StepDefinition<EndPerson> Definition { get; } = new("end-person", "Record that a person no longer takes part")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "personId": "p2", "reason": "The family has withdrawn its consent." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (!d.Require(d.State.People.Any(p => p.Id == PersonId), "unknown-person", "Nobody with this id is on record.") || !Form.Text(d, Reason, "The reason"))
        {
            return;
        }

        End(d, PersonId, Reason);
    }

    /// <summary>They no longer take part, and the links that they were sent no longer open anything.</summary>
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

/// <summary>Somebody no longer takes part.</summary>
public sealed record PersonEnded(string PersonId, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("personEnded", "A person around the child no longer takes part.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { People = [.. state.People.Where(p => p.Id != PersonId)] };

    public override string Tell(Telling telling) => $"A person around the child no longer takes part ({PersonId}).";

    public override string? Note() => Reason;
}
