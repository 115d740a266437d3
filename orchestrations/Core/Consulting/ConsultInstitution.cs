using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that the draft was sent to institutions that could be named in the plan. CFA 2014 ss39(2), 40(3).</summary>
/// <param name="Institution">The institution.</param>
/// <param name="On">Day of the consultation.</param>
/// <param name="Also">Other institutions that are consulted at the same time; either all of them are recorded or none is.</param>
public sealed record ConsultInstitution(Agency Institution, DateOnly On, IReadOnlyList<Agency>? Also = null) : AssessmentInput, IStep<ConsultInstitution>
{
    private const int MostAtOnce = 20;

    public static StepDefinition<ConsultInstitution> Definition { get; } = new("consult-institution", "Consult institutions")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss39(2), 40(3)",
        Example = """{ "institution": {"id": "urn:100001", "name": "Example Primary School"}, "on": "2026-09-21" }""",
        Days = x => [x.Past(
            "On", "The day of the consultation", i => i.On,
            (s, _) => DatedFacts.FirstDraft(s))],
    };

    /// <summary>Every institution that is consulted.</summary>
    public IEnumerable<Agency> All() => (Also ?? []).Prepend(Institution);

    internal override void Decide(Deciding d)
    {
        var all = All().ToList();
        if (Amendments.Consulted(d, "Consulting an institution")
            && d.Require(all.Count <= MostAtOnce, "too-many-institutions", $"At most {MostAtOnce} institutions can be consulted at the same time.")
            && d.Require(all.DistinctBy(one => one.Id).Count() == all.Count, "institution-twice", "An institution is named twice.")
            && all.TrueForAll(one => InputChecks.Text(d, one.Name, "The institution's name")
                && d.Require(d.State.Institutions.All(i => i.Institution.Id != one.Id || i.On < Amendments.Open(d.State)?.ProposedOn), "already-consulted", $"{(all.Count == 1 ? "This institution" : one.Name)} has already been consulted.")))
        {
            all.ForEach(one => Consult(d, one));
        }
    }

    private void Consult(Deciding d, Agency institution)
    {
        d.Happened(new InstitutionConsulted(institution, On));
        if (On == d.Today)
        {
            // If the day is earlier than today, the officer records letters that have already been sent.
            WorkingLetters.Consult(d, institution);
        }

        var waiting = $"consult-{institution.Id.Code}";
        if (d.State.Attention.Any(a => a.Id == waiting))
        {
            d.Happened(new AttentionResolved(waiting, "consulted"));
        }
    }
}

/// <summary>An institution was consulted.</summary>
public sealed record InstitutionConsulted(Agency Institution, DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("institutionConsulted", "An institution was consulted.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    // An institution that is consulted again, on an amended plan, must answer again.
    public override AssessmentState Apply(AssessmentState state) => state with { Institutions = With([.. state.Institutions.Where(i => i.Institution.Id != Institution.Id)], new ConsultedInstitution(Institution, On, null, null, null)) };

    public override string Describe(TimelineContext context) => $"{Institution.Name} was consulted on {Day(On)}.";

    public override AgencyId? About(TimelineContext context) => Institution.Id;

    public override void Introduce(TimelineContext context) => context.IntroduceInstitution(Institution.Id.Value, Institution.Name);
}
