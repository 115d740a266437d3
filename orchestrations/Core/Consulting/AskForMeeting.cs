using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family asks for a meeting with an officer about the draft, reg 13(1)(b), or about proposed amendments, reg 22(2)(c).</summary>
public sealed record AskForMeeting(DateOnly On) : AssessmentInput, IStep<AskForMeeting>
{
    public static StepDefinition<AskForMeeting> Definition { get; } = new("ask-for-meeting", "The family asks for a meeting")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "SEND Regs 2014 reg 13(1)(b)",
        Example = """{ "on": "2026-09-21" }""",
        Days = x => [x.Past(
            "On", "The day on which the meeting was asked for", i => i.On,
            (s, _) => DatedFacts.FirstDraft(s),
            (s, _) => DatedFacts.DraftWithFamily(s, null))],
    };

    internal override void Decide(Deciding d)
    {
        if (Amendments.Consulted(d, "Asking for a meeting about the draft")
            && d.Require(d.State.MeetingAskedOn is null, "already-asked", "A meeting has already been asked for."))
        {
            d.Happened(new MeetingAskedFor(On));
            d.AskAttention("meeting", Amendments.Open(d.State) is null
                ? $"The family requires a meeting with an officer about the draft ({d.Rules.CitationFor(d.State, "familyRepresentations")}). Hold the meeting and record the day."
                : $"The family requires a meeting with an officer about the proposed changes ({d.Rules.CitationFor(d.State, "reviewRepresentations")}). Hold the meeting and record the day.");
        }
    }
}

/// <summary>The family asked for a meeting.</summary>
public sealed record MeetingAskedFor(DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("meetingAskedFor", "The family asked for a meeting.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { MeetingAskedOn = state.MeetingAskedOn ?? On };

    public override string Describe(TimelineContext context) => $"The family asked for a meeting on {Day(On)}.";
}
