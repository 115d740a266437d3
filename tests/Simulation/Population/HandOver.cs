using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Simulation.Population;

/// <summary>A plan on its way from the hub of one council to that of another.</summary>
/// <param name="Left">The case that it leaves.</param>
/// <param name="To">The council to which the family moves.</param>
/// <param name="Before">The move with which the plan had come to the case that it leaves; null where it was made there.</param>
internal sealed record HandOver(AssessmentId Left, SimulatedCouncil To, HandOver? Before)
{
    /// <summary>The package, once it is written: a file that outlives both processes.</summary>
    internal byte[]? Package { get; set; }

    /// <summary>The case at the other hub.</summary>
    internal AssessmentId? Arrived { get; set; }

    /// <summary>The day of the transfer.</summary>
    internal DateOnly? On { get; set; }

    /// <summary>Why the package was not written or not taken.</summary>
    internal string? Problem { get; set; }
}
