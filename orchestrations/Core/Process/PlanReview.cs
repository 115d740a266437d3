namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Who holds the meeting of a review.</summary>
public enum ReviewArranger
{
    /// <summary>The school, college or early years provider, which the council requires to hold it (reg 20).</summary>
    School,

    /// <summary>The council itself (reg 21).</summary>
    Council,
}

/// <summary>What is done with the plan after a review.</summary>
public enum ReviewChoice
{
    /// <summary>The plan stays as it is.</summary>
    Keep,

    /// <summary>The plan is amended.</summary>
    Amend,

    /// <summary>The plan is no longer maintained.</summary>
    Cease,
}

/// <summary>One review of the plan, with the days on which its parts were done. A part that was not done has no day.</summary>
public sealed record PlanReview
{
    /// <summary>Number within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>The day for which the meeting is arranged.</summary>
    public required DateOnly MeetingOn { get; init; }

    /// <summary>Who holds it.</summary>
    public required ReviewArranger ArrangedBy { get; init; }

    /// <summary>Day on which the last of those to be invited was given notice of it.</summary>
    public DateOnly? InvitedOn { get; init; }

    /// <summary>Day on which the advice was sent to everyone invited.</summary>
    public DateOnly? PapersSentOn { get; init; }

    /// <summary>Day on which the meeting was held.</summary>
    public DateOnly? HeldOn { get; init; }

    /// <summary>Day on which its report was sent.</summary>
    public DateOnly? ReportSentOn { get; init; }

    /// <summary>What the report recommends.</summary>
    public ReviewChoice? Recommended { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>What was decided.</summary>
    public ReviewChoice? Decided { get; init; }

    /// <summary>The reasons for it, which its letters give; null on decisions made before they were kept here.</summary>
    public string? Reasons { get; init; }

    /// <summary>Where it amends: the amendments proposed, in words.</summary>
    public string? Proposal { get; init; }
}
