using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Contracts.Api;

/// <summary>The versions of a plan that the caller may read.</summary>
public sealed record PlanVersions
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The versions, oldest first.</summary>
    public required IReadOnlyList<KeptPlanVersion> Versions { get; init; }
}

/// <summary>A stored version of the plan.</summary>
public sealed record KeptPlanVersion
{
    /// <summary>Number of the version: 1, 2, 3 and so on.</summary>
    public required int Version { get; init; }

    /// <summary>Whether the version is a draft or final.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>Day it was prepared.</summary>
    public required DateOnly PreparedOn { get; init; }

    /// <summary>SHA-256 of the version's canonical JSON, as in the audit trail.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Time the version was stored, UTC; absent while the document store is down.</summary>
    public DateTimeOffset? KeptAt { get; init; }

    /// <summary>Checksum of the manifest entry, chained to earlier entries.</summary>
    public string? Hash { get; init; }

    /// <summary>Formats in which the version can be read; empty until stored.</summary>
    public required IReadOnlyList<PlanForm> Formats { get; init; }
}

/// <summary>One format of a version.</summary>
public sealed record PlanForm
{
    /// <summary>Format: <c>json</c>, <c>html</c> or <c>docx</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Checksum of the bytes, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }
}

/// <summary>The comparison of two versions.</summary>
public sealed record PlanComparison
{
    /// <summary>The earlier version.</summary>
    public required int From { get; init; }

    /// <summary>The later version.</summary>
    public required int To { get; init; }

    /// <summary>The difference, line by line.</summary>
    public required PlanDiff Difference { get; init; }
}

/// <summary>
/// The difference between two versions; lines are matched by their ids.
/// </summary>
public sealed record PlanDiff
{
    /// <summary>Sections with a difference, in the order of their letters.</summary>
    public required IReadOnlyList<SectionDiff> Sections { get; init; }

    /// <summary>Lines that moved to another section.</summary>
    public required IReadOnlyList<MovedLine> Moved { get; init; }

    /// <summary>Whether the child's details differ. The child's details are outside the lettered sections.</summary>
    public required bool ChildChanged { get; init; }

    /// <summary>Whether both versions have the same lines and content.</summary>
    public required bool IsEmpty { get; init; }
}

/// <summary>The differences in one section.</summary>
public sealed record SectionDiff
{
    /// <summary>Letter of the section.</summary>
    public required PlanSectionLetter Letter { get; init; }

    /// <summary>Lines only in the later version.</summary>
    public required IReadOnlyList<PlanLine> Added { get; init; }

    /// <summary>Lines only in the earlier version.</summary>
    public required IReadOnlyList<PlanLine> Removed { get; init; }

    /// <summary>Lines in both versions, with different content.</summary>
    public required IReadOnlyList<ChangedLine> Changed { get; init; }
}

/// <summary>A line in both versions, with different content.</summary>
public sealed record ChangedLine
{
    /// <summary>The line in the earlier version.</summary>
    public required PlanLine Before { get; init; }

    /// <summary>The line in the later version.</summary>
    public required PlanLine After { get; init; }

    /// <summary>The parts that changed.</summary>
    public required LineParts Parts { get; init; }
}

/// <summary>A line in both versions, in different sections. <c>Parts</c> lists any other differences.</summary>
public sealed record MovedLine
{
    /// <summary>The section in the earlier version.</summary>
    public required PlanSectionLetter From { get; init; }

    /// <summary>The section in the later version.</summary>
    public required PlanSectionLetter To { get; init; }

    /// <summary>The line in the earlier version.</summary>
    public required PlanLine Before { get; init; }

    /// <summary>The line in the later version.</summary>
    public required PlanLine After { get; init; }

    /// <summary>The other parts that changed.</summary>
    public required LineParts Parts { get; init; }
}

/// <summary>Result of checking stored versions.</summary>
public sealed record PlanVerification
{
    /// <summary>Whether the documents are intact.</summary>
    public required bool Sound { get; init; }

    /// <summary>Number of documents read and checked.</summary>
    public required int Checked { get; init; }

    /// <summary>Documents that are damaged or missing.</summary>
    public required IReadOnlyList<KeepingProblem> Problems { get; init; }

    /// <summary>Documents that the manifest does not name.</summary>
    public required IReadOnlyList<string> Unlisted { get; init; }

    /// <summary>The last checksum in the chain.</summary>
    public required string Head { get; init; }

    /// <summary>Checksum in the audit trail; absent until one is recorded.</summary>
    public string? KnownHead { get; init; }
}

/// <summary>A document that was changed or is missing.</summary>
public sealed record KeepingProblem
{
    /// <summary>Name of the document.</summary>
    public required string Name { get; init; }

    /// <summary>What is wrong, in one plain sentence.</summary>
    public required string Problem { get; init; }
}

/// <summary>Findings on the plan as it would be prepared now.</summary>
public sealed record PlanFindings
{
    /// <summary>The step that was checked.</summary>
    public required PlanStep Step { get; init; }

    /// <summary>Whether the step would be refused.</summary>
    public required bool Refuses { get; init; }

    /// <summary>The findings on the plan.</summary>
    public required IReadOnlyList<PlanFinding> Findings { get; init; }
}

/// <summary>
/// One fault in a plan. A finding contains no name or identifier, so a worklist can show it.
/// </summary>
public sealed record PlanFinding
{
    /// <summary>The section; absent if the finding is about the whole document.</summary>
    public PlanSectionLetter? Section { get; init; }

    /// <summary>The line; absent if the finding is about the section.</summary>
    public string? LineId { get; init; }

    /// <summary>Code of the finding, one of <c>PlanFindingCodes</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The fault and the legal rule, in one plain sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the finding prevents the step.</summary>
    public required FindingSeverity Severity { get; init; }
}
