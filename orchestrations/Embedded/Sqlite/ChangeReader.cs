using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Reads which assessments have changed. The single writer numbers turns in the order of their commits.</summary>
internal sealed class ChangeReader(Connection connection)
{
    private readonly Statement last = connection.Prepare("SELECT ifnull(max(no), 0) FROM turn");
    private readonly Statement all = connection.Prepare("SELECT id, version FROM assessment");
    private readonly Statement changed = connection.Prepare(
        "SELECT DISTINCT a.id, a.version FROM turn t CROSS JOIN assessment a ON a.key = t.assessment WHERE t.no > ?1");

    /// <summary>The assessments that changed after the turn with a given number, as the caller's transaction sees them.</summary>
    internal StoreChanges After(long turn)
    {
        var newest = Newest();
        var found = new List<(AssessmentId, long)>();
        var rows = turn == 0 ? all : changed.Bind(1, turn);
        while (rows.Step())
        {
            found.Add((Encoding.Id(rows.Text(0)), rows.Int64(1)));
        }

        return new StoreChanges(found, newest);
    }

    /// <summary>The number of the newest turn, or 0 if there is none.</summary>
    internal long Newest()
    {
        last.Step();
        var newest = last.Int64(0);
        last.Reset();
        return newest;
    }
}
