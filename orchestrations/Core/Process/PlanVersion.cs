using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One version of the plan.</summary>
/// <param name="Version">1, 2, 3 ...</param>
/// <param name="Kind">Draft or final.</param>
/// <param name="PreparedOn">Day it was prepared.</param>
/// <param name="ContentHash">SHA-256 of its canonical JSON.</param>
/// <param name="KeptAt">Name under which it is kept; null until it is stored.</param>
/// <param name="ManifestHash">Hash of its entry in the manifest of kept versions.</param>
public sealed record PlanVersion(int Version, PlanKind Kind, DateOnly PreparedOn, string ContentHash, string? KeptAt = null, string? ManifestHash = null);
