using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>One page of assessments.</summary>
public sealed record CaseList
{
    /// <summary>The assessments, in order of their ids.</summary>
    public required IReadOnlyList<CaseListItem> Items { get; init; }

    /// <summary>Address of the next page; absent at the end. Also in the Link header (RFC 8288).</summary>
    public string? Next { get; init; }
}

/// <summary>One assessment in a list.</summary>
public sealed record CaseListItem
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>Its version.</summary>
    public required long Version { get; init; }

    /// <summary>Where it stands.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The same in one line, as of today.</summary>
    public required string Status { get; init; }

    /// <summary>Day the clock started.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Last day for the final plan.</summary>
    public required DateOnly FinalPlanDue { get; init; }

    /// <summary>Due day of what it waits for.</summary>
    public DateOnly? WaitingDue { get; init; }

    /// <summary>That day has passed.</summary>
    public required bool Overdue { get; init; }

    /// <summary>The case officer; not shown to operations.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>Agencies that were asked; for the council and operations.</summary>
    public IReadOnlyList<AgencyId>? Agencies { get; init; }

    /// <summary>Number of things that a person must look at; for the council and operations.</summary>
    public int? Attention { get; init; }
}
