using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Its answer.</summary>
public sealed record RecordInstitutionAnswer(AgencyId Institution, DateOnly On, bool CanMeetNeeds, string Reasons) : AssessmentInput, IStep<RecordInstitutionAnswer>
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
            : SenderFault.NotYours("An institution answers only for itself, and only when it was consulted."),
        Days = x => [x.Past(
            "On", "The day of the answer", i => i.On,
            (s, i) => new(s.Institutions.FirstOrDefault(c => c.Institution.Id == i.Institution)?.On, "the day on which the institution was consulted"))],
    };

    internal override void Decide(Deciding d)
    {
        var consulted = d.State.Institutions.FirstOrDefault(i => i.Institution.Id == Institution);
        if ((Amendments.Open(d.State) is not null || Form.Open(d))
            && d.Require(d.By.Role != ActorRole.Agency || d.By.Agency == Institution, "not-asked", "An institution answers only for itself.")
            && d.Require(consulted is not null, "not-consulted", "This institution was not consulted.")
            && d.Require(consulted!.AnsweredOn is null, "already-answered", "This institution has answered already.")
            && Form.Text(d, Reasons, "The reasons"))
        {
            d.Happened(new InstitutionAnswered(Institution, On, CanMeetNeeds, Reasons));
        }
    }
}

/// <summary>It answered.</summary>
public sealed record InstitutionAnswered(AgencyId Institution, DateOnly On, bool CanMeetNeeds, string Reasons) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("institutionAnswered", "It answered.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Institutions = Change(
                state.Institutions, i => i.Institution.Id == Institution, i => i with { AnsweredOn = On, CanMeetNeeds = CanMeetNeeds, Reasons = Reasons }),
    };

    public override string Tell(Telling telling) => $"{telling.OfInstitution(Institution.Value)} answered on {Day(On)}: it {(CanMeetNeeds ? "can" : "cannot")} meet the needs.";

    public override string? Note() => Reasons;

    public override AgencyId? About(Telling telling) => Institution;
}
