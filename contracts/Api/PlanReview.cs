using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>Who holds the meeting of a review.</summary>
[JsonConverter(typeof(CamelCaseEnum<ReviewArranger>))]
public enum ReviewArranger
{
    /// <summary>The school, college or early years provider, which the council requires to hold it (reg 20).</summary>
    School,

    /// <summary>The council itself (reg 21).</summary>
    Council,
}

/// <summary>What a review means for the plan.</summary>
[JsonConverter(typeof(CamelCaseEnum<ReviewChoice>))]
public enum ReviewChoice
{
    /// <summary>The plan is unchanged.</summary>
    Keep,

    /// <summary>The plan is amended.</summary>
    Amend,

    /// <summary>The plan is no longer maintained.</summary>
    Cease,
}

/// <summary>One review of the plan, with the day of each step. A step not yet done has no day.</summary>
public sealed record PlanReview
{
    /// <summary>Number within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>The day for which the meeting is arranged.</summary>
    public required DateOnly MeetingOn { get; init; }

    /// <summary>Who holds the review meeting.</summary>
    public required ReviewArranger ArrangedBy { get; init; }

    /// <summary>Day by which everyone to be invited had been given notice.</summary>
    public DateOnly? InvitedOn { get; init; }

    /// <summary>Day on which the advice was sent to everyone invited.</summary>
    public DateOnly? PapersSentOn { get; init; }

    /// <summary>Day on which the meeting was held.</summary>
    public DateOnly? HeldOn { get; init; }

    /// <summary>Day on which the report was sent.</summary>
    public DateOnly? ReportSentOn { get; init; }

    /// <summary>What the report recommends.</summary>
    public ReviewChoice? Recommended { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>What was decided.</summary>
    public ReviewChoice? Decided { get; init; }

    /// <summary>Reasons for the decision, as stated in its letters; absent in older records.</summary>
    public string? Reasons { get; init; }

    /// <summary>Text of the proposed amendments, if the decision is to amend.</summary>
    public string? Proposal { get; init; }
}
