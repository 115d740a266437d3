using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One version of the plan.</summary>
/// <param name="Version">The number of the version: 1, 2, 3 and so on.</param>
/// <param name="Kind">Whether the version is a draft or final.</param>
/// <param name="PreparedOn">The day on which the version was prepared.</param>
/// <param name="ContentHash">The SHA-256 hash of the version's canonical JSON.</param>
/// <param name="KeptAt">The name under which the version is stored; null until it is stored.</param>
/// <param name="ManifestHash">The hash of the version's entry in the manifest of stored versions.</param>
public sealed record PlanVersion(int Version, PlanKind Kind, DateOnly PreparedOn, string ContentHash, string? KeptAt = null, string? ManifestHash = null);
