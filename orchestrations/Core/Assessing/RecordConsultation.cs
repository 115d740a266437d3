using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family was consulted before the decision whether to assess. CFA 2014 s36(4).</summary>
/// <param name="On">Day of the consultation.</param>
/// <param name="Summary">What the family said.</param>
public sealed record RecordConsultation(DateOnly On, string Summary) : AssessmentInput, IStep<RecordConsultation>
{
    public static StepDefinition<RecordConsultation> Definition { get; } = new("record-consultation", "Record that the family was consulted")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s36(4)",
        Example = """
            { "on": "2026-06-03", "summary": "The family wants an assessment and has sent two reports." }
            """,
        Days = x => [x.Past(
            "On", "The day of the consultation", i => i.On,
            (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (InputChecks.At(d, "Recording the consultation on the request", Stage.Considering)
            && d.Require(d.State.ConsultedOn is null, "already-consulted", "The consultation of the family is already on record.")
            && InputChecks.Text(d, Summary, "What the family said"))
        {
            d.Happened(new FamilyConsulted(On, Summary));
        }
    }
}

/// <summary>The family was consulted.</summary>
public sealed record FamilyConsulted(DateOnly On, string Summary) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("familyConsulted", "The family was consulted.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { ConsultedOn = state.ConsultedOn ?? On };

    public override string Describe(TimelineContext context) => $"The family was consulted on {Day(On)}.";

    public override string? Note() => Summary;
}
