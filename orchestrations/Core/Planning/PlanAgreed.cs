using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The council decided to issue a plan.</summary>
public sealed record PlanAgreed(DateOnly On, string Reasons, IReadOnlyList<string> Without, string? WithoutReason = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planAgreed", "The council decided to issue a plan.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Stage = Stage.Drafting, PlanDecision = new MadeDecision(true, On, Reasons), EndedOn = null };

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} to issue a plan{(Without.Count > 0 ? ", without waiting for all advice" : "")}.";

    public override string? Note() => WithoutReason is null ? Reasons : $"{Reasons} Why the council did not wait for {string.Join(", ", Without)}: {WithoutReason}";
}
