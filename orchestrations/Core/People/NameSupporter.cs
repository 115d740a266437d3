namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A member of the family names a friend, advocate or adviser who helps them. By naming the supporter, the family gives its
/// consent, which ends with <see cref="EndSupporter"/>.</summary>
/// <param name="PersonId">Id of the supporter, chosen by the sender and unique in the assessment.</param>
/// <param name="Name">Name.</param>
/// <param name="Relationship">The supporter's relationship to the family.</param>
/// <param name="Email">E-mail address, if the family gives one.</param>
/// <param name="Telephone">Telephone number, if the family gives one.</param>
/// <param name="Person">Who names the supporter, if the family has several people; null means the first contact.</param>
public sealed record NameSupporter(string PersonId, string Name, string Relationship, string? Email = null, string? Telephone = null, string? Person = null)
    : AssessmentInput, IStep<NameSupporter>
{
    private const int MaxPeople = 50;

    public static StepDefinition<NameSupporter> Definition { get; } = new("name-supporter", "The family names somebody who helps them")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "CFA 2014 s19",
        Example = """{ "personId": "supporter-1", "name": "Ash Example", "relationship": "adviser of a parents' group", "telephone": "01632 960100" }""",
    };

    internal override void Decide(Deciding d)
    {
        if (!InputChecks.InHand(d)
            || !InputChecks.Id(d, PersonId, "The person's id")
            || !d.Require(d.State.People.All(p => p.Id != PersonId), "already-recorded", "Somebody with this id is already on record.")
            || !EndPerson.IsNew(d, PersonId)
            || !d.Require(Person is null || d.State.People.Any(p => p.Id == Person), "unknown-person", "Nobody with this id is on record.")
            || !InputChecks.Text(d, Name, "The name")
            || !InputChecks.Text(d, Relationship, "The supporter's relationship to the family")
            || !d.Require(d.State.People.Count < MaxPeople, "too-many-people", $"A case can have at most {MaxPeople} people."))
        {
            return;
        }

        d.Happened(new PersonRecorded(new FamilyPerson
        {
            Id = PersonId,
            Name = Name,
            Role = PersonRole.Supporter,
            Relationship = Relationship,
            Email = Email,
            Telephone = Telephone,
            ConsentOn = d.Today,
            NamedBy = FamilyPeople.ReaderId(Person),
        }));
        d.AskAttention($"supporter-{PersonId}", "The family has named somebody who helps them. Include this supporter as the family wishes, until the family withdraws its consent.");
    }
}
