using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Name the placement for section I. A draft must not contain the placement (s38(5)); the final plan must.</summary>
/// <param name="InstitutionType">Type of institution.</param>
/// <param name="Institution">The named institution, or null if only a type is named.</param>
/// <param name="Reasons">The reasons, if the family asked for another institution (s39(4)).</param>
/// <param name="From">First day at the placement, after a phase transfer.</param>
public sealed record NamePlacement(string InstitutionType, Agency? Institution = null, string? Reasons = null, DateOnly? From = null) : AssessmentInput, IStep<NamePlacement>
{
    public static StepDefinition<NamePlacement> Definition { get; } = new("name-placement", "Name the placement")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss38(5), 39(4)",
        Example = """
            {
              "institutionType": "Mainstream primary school",
              "institution": { "id": "urn:100001", "name": "Example Primary School" }
            }
            """,
        Days = x => [x.Planned("From", "The first day at the placement", i => i.From, (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        var wanted = d.State.Representations.LastOrDefault(r => r.RequestedInstitution is not null && r.Version == (Amendments.Open(d.State)?.Version ?? r.Version))?.RequestedInstitution;
        if (Amendments.Consulted(d, "Naming the placement")
            && InputChecks.Text(d, InstitutionType, "The type of institution")
            && d.Require(
                Institution is null || d.State.Institutions.Any(i => i.Institution.Id == Institution.Id),
                "not-consulted",
                $"An institution must be consulted before it is named ({d.Rules.CitationFor(d.State, "institutionResponse")}).")
            && d.Require(
                wanted is null || wanted.Id == Institution?.Id || !string.IsNullOrWhiteSpace(Reasons),
                "reasons-missing",
                "The family asked for another institution. Say why that institution is not named (CFA 2014 s39(4)).")
            && d.Require(
                d.State.Placement != new Placement(InstitutionType, Institution, Reasons, From), "nothing-changed", "This placement is already on record."))
        {
            d.Happened(new PlacementNamed(InstitutionType, Institution, Reasons, From));
        }
    }
}

/// <summary>The placement was named.</summary>
public sealed record PlacementNamed(string InstitutionType, Agency? Institution = null, string? Reasons = null, DateOnly? From = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("placementNamed", "The placement was named.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Placement = new Placement(InstitutionType, Institution, Reasons, From) };

    public override string Describe(TimelineContext context) => Institution is { } named ? $"{named.Name} was named as the placement." : "A type of placement was named.";

    public override string? Note() => Reasons;
}
