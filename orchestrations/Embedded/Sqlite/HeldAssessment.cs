using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>A delivery that waits, with its row.</summary>
internal readonly record struct WaitingDelivery(long No, Delivery Delivery);

/// <summary>
/// One assessment as it stands after the newest commit, held in memory. Only the writer changes it, and only after the commit, so what
/// it shows is durable. Readers take <see cref="Gate"/> because its collections are changed in place.
/// </summary>
internal sealed class HeldAssessment
{
    internal HeldAssessment(AssessmentId id) => State = AssessmentState.None(id);

    internal Lock Gate { get; } = new();

    /// <summary>Its key; 0 while it has no row.</summary>
    internal long Key { get; set; }

    internal AssessmentState State { get; set; }

    internal DateTimeOffset? WakeAt { get; set; }

    /// <summary>Its newest turn; 0 before the first.</summary>
    internal long Head { get; set; }

    /// <summary>Fingerprints of its row in the lists.</summary>
    internal SummaryPrint SummaryIs { get; set; }

    /// <summary>The outcome of every message that was ever decided.</summary>
    internal Dictionary<string, Outcome> Outcomes { get; } = [];

    /// <summary>Undecided deliveries, in the order in which they came.</summary>
    internal List<WaitingDelivery> Inbox { get; } = [];

    /// <summary>About how many bytes of memory it takes.</summary>
    internal long Bytes { get; set; } = 600;

    internal void Remember(KeptOutcome kept)
    {
        Outcomes[kept.MessageId] = kept.Outcome;
        Bytes += 130 + (2 * kept.MessageId.Length);
    }

    /// <summary>Memory that a state takes for each byte of the JSON of its events, measured over whole assessments: most events repeat what the state
    /// holds.</summary>
    internal const int MemoryPerJsonByte = 1;
}
