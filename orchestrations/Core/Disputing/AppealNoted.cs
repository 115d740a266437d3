using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A step of an appeal was noted.</summary>
/// <param name="Step">The step.</param>
/// <param name="On">Day of the step.</param>
/// <param name="Remedy">The remedy that the order or concession requires.</param>
/// <param name="OtherDate">Last day set by the Tribunal, if any.</param>
/// <param name="InTime">For a concession, whether it came before the council's response; null on an older step means that it did.</param>
/// <param name="Another">Whether this is a second appeal that ended in the same way on the same day.</param>
/// <param name="Appeal">The number of the appeal in the case; null if no other appeal was under way.</param>
public sealed record AppealNoted(AppealStep Step, DateOnly On, Remedy? Remedy = null, DateOnly? OtherDate = null, bool? InTime = null, bool? Another = null, int? Appeal = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("appealNoted", "A step of an appeal was noted.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state)
    {
        var before = Step == AppealStep.Registered && Appeal is not null ? Appeals.Numbered(state) : state;
        return before with { Appeal = With(before.Appeal, new RecordedAppealStep(Step, On, Remedy, OtherDate, InTime, Appeal)) };
    }

    public override string Describe(TimelineContext context) => $"Appeal: {Of(Step)} on {Day(On)}{(Appeal is { } number ? FormattableString.Invariant($" (appeal {number})") : Another == true ? " (another appeal)" : "")}{DescribeRequirement(Remedy, OtherDate)}.";
}
