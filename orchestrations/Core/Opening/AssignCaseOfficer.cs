namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Assign an officer who takes over the case.</summary>
public sealed record AssignCaseOfficer(string Officer) : AssessmentInput, IStep<AssignCaseOfficer>
{
    public static StepDefinition<AssignCaseOfficer> Definition { get; } = new("assign-case-officer", "Assign the case officer")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "officer": "officer-17" }""",
    };

    internal override void Decide(Deciding d)
    {
        if (InputChecks.InHand(d) && InputChecks.Text(d, Officer, "The officer")
            && d.Require(d.State.IsOpenTo(Officer), "restricted", "The case is restricted, and this officer is not named in the restriction. Add the officer to the restriction first.")
            && d.Require(Officer != d.State.CaseOfficer, "nothing-changed", "This officer is already the case officer."))
        {
            d.Happened(new CaseOfficerAssigned(Officer, d.State.CaseOfficer));
        }
    }
}

/// <summary>A case officer took over.</summary>
public sealed record CaseOfficerAssigned(string Officer, string? Before = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("caseOfficerAssigned", "A case officer took over.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { CaseOfficer = Officer };

    public override string Describe(TimelineContext context) => Before is null ? "A case officer was assigned." : "Another case officer took over.";
}
