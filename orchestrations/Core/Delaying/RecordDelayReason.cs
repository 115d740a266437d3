using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Explain why something is late although no statutory exception applies. Explanations are stored separately from exceptions.
/// </summary>
public sealed record RecordDelayReason(string Reason) : AssessmentInput, IStep<RecordDelayReason>
{
    public static StepDefinition<RecordDelayReason> Definition { get; } = new("record-delay-reason", "Explain a delay that no exception covers")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "reason": "The psychologist's report came two weeks late." }""",
    };

    internal override void Decide(Deciding d) => Exceptions.Explain(d, this);
}

/// <summary>A delay was explained; no exception was claimed.</summary>
public sealed record DelayExplained(DateOnly On, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("delayExplained", "A delay was explained; no exception was claimed.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override string Describe(TimelineContext context) => $"A delay was explained on {Day(On)}; no exception is claimed for it.";

    public override string? Note() => Reason;
}
