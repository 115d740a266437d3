namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that a person no longer takes part because a consent was withdrawn or a responsibility ended. All links sent to the
/// person stop working.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Reason">Why the person no longer takes part.</param>
public sealed record EndPerson(string PersonId, string Reason) : AssessmentInput, IStep<EndPerson>
{
    public static StepDefinition<EndPerson> Definition { get; } = new("end-person", "Record that a person no longer takes part")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "personId": "p2", "reason": "The family has withdrawn its consent." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (!d.Require(d.State.People.Any(p => p.Id == PersonId), "unknown-person", "Nobody with this id is on record.") || !InputChecks.Text(d, Reason, "The reason"))
        {
            return;
        }

        End(d, PersonId, Reason);
    }

    /// <summary>Whether nobody who no longer takes part had the id. Letters, words and documents are kept with the id of their person, so a
    /// later person with the same id would see those of the earlier person.</summary>
    internal static bool IsNew(Deciding d, string personId) => d.Require(
        !d.State.FormerPeople.Contains(personId), "id-used-before", "Somebody who no longer takes part in this case had this id. Choose another id, even if it is the same person.");

    /// <summary>Ends a person's part in the case and revokes the links that the person was sent.</summary>
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

        ChangedRecipients.EndAll(d, personId);
    }
}

/// <summary>A person around the child no longer takes part.</summary>
public sealed record PersonEnded(string PersonId, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("personEnded", "A person around the child no longer takes part.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        People = [.. state.People.Where(p => p.Id != PersonId)],
        FormerPeople = state.FormerPeople.Contains(PersonId) ? state.FormerPeople : [.. state.FormerPeople, PersonId],
    };

    public override string Describe(TimelineContext context) => $"A person around the child no longer takes part ({PersonId}).";

    public override string? Note() => Reason;
}
