using IntegrationHub.Contracts.Advice;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A panel of the council considered the case. The panel only advises. The decision is recorded by a separate step, which does not require
/// a panel. A second record for the same day replaces the first.
/// </summary>
/// <param name="On">The day of the panel.</param>
/// <param name="Present">The name and position of each person present.</param>
/// <param name="Advice">What the panel advised, or why the panel deferred the case.</param>
public sealed record RecordPanel(DateOnly On, IReadOnlyList<string> Present, string? Advice = null) : AssessmentInput, IStep<RecordPanel>
{
    private const int MaxPresent = 60;
    private const int MaxMeetings = 200;

    public static StepDefinition<RecordPanel> Definition { get; } = new("record-panel", "Record that a panel considered the case")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """
            {
              "on": "2026-06-08",
              "present": ["J. Farrow, SEND manager (chair)", "M. Okafor, educational psychologist"],
              "advice": "To assess: two terms of support have brought no progress."
            }
            """,
        Days = x => [x.Past("On", "The day of the panel", i => i.On, (s, _) => DatedFacts.Request(s))],
    };

    // A panel can also be recorded after the assessment has ended, because panels consider whether a plan is amended or ceased.
    internal override void Decide(Deciding d)
    {
        if (d.Require(Present is { Count: > 0 }, "nobody-present", "Say who was present.")
            && d.Require(Present.Count <= MaxPresent, "too-many-present", $"A panel can have at most {MaxPresent} people.")
            && d.Require(Present.All(one => !AdviceFaults.IsBlank(one) && AdviceFaults.Fits(one)), "text-missing", "Each person present needs a name.")
            && (Advice is null || InputChecks.Text(d, Advice, "What the panel advised"))
            && d.Require(d.State.Panels.Count(one => one.On != On) < MaxMeetings, "too-many-panels", $"A case can have at most {MaxMeetings} panels."))
        {
            d.Happened(new PanelConsidered(new PanelMeeting(On, Present, Advice, d.By.Id)));
        }
    }
}

/// <summary>A panel considered the case.</summary>
public sealed record PanelConsidered(PanelMeeting Meeting) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("panelConsidered", "A panel of the council considered the case.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Panels = [.. state.Panels.Where(one => one.On != Meeting.On), Meeting] };

    public override string Describe(TimelineContext context) => $"A panel considered the case on {Day(Meeting.On)}.";

    public override string? Note() => $"Present: {string.Join("; ", Meeting.Present)}{(Meeting.Advice is { } advice ? $"\n{advice}" : "")}";
}
