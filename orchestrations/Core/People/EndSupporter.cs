namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family withdraws its consent to somebody who helps them.</summary>
/// <param name="PersonId">The supporter.</param>
/// <param name="Person">Who withdraws the consent, if the family has several people; null means the first contact.</param>
public sealed record EndSupporter(string PersonId, string? Person = null) : AssessmentInput, IStep<EndSupporter>
{
    public static StepDefinition<EndSupporter> Definition { get; } = new("end-supporter", "The family withdraws its consent to somebody who helps them")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "CFA 2014 s19",
        Example = """{ "personId": "supporter-1" }""",
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(
            d.State.People.Any(p => p.Id == PersonId && p.Role == PersonRole.Supporter && p.NamedBy == FamilyPeople.ReaderId(Person)),
            "unknown-person", "This member of the family has not named a supporter with this id."))
        {
            EndPerson.End(d, PersonId, "The family has withdrawn its consent.");
            d.AskAttention($"supporter-ended-{PersonId}", "The family has withdrawn its consent to somebody who helped them. Give this supporter no more information.");
        }
    }
}
