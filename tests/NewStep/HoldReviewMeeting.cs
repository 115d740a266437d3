using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.NewStep.Tests;

/// <summary>The annual review meeting was held. The worked example of CONTRIBUTING.md: this one file is the whole step.</summary>
/// <param name="On">Day of the meeting.</param>
/// <param name="Attended">Who attended, by capacity, without names.</param>
public sealed record HoldReviewMeeting(DateOnly On, string Attended) : AssessmentInput, IStep<HoldReviewMeeting>
{
    public static StepDefinition<HoldReviewMeeting> Definition { get; } = new("hold-review-meeting", "Record the annual review meeting")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s44; SEND Regs 2014 regs 19 to 22",
        Example = """{ "on": "2026-06-08", "attended": "The family, the school and the council." }""",
        Days = x => [x.Past("On", "The day of the review meeting", i => i.On, (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (InputChecks.Open(d) && InputChecks.Text(d, Attended, "Who attended"))
        {
            d.Happened(new ReviewMeetingHeld(On, Attended));
        }
    }
}

/// <summary>The annual review meeting was held.</summary>
public sealed record ReviewMeetingHeld(DateOnly On, string Attended) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reviewMeetingHeld", "The annual review meeting was held.")
    {
        Told = Audience.Council | Audience.Family,
    };

    public override string Describe(TimelineContext context) => $"The annual review meeting was held on {TimelineWords.Day(On)}.";

    public override string? Note() => Attended;
}
