using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that the meeting with the family took place.</summary>
public sealed record RecordMeetingHeld(DateOnly On) : AssessmentInput, IStep<RecordMeetingHeld>
{
    public static StepDefinition<RecordMeetingHeld> Definition { get; } = new("record-meeting-held", "Record the meeting")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 13(1)(b)",
        Example = """{ "on": "2026-09-28" }""",
        Days = x => [x.Past(
            "On", "The day of the meeting", i => i.On,
            (s, _) => new(s.MeetingAskedOn, "the day on which the meeting was requested"))],
    };

    internal override void Decide(Deciding d)
    {
        if (Amendments.Consulted(d, "Recording the meeting")
            && d.Require(d.State.MeetingAskedOn is not null, "no-meeting-asked-for", "No meeting was asked for.")
            && d.Require(d.State.MeetingHeldOn is null, "already-held", "The meeting is already on record."))
        {
            d.Happened(new MeetingHeld(On));
            if (d.State.Attention.Any(a => a.Id == "meeting"))
            {
                d.Happened(new AttentionResolved("meeting", "held"));
            }
        }
    }
}

/// <summary>The meeting was held.</summary>
public sealed record MeetingHeld(DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("meetingHeld", "The meeting was held.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { MeetingHeldOn = On };

    public override string Describe(TimelineContext context) => $"The meeting with the family was held on {Day(On)}.";
}
