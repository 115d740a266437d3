using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An institution that may be named was sent the draft. CFA 2014 ss39(2), 40(3).</summary>
public sealed record ConsultInstitution(Agency Institution, DateOnly On) : AssessmentInput, IStep<ConsultInstitution>
{
    public static StepDefinition<ConsultInstitution> Definition { get; } = new("consult-institution", "Consult an institution")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss39(2), 40(3)",
        Example = """{ "institution": {"id": "urn:100001", "name": "Example Primary School"}, "on": "2026-09-21" }""",
        Days = x => [x.Past(
            "On", "The day of the consultation", i => i.On,
            (s, _) => DatedFacts.FirstDraft(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (Amendments.Consulted(d, "Consulting an institution")
            && Form.Text(d, Institution.Name, "The institution's name")
            && d.Require(d.State.Institutions.All(i => i.Institution.Id != Institution.Id || i.On < Amendments.Open(d.State)?.ProposedOn), "already-consulted", "This institution was consulted already."))
        {
            d.Happened(new InstitutionConsulted(Institution, On));
            if (On == d.Today)
            {
                // Of an earlier day the officer records what has gone already.
                WorkingLetters.Consult(d, Institution);
            }

            var waiting = $"consult-{Institution.Id.Code}";
            if (d.State.Attention.Any(a => a.Id == waiting))
            {
                d.Happened(new AttentionResolved(waiting, "consulted"));
            }
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

    // If it is consulted again on an amended plan, it answers again.
    public override AssessmentState Apply(AssessmentState state) => state with { Institutions = With([.. state.Institutions.Where(i => i.Institution.Id != Institution.Id)], new ConsultedInstitution(Institution, On, null, null, null)) };

    public override string Tell(Telling telling) => $"{Institution.Name} was consulted on {Day(On)}.";

    public override AgencyId? About(Telling telling) => Institution.Id;

    public override void Introduce(Telling telling) => telling.IntroduceInstitution(Institution.Id.Value, Institution.Name);
}
