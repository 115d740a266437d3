namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A letter to the family.</summary>
public enum FamilyLetter
{
    /// <summary>The family is asked for missing information.</summary>
    InformationAsked,

    /// <summary>The family is asked for its views and evidence before a decision.</summary>
    RepresentationsAsked,

    /// <summary>The family is invited to a meeting.</summary>
    MeetingInvited,
}

/// <summary>Send the family a letter that asks for missing information or for its views, or invites the family to a meeting.</summary>
/// <param name="Letter">Kind of letter.</param>
/// <param name="What">What the family is asked for, or what the meeting is about.</param>
/// <param name="Day">Last day for the answer, or day of the meeting.</param>
/// <param name="Place">Time and place of the meeting.</param>
public sealed record WriteToFamily(FamilyLetter Letter, string What, DateOnly Day, string? Place = null) : AssessmentInput, IStep<WriteToFamily>
{
    public static StepDefinition<WriteToFamily> Definition { get; } = new("write-to-family", "Write to the family")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss19, 36(4)",
        Example = """{ "letter": "informationAsked", "what": "The report.", "day": "2026-06-30" }""",
        Days = x => [x.Planned("Day", "The last day for the answer, or the day of the meeting", i => i.Day, (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(!d.State.Stage.HasEnded() || d.State.Stage == Stage.PlanIssued, "ended", $"The assessment has ended: {Words.Of(d.State.Stage)}.")
            && InputChecks.Text(d, What, "What the family is asked for, or what the meeting is about")
            && d.Require(Day > d.Today, "day-passed", "The family needs time to answer. Give a day after today.")
            && d.Require(Letter == FamilyLetter.MeetingInvited == (Place is not null), "place-unclear", "Give the time and place if the letter invites the family to a meeting, and only then.")
            && (Place is null || InputChecks.Text(d, Place, "The time and place")))
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
