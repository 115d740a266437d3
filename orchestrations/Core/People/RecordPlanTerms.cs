namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record facts that the SEN2 return asks for about the plan but the plan's text does not state. A new record replaces the earlier
/// record.</summary>
/// <param name="Named">The places that section I names.</param>
/// <param name="Residential">Code of the SEN2 return for a residential place.</param>
/// <param name="WorkBased">Code of the SEN2 return for a work-based place.</param>
/// <param name="PersonalBudget">Whether there is a personal budget, or null if the case's own record of the budget applies.</param>
/// <param name="OrganisedArrangement">Who manages the personal budget, as a code of the return.</param>
/// <param name="DirectPayment">Code of the SEN2 return for a direct payment.</param>
public sealed record RecordPlanTerms(
    IReadOnlyList<SchoolPlace>? Named = null, string? Residential = null, string? WorkBased = null, bool? PersonalBudget = null, bool? OrganisedArrangement = null, string? DirectPayment = null)
    : AssessmentInput, IStep<RecordPlanTerms>
{
    private const int MostNamed = 2;

    public static StepDefinition<RecordPlanTerms> Definition { get; } = new("record-plan-terms", "Record what the SEN2 return asks about the plan")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "Education Act 1996 s537A",
        Example = """{ "named": [ { "rank": 1, "institution": "urn:100001" } ] }""",
    };

    internal override void Decide(Deciding d)
    {
        var terms = new PlanTerms
        {
            Named = Named ?? [],
            Residential = Residential,
            WorkBased = WorkBased,
            PersonalBudget = PersonalBudget,
            OrganisedArrangement = OrganisedArrangement,
            DirectPayment = DirectPayment,
        };
        if (d.Require(terms.Named.Count <= MostNamed && terms.Named.DistinctBy(p => p.Rank).Count() == terms.Named.Count, "named-places", "A plan can name a main place and at most one second place.")
            && SchoolPlaces.AreLawful(d, terms.Named)
            && SchoolPlaces.IsCode(d, Residential)
            && SchoolPlaces.IsCode(d, WorkBased)
            && SchoolPlaces.IsCode(d, DirectPayment))
        {
            d.Happened(new PlanTermsRecorded(terms));
        }
    }
}

/// <summary>The facts that the SEN2 return asks for about the plan were recorded.</summary>
/// <param name="Terms">All facts that are now known.</param>
public sealed record PlanTermsRecorded(PlanTerms Terms) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planTermsRecorded", "The facts that the SEN2 return asks for about the plan were recorded.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { PlanTerms = Terms };

    public override string Describe(TimelineContext context) => "The facts that the SEN2 return asks for about the plan were recorded.";
}
