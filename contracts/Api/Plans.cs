using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Contracts.Api;

/// <summary>The versions of a plan that the caller may read.</summary>
public sealed record PlanVersions
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<KeptPlanVersion> Versions { get; init; }
}

/// <summary>One version.</summary>
public sealed record KeptPlanVersion
{
    /// <summary>1, 2, 3 ...</summary>
    public required int Version { get; init; }

    /// <summary>Draft or final.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>Day it was prepared.</summary>
    public required DateOnly PreparedOn { get; init; }

    /// <summary>SHA-256 of its canonical JSON, as the audit trail has it.</summary>
    public required string ContentHash { get; init; }

    /// <summary>When it was kept, UTC; absent while it is not, because the document store is down.</summary>
    public DateTimeOffset? KeptAt { get; init; }

    /// <summary>Hash of its manifest entry, which is chained to those before.</summary>
    public string? Hash { get; init; }

    /// <summary>The forms in which it can be read; none while it is not kept.</summary>
    public required IReadOnlyList<PlanForm> Formats { get; init; }
}

/// <summary>One form of a version.</summary>
public sealed record PlanForm
{
    /// <summary><c>json</c>, <c>html</c> or <c>docx</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Hash of its bytes, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }
}

/// <summary>What differs between two versions.</summary>
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

    /// <summary>Whether the child's details differ. They are outside the lettered sections.</summary>
    public required bool ChildChanged { get; init; }

    /// <summary>Whether both have the same lines with the same content.</summary>
    public required bool IsEmpty { get; init; }
}

/// <summary>The differences in one section.</summary>
public sealed record SectionDiff
{
    /// <summary>The section.</summary>
    public required PlanSectionLetter Letter { get; init; }

    /// <summary>Lines that only the later version has.</summary>
    public required IReadOnlyList<PlanLine> Added { get; init; }

    /// <summary>Lines that only the earlier version has.</summary>
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

    /// <summary>Changed parts.</summary>
    public required LineParts Parts { get; init; }
}

/// <summary>A line in both versions, in different sections. <c>Parts</c> says what else differs.</summary>
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

    /// <summary>Other changes.</summary>
    public required LineParts Parts { get; init; }
}

/// <summary>What verifying found.</summary>
public sealed record PlanVerification
{
    /// <summary>Nothing was changed and nothing is missing.</summary>
    public required bool Sound { get; init; }

    /// <summary>Documents whose bytes were read and hashed.</summary>
    public required int Checked { get; init; }

    /// <summary>What is damaged or missing.</summary>
    public required IReadOnlyList<KeepingProblem> Problems { get; init; }

    /// <summary>Documents that the manifest does not name.</summary>
    public required IReadOnlyList<string> Unlisted { get; init; }

    /// <summary>The head of the chain.</summary>
    public required string Head { get; init; }

    /// <summary>The head in the audit trail; absent before the first version was kept.</summary>
    public string? KnownHead { get; init; }
}

/// <summary>A document that was changed or is missing.</summary>
public sealed record KeepingProblem
{
    /// <summary>The document.</summary>
    public required string Name { get; init; }

    /// <summary>One plain sentence.</summary>
    public required string Problem { get; init; }
}

/// <summary>What the checks find in the plan as it would be prepared now.</summary>
public sealed record PlanFindings
{
    /// <summary>Before which step.</summary>
    public required PlanStep Step { get; init; }

    /// <summary>The step would be refused.</summary>
    public required bool Refuses { get; init; }

    /// <summary>Each with section, line, code, reason and severity.</summary>
    public required IReadOnlyList<PlanFinding> Findings { get; init; }
}

/// <summary>
/// One fault in a plan. It repeats no name and no identifier, so it may be shown on a worklist.
/// </summary>
public sealed record PlanFinding
{
    /// <summary>The section; absent where the whole document is meant.</summary>
    public PlanSectionLetter? Section { get; init; }

    /// <summary>The line; absent where the section is meant.</summary>
    public string? LineId { get; init; }

    /// <summary>A short fixed word for programs, one of <c>PlanFindingCodes</c>.</summary>
    public required string Code { get; init; }

    /// <summary>One plain sentence with the legal rule.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it refuses the step.</summary>
    public required FindingSeverity Severity { get; init; }
}
