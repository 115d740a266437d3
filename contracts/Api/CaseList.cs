using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>One page of assessments.</summary>
public sealed record CaseList
{
    /// <summary>The assessments, in order of their ids.</summary>
    public required IReadOnlyList<CaseListItem> Items { get; init; }

    /// <summary>Address of the next page; absent at the end. Also sent in the Link header (RFC 8288).</summary>
    public string? Next { get; init; }
}

/// <summary>One assessment in a list.</summary>
public sealed record CaseListItem
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>Version of the assessment.</summary>
    public required long Version { get; init; }

    /// <summary>Stage of the assessment.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The stage as text, as of today.</summary>
    public required string Status { get; init; }

    /// <summary>Day on which the time limits started.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Last day for the final plan.</summary>
    public required DateOnly FinalPlanDue { get; init; }

    /// <summary>Due day of the next awaited step.</summary>
    public DateOnly? WaitingDue { get; init; }

    /// <summary>Whether <c>WaitingDue</c> has passed.</summary>
    public required bool Overdue { get; init; }

    /// <summary>The case officer; not shown to operations.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>Agencies asked for advice (council only).</summary>
    public IReadOnlyList<AgencyId>? Agencies { get; init; }

    /// <summary>Number of matters that an officer must deal with (council and operations only).</summary>
    public int? Attention { get; init; }
}
