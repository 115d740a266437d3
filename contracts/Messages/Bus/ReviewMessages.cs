using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// Hub to agency: the plan of a child known to you is being reviewed; please advise before the meeting. Everybody's advice is sent to all
/// who are invited (SEND Regs 2014 regs 20(4), 21(4)).
/// </summary>
public sealed record ReviewAdviceRequested : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>The council that asks.</summary>
    public required LocalAuthorityCode Council { get; init; }

    /// <summary>The kind of advice requested.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>The number of the review: 1 for the first review of the plan.</summary>
    public required int Review { get; init; }

    /// <summary>The day of the review meeting.</summary>
    public required DateOnly MeetingOn { get; init; }

    /// <summary>The day on which the request was made.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Last day for the answer.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The outcomes and the provision of the plan, which are reviewed one by one. The list is empty if the text of the plan is not
    /// on record.</summary>
    public IReadOnlyList<LineToReview> Lines { get; init => field = value ?? []; } = [];

    /// <summary>What has changed since the earlier request, or what was missing from the answer.</summary>
    public string? Instructions { get; init; }
}

/// <summary>One line of the plan that is reviewed.</summary>
/// <param name="Line">The id of the line in the plan, by which an answer refers to the line.</param>
/// <param name="Section">The section of the plan, for instance E or F.</param>
/// <param name="Text">The text of the line.</param>
public sealed record LineToReview(string Line, string Section, string Text);

/// <summary>What an adviser finds about one line of the plan.</summary>
public enum LineFinding
{
    /// <summary>The outcome is met.</summary>
    Met,

    /// <summary>The child is on track to meet the outcome.</summary>
    OnTrack,

    /// <summary>The outcome is not met.</summary>
    NotMet,

    /// <summary>The provision is delivered as the plan says.</summary>
    Delivered,

    /// <summary>The provision is delivered in part.</summary>
    PartlyDelivered,

    /// <summary>The provision is not delivered.</summary>
    NotDelivered,
}

/// <summary>What an adviser reports about one line of the plan.</summary>
/// <param name="Line">The id of the line, as given in the request.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Text">The reasons for the finding.</param>
public sealed record LineProgress(string Line, LineFinding Finding, string Text)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxTextLength = 19_500;

    /// <summary>The longest id of a line of the plan, in characters.</summary>
    public const int MaxLineLength = 200;

    /// <summary>Heading of the note that reports on a line, the same for every channel.</summary>
    public const string Heading = "Progress on a line of the plan";

    /// <summary>The finding as text.</summary>
    public static string Of(LineFinding finding) => finding switch
    {
        LineFinding.Met => "Met",
        LineFinding.OnTrack => "On track",
        LineFinding.NotMet => "Not met",
        LineFinding.Delivered => "Delivered",
        LineFinding.PartlyDelivered => "Delivered in part",
        LineFinding.NotDelivered => "Not delivered",
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, "Not a finding."),
    };

    /// <summary>The note in the advice that gives the finding.</summary>
    public AdviceNote ToNote() => new(Heading, $"Line: {Line}\nFinding: {Of(Finding)}\n{Text}");
}

/// <summary>Agency to hub: here is the advice for the review.</summary>
public sealed record ReviewAdviceSubmitted : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>The findings on lines of the plan, with at most one entry for each line.</summary>
    public IReadOnlyList<LineProgress> Progress { get; init => field = value ?? []; } = [];

    /// <summary>The advice: what has changed, and what is recommended. The documents of the advice are sent by claim check.</summary>
    public required AdviceContent Advice { get; init; }

    /// <summary>Why this advice replaces earlier advice.</summary>
    public string? Correction { get; init; }
}
