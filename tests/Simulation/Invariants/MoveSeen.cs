using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>A plan that moved, as it is on record and kept at both hubs.</summary>
/// <param name="Move">The move.</param>
/// <param name="Left">The case that it left.</param>
/// <param name="Arrived">The case that took it over; null where none did.</param>
internal sealed record MoveSeen(HandOver Move, SideSeen Left, SideSeen? Arrived);

/// <summary>One of the two cases.</summary>
/// <param name="Case">The case.</param>
/// <param name="Events">Its trail.</param>
/// <param name="Files">What is kept of it, by name.</param>
internal sealed record SideSeen(AssessmentId Case, IReadOnlyList<RecordedEvent> Events, IReadOnlyDictionary<string, byte[]> Files);
