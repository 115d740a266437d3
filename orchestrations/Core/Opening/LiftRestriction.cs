namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Let everybody at the council who has access to cases see the case again. If none of the named people is left, an operator, who cannot
/// see cases, lifts the restriction at the council's written request.
/// </summary>
/// <param name="Reason">Why the restriction is lifted.</param>
public sealed record LiftRestriction(string Reason) : AssessmentInput, IStep<LiftRestriction>
{
    public static StepDefinition<LiftRestriction> Definition { get; } = new("lift-restriction", "Lift the restriction of the case")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator],
        Example = """{ "reason": "The colleague has left the council." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(d.State.RestrictedTo.Count > 0, "not-restricted", "The case is not restricted.") && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new RestrictionLifted(Reason));
        }
    }
}

/// <summary>The restriction of the case was lifted.</summary>
public sealed record RestrictionLifted(string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("restrictionLifted", "The restriction of the case was lifted.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { RestrictedTo = [] };

    public override string Describe(TimelineContext context) => "The restriction of the case was lifted.";

    public override string? Note() => Reason;
}
