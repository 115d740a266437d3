using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record the answer of an institution that was consulted.</summary>
/// <param name="Institution">The institution.</param>
/// <param name="On">Day of the answer.</param>
/// <param name="CanMeetNeeds">Whether the institution says that it can meet the needs.</param>
/// <param name="Reasons">The institution's reasons.</param>
/// <param name="Objections">The legal tests that the institution relies on, or null if it names none.</param>
/// <param name="Place">Whether the institution has a place, and from when.</param>
/// <param name="AnnualCostPounds">Annual cost of the place.</param>
public sealed record RecordInstitutionAnswer(
    AgencyId Institution, DateOnly On, bool CanMeetNeeds, string Reasons, IReadOnlyList<PlacementObjection>? Objections = null, string? Place = null, decimal? AnnualCostPounds = null)
    : AssessmentInput, IStep<RecordInstitutionAnswer>
{
    public static StepDefinition<RecordInstitutionAnswer> Definition { get; } = new("record-institution-answer", "Record the institution's answer")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency],
        Law = "CFA 2014 ss39(2), 40(3)",
        Example = """
            {
              "institution": "urn:100001",
              "on": "2026-09-30",
              "canMeetNeeds": true,
              "reasons": "With the support that the draft describes."
            }
            """,
        ForAgency = (i, agency) => i.Institution == agency.Agency && agency.Consulted is not null
            ? null
            : SenderFault.NotAllowed("An institution can answer only for itself, and only after it was consulted."),
        Days = x => [x.Past(
            "On", "The day of the answer", i => i.On,
            (s, i) => new(s.Institutions.FirstOrDefault(c => c.Institution.Id == i.Institution)?.On, "the day on which the institution was consulted"))],
    };

    internal override void Decide(Deciding d)
    {
        var consulted = d.State.Institutions.FirstOrDefault(i => i.Institution.Id == Institution);
        if ((Amendments.Open(d.State) is not null || InputChecks.Open(d))
            && d.Require(d.By.Role != ActorRole.Agency || d.By.Agency == Institution, "not-asked", "An institution can answer only for itself.")
            && d.Require(consulted is not null, "not-consulted", "This institution was not consulted.")
            && d.Require(consulted!.AnsweredOn is null, "already-answered", "This institution has already answered.")
            && InputChecks.Text(d, Reasons, "The reasons")
            && d.Require(!CanMeetNeeds || Objections is null or [], "objections-unclear", "An institution that can meet the needs cannot rely on a test for refusing a place.")
            && d.Require(Objections is null || Objections.Distinct().Count() == Objections.Count, "objection-twice", "A legal test is named twice.")
            && (Place is null || InputChecks.Text(d, Place, "The answer about a place"))
            && d.Require(AnnualCostPounds is null or >= 0, "cost-negative", "A cost cannot be negative."))
        {
            d.Happened(new InstitutionAnswered(Institution, On, CanMeetNeeds, Reasons, Objections is [] ? null : Objections, Place, AnnualCostPounds));
        }
    }
}

/// <summary>The institution answered.</summary>
public sealed record InstitutionAnswered(
    AgencyId Institution, DateOnly On, bool CanMeetNeeds, string Reasons, IReadOnlyList<PlacementObjection>? Objections = null, string? Place = null, decimal? AnnualCostPounds = null)
    : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("institutionAnswered", "The institution answered.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Institutions = Change(
                state.Institutions, i => i.Institution.Id == Institution, i => i with { AnsweredOn = On, CanMeetNeeds = CanMeetNeeds, Reasons = Reasons, Objections = Objections, Place = Place, AnnualCostPounds = AnnualCostPounds }),
    };

    public override string Describe(TimelineContext context) => $"{context.OfInstitution(Institution.Value)} answered on {Day(On)}: it {(CanMeetNeeds ? "can" : "cannot")} meet the needs.";

    public override string? Note() => Reasons;

    public override AgencyId? About(TimelineContext context) => Institution;
}
