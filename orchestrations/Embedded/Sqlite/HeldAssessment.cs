using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>A waiting delivery, with its row number.</summary>
internal readonly record struct WaitingDelivery(long No, Delivery Delivery);

/// <summary>
/// The in-memory form of one assessment after the newest commit. Only the writer changes this object, and only after the commit, so the
/// data in it are always durable. Readers must acquire <see cref="Gate"/>, because the collections are changed in place.
/// </summary>
internal sealed class HeldAssessment
{
    internal HeldAssessment(AssessmentId id) => State = AssessmentState.None(id);

    internal Lock Gate { get; } = new();

    /// <summary>The key of the assessment's row in the database, or 0 while it has no row.</summary>
    internal long Key { get; set; }

    internal AssessmentState State { get; set; }

    internal DateTimeOffset? WakeAt { get; set; }

    /// <summary>The number of the assessment's newest turn, or 0 before the first turn.</summary>
    internal long Head { get; set; }

    /// <summary>The fingerprints of the assessment's row in the table <c>summary</c>, which serves the lists.</summary>
    internal SummaryFingerprints SummaryFingerprints { get; set; }

    /// <summary>The outcomes of all messages decided so far.</summary>
    internal Dictionary<string, Outcome> Outcomes { get; } = [];

    /// <summary>The undecided deliveries, in the order in which they were received.</summary>
    internal List<WaitingDelivery> Inbox { get; } = [];

    /// <summary>The approximate memory use of the assessment, in bytes.</summary>
    internal long Bytes { get; set; } = 600;

    internal void Remember(KeptOutcome kept)
    {
        Outcomes[kept.MessageId] = kept.Outcome;
        Bytes += 130 + (2 * kept.MessageId.Length);
    }

    /// <summary>The bytes of memory that a state needs for each byte of JSON in its events, measured over complete assessments. The factor
    /// is small, because most events repeat data that the state already contains.</summary>
    internal const int MemoryPerJsonByte = 1;
}
