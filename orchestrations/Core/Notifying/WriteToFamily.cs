namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A letter to the family.</summary>
public enum FamilyLetter
{
    /// <summary>Something is missing and is asked for.</summary>
    InformationAsked,

    /// <summary>Its views and evidence are asked for before a decision.</summary>
    RepresentationsAsked,

    /// <summary>It is invited to a meeting.</summary>
    MeetingInvited,
}

/// <summary>Send the family a letter; something is missing, its views are asked for, or it is invited to a meeting.</summary>
/// <param name="Letter">Which.</param>
/// <param name="What">What is asked for; or what the meeting is about.</param>
/// <param name="Day">Last day for the answer; or of the meeting.</param>
/// <param name="Place">Time and place.</param>
public sealed record WriteToFamily(FamilyLetter Letter, string What, DateOnly Day, string? Place = null) : AssessmentInput, IStep<WriteToFamily>
{
    public static StepDefinition<WriteToFamily> Definition { get; } = new("write-to-family", "Write to the family")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss19, 36(4)",
        Example = """{ "letter": "informationAsked", "what": "The report.", "day": "2026-06-30" }""",
        Days = x => [x.Planned("Day", "The day by which the family is asked to answer, or of the meeting", i => i.Day, (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(!d.State.Stage.HasEnded() || d.State.Stage == Stage.PlanIssued, "ended", $"The assessment has ended: {Words.Of(d.State.Stage)}.")
            && Form.Text(d, What, "What is asked for, or what the meeting is about")
            && d.Require(Day > d.Today, "day-passed", "The family needs time: give a day after today.")
            && d.Require(Letter == FamilyLetter.MeetingInvited == (Place is not null), "place-unclear", "An invitation to a meeting, and nothing else, says the time and the place.")
            && (Place is null || Form.Text(d, Place, "The time and place")))
        {
            WorkingLetters.AskFamily(d, KindOf(Letter), What, Day, Place);
        }
    }

    private static NoticeKind KindOf(FamilyLetter letter) => letter switch
    {
        FamilyLetter.InformationAsked => NoticeKind.InformationAsked,
        FamilyLetter.RepresentationsAsked => NoticeKind.RepresentationsAsked,
        _ => NoticeKind.MeetingInvited,
    };
}
