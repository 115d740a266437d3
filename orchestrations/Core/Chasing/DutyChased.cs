using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A step of the chase ladder was taken for a limit that the council itself must meet.</summary>
/// <param name="Limit">Name of the limit, followed by its last day.</param>
/// <param name="Step">The step.</param>
/// <param name="Due">Last day of the limit.</param>
/// <param name="ToRole">The role that is notified.</param>
/// <param name="Told">Whether the role was notified; false if a later step on that day notified the role instead.</param>
public sealed record DutyChased(string Limit, string Step, DateOnly Due, string ToRole, bool Told) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("dutyChased", "A step of the chase ladder was taken for a limit that the council itself must meet.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { ChasedDuties = With(state.ChasedDuties, DutyChasing.Taken(Limit, Step)) };

    public override string Describe(TimelineContext context) => Told
        ? $"The {ToRole} was told that {context.OfLimit(Limit)} {(context.On > Due ? "was" : "is")} due on {Day(Due)}."
        : $"A reminder about {context.OfLimit(Limit)} was skipped because a later reminder on the same day went to the {ToRole}.";
}
