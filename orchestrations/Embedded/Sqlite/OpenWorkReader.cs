using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Embedded.Due;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Reads at start-up the work that was still open when the last process of the hub ended. Wake-ups are read later, when they are
/// nearly due (<see cref="DueAssessments"/>).</summary>
internal static class OpenWorkReader
{
    /// <summary>Fills the lists of waiting work, and returns the next row number of each table to which rows are added.</summary>
    internal static NextRows Read(Connection connection, DueAssessments due, WaitingRows waiting, OpenEffects effects)
    {
        foreach (var (id, since) in Arrivals(connection, waiting))
        {
            due.Set(id, null, since);
        }

        Effects(connection, effects);
        return new NextRows(Next("key", "assessment"), Next("no", "turn"), Next("no", "inbox"), Next("no", "effect"));

        long Next(string column, string table)
        {
            using var newest = connection.Prepare($"SELECT coalesce(max({column}), 0) + 1 FROM {table}");
            newest.Step();
            return newest.Int64(0);
        }
    }

    private static Dictionary<AssessmentId, DateTimeOffset> Arrivals(Connection connection, WaitingRows waiting)
    {
        var oldest = new Dictionary<AssessmentId, DateTimeOffset>();
        using var arrivals = connection.Prepare("SELECT a.id, i.delivery, i.no FROM inbox i JOIN assessment a ON a.key = i.assessment ORDER BY i.no");
        while (arrivals.Step())
        {
            var id = Encoding.Id(arrivals.Text(0));
            oldest.TryAdd(id, Encoding.Delivery(arrivals.Blob(1)).ReceivedAt);
            waiting.Add(id, arrivals.Int64(2));
        }

        return oldest;
    }

    private static void Effects(Connection connection, OpenEffects effects)
    {
        using var open = connection.Prepare("SELECT no, body, attempts, due_at FROM effect INDEXED BY effect_due WHERE due_at IS NOT NULL");
        while (open.Step())
        {
            var effect = Encoding.Effect(open.Blob(1));
            effects.Add(new OpenEffect
            {
                No = open.Int64(0),
                Id = effect.Id,
                Assessment = effect.Assessment.Value,
                Effect = effects.Count < WriteGroup.MaxEffectsInMemory ? effect : null,
                Attempts = (int)open.Int64(2),
                DueAt = Encoding.Instant(open.Int64(3)),
            });
        }
    }
}
