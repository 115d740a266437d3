namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Who holds the review meeting.</summary>
public enum ReviewArranger
{
    /// <summary>The school, college or early years provider, which the council requires to hold the meeting (reg 20).</summary>
    School,

    /// <summary>The council holds the meeting itself (reg 21).</summary>
    Council,
}

/// <summary>The council's decision on the plan after a review.</summary>
public enum ReviewChoice
{
    /// <summary>The plan stays unchanged.</summary>
    Keep,

    /// <summary>The plan is amended.</summary>
    Amend,

    /// <summary>The plan is no longer maintained.</summary>
    Cease,
}

/// <summary>One review of the plan, with the days on which its parts were done. If a part of the review has not been done, its day is
/// null.</summary>
public sealed record PlanReview
{
    /// <summary>The number of the review within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>The day for which the meeting is arranged.</summary>
    public required DateOnly MeetingOn { get; init; }

    /// <summary>Who holds the meeting.</summary>
    public required ReviewArranger ArrangedBy { get; init; }

    /// <summary>The day by which everyone invited had notice of the meeting.</summary>
    public DateOnly? InvitedOn { get; init; }

    /// <summary>The day on which the advice was sent to everyone invited.</summary>
    public DateOnly? PapersSentOn { get; init; }

    /// <summary>The day on which the meeting was held.</summary>
    public DateOnly? HeldOn { get; init; }

    /// <summary>The day on which the report of the meeting was sent.</summary>
    public DateOnly? ReportSentOn { get; init; }

    /// <summary>The recommendation in the report of the meeting.</summary>
    public ReviewChoice? Recommended { get; init; }

    /// <summary>The day of the decision.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>The decision after the review.</summary>
    public ReviewChoice? Decided { get; init; }

    /// <summary>The reasons for the decision, as given in its letters; null on decisions made before the hub recorded reasons.</summary>
    public string? Reasons { get; init; }

    /// <summary>A text that describes the proposed amendments, if the plan is to be amended.</summary>
    public string? Proposal { get; init; }
}
