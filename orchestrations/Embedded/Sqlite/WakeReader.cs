using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Embedded.Due;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Reads wake-ups from a covering index, so that the number of pages read depends on the wake-ups in the period and not on the
/// size of the file.</summary>
internal sealed class WakeReader(Connection connection)
{
    private readonly Statement between = connection.Prepare(
        "SELECT id, wake_at FROM assessment INDEXED BY assessment_wake WHERE wake_at IS NOT NULL AND wake_at >= ?1 AND wake_at < ?2");

    private readonly Statement earliest = connection.Prepare(
        "SELECT wake_at FROM assessment INDEXED BY assessment_wake WHERE wake_at IS NOT NULL AND wake_at >= ?1 ORDER BY wake_at LIMIT 1");

    internal IReadOnlyList<(AssessmentId Id, DateTimeOffset WakeAt)> Between(DateTimeOffset from, DateTimeOffset before)
    {
        var found = new List<(AssessmentId, DateTimeOffset)>();
        between.Bind(1, from.UtcTicks).Bind(2, before.UtcTicks);
        while (between.Step())
        {
            found.Add((Encoding.Id(between.Text(0)), Encoding.Instant(between.Int64(1))));
        }

        return found;
    }

    internal DateTimeOffset? EarliestFrom(DateTimeOffset from)
    {
        if (!earliest.Bind(1, from.UtcTicks).Step())
        {
            return null;
        }

        var found = Encoding.Instant(earliest.Int64(0));
        earliest.Reset();
        return found;
    }
}

/// <summary>Reads wake-ups through the connections that a store uses for reading.</summary>
internal sealed class KeptWakeUps(Readers readers) : IWakeUpIndex
{
    /// <inheritdoc/>
    public IReadOnlyList<(AssessmentId Id, DateTimeOffset WakeAt)> Between(DateTimeOffset from, DateTimeOffset before) => readers.Read(r => r.Wakes.Between(from, before));

    /// <inheritdoc/>
    public DateTimeOffset? EarliestFrom(DateTimeOffset from) => readers.Read(r => r.Wakes.EarliestFrom(from));
}
