using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// Hub to agency: the plan of a child whom you know is reviewed; please advise before the meeting. SEND Regs 2014 regs 20(4), 21(4): everybody's
/// advice is sent to all who are invited.
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

    /// <summary>Which advice is asked for.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>Number of the review: 1 for the first of the plan.</summary>
    public required int Review { get; init; }

    /// <summary>Day of the meeting.</summary>
    public required DateOnly MeetingOn { get; init; }

    /// <summary>Day of the request.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Last day for the answer.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The outcomes and the provision of the plan, which are looked at one by one; empty where the text of the plan is not on record.</summary>
    public IReadOnlyList<LineToReview> Lines { get; init => field = value ?? []; } = [];

    /// <summary>What has changed since the request was sent before, or what was missing in the answer.</summary>
    public string? Instructions { get; init; }
}

/// <summary>One line of the plan that the review looks at.</summary>
/// <param name="Line">Its id in the plan, by which an answer names it.</param>
/// <param name="Section">The section of the plan, for instance E or F.</param>
/// <param name="Text">Its words.</param>
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
/// <param name="Line">The id of the line, as the request named it.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Text">What it rests on, in words.</param>
public sealed record LineProgress(string Line, LineFinding Finding, string Text)
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxTextLength = 19_500;

    /// <summary>The longest id of a line of the plan, in characters.</summary>
    public const int MaxLineLength = 200;

    /// <summary>Heading of the note in which advice holds what is reported about a line, through whichever channel it came.</summary>
    public const string Heading = "Progress on a line of the plan";

    /// <summary>The finding in words.</summary>
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

    /// <summary>The note of the advice that says it.</summary>
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

    /// <summary>What is found about lines of the plan; at most one entry a line.</summary>
    public IReadOnlyList<LineProgress> Progress { get; init => field = value ?? []; } = [];

    /// <summary>The advice: what has changed, and what is recommended. Its documents travel by claim-check.</summary>
    public required AdviceContent Advice { get; init; }

    /// <summary>Why it takes the place of an earlier one.</summary>
    public string? Correction { get; init; }
}
