namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Assign the key worker, who is the family's single contact.</summary>
public sealed record AssignKeyWorker(string KeyWorker, string? Organisation = null) : AssessmentInput, IStep<AssignKeyWorker>
{
    public static StepDefinition<AssignKeyWorker> Definition { get; } = new("assign-key-worker", "Assign the key worker")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "keyWorker": "worker-4", "organisation": "SENDIASS" }""",
    };

    internal override void Decide(Deciding d)
    {
        if (InputChecks.InHand(d) && InputChecks.Text(d, KeyWorker, "The key worker")
            && d.Require(KeyWorker != d.State.KeyWorker, "nothing-changed", "This person is already the key worker."))
        {
            d.Happened(new KeyWorkerAssigned(KeyWorker, Organisation, d.State.KeyWorker));
        }
    }
}

/// <summary>A key worker took over.</summary>
public sealed record KeyWorkerAssigned(string KeyWorker, string? Organisation = null, string? Before = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("keyWorkerAssigned", "A key worker took over.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { KeyWorker = KeyWorker };

    public override string Describe(TimelineContext context) => Before is null ? "A key worker was assigned." : "Another key worker took over.";
}
