namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Resume chasing before the last day of a pause.</summary>
public sealed record ResumeChasing(string Reason) : AssessmentInput, IStep<ResumeChasing>
{
    public static StepDefinition<ResumeChasing> Definition { get; } = new("resume-chasing", "Resume chasing")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator],
        Example = """{ "reason": "The trust's system is up again." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(d.State.ChasingPausedUntil >= d.Today, "not-paused", "Chasing is not paused.") && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new ChasingResumed(Reason));
        }
    }
}

/// <summary>Chasing was resumed before the last day of a pause.</summary>
public sealed record ChasingResumed(string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("chasingResumed", "Chasing was resumed before the last day of a pause.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { ChasingPausedUntil = null };

    public override string Describe(TimelineContext context) => "Chasing was resumed.";

    public override string? Note() => Reason;
}
