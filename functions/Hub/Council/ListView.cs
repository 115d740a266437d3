using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Council;

/// <summary>One page of assessments.</summary>
/// <param name="Items">The assessments, in order of their ids.</param>
/// <param name="Next">Address of the next page; absent at the end. Also in the Link header (RFC 8288).</param>
public sealed record ListView(IReadOnlyList<ListItem> Items, string? Next);

/// <summary>One assessment in a list.</summary>
public sealed record ListItem
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

    /// <summary>Day by which what it waits for is due.</summary>
    public DateOnly? WaitingDue { get; init; }

    /// <summary>That day has passed.</summary>
    public required bool Overdue { get; init; }

    /// <summary>Officer who holds it; not shown to operations.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>Agencies that were asked; for the council and operations.</summary>
    public IReadOnlyList<AgencyId>? Agencies { get; init; }

    /// <summary>Number of things that a person must look at; for the council and operations.</summary>
    public int? Attention { get; init; }

    internal static ListItem Of(AssessmentSummary summary, Caller caller, DateOnly today)
    {
        var inside = caller.Role == CallerRole.CouncilOfficer || caller.IsOperations;
        return new ListItem
        {
            Id = summary.Id,
            Version = summary.Version,
            Stage = summary.Stage,
            Status = summary.WaitingFor.Length == 0
                ? Words.Of(summary.Stage)
                : StatusLine.Of(summary.WaitingFor, summary.WaitingSince, summary.WaitingDue, today),
            ReceivedOn = summary.ReceivedOn,
            FinalPlanDue = summary.FinalPlanDue,
            WaitingDue = summary.WaitingDue,
            Overdue = !summary.Stage.HasEnded() && summary.WaitingDue < today,
            CaseOfficer = caller.IsOperations ? null : summary.CaseOfficer,
            Agencies = inside ? summary.Agencies : null,
            Attention = inside ? summary.Attention : null,
        };
    }
}
