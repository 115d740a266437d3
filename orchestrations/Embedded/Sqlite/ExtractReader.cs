using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Reads extracts. Even if there are many extracts, a search reads only the index rows of the keys searched for, and the
/// extracts that it finds.</summary>
internal sealed class ExtractReader(Connection connection)
{
    private readonly Statement through = connection.Prepare("SELECT turn FROM extract_through WHERE kind = ?1 AND form = ?2");

    private readonly Statement without = connection.Prepare(
        """
        SELECT a.id, a.version FROM assessment a LEFT JOIN extract e ON e.kind = ?1 AND e.assessment = a.key
        WHERE e.version IS NOT a.version OR e.form IS NOT ?2
        """);

    private readonly Statement withKey = connection.Prepare("SELECT assessment FROM extract_key WHERE kind = ?1 AND key = ?2");

    private readonly Statement one = connection.Prepare(
        """
        SELECT a.key, a.id, e.version, e.body FROM extract e CROSS JOIN assessment a ON a.key = e.assessment
        WHERE e.kind = ?1 AND e.assessment = ?3 AND e.form = ?2
        """);

    private readonly Statement page = connection.Prepare(
        """
        SELECT a.key, a.id, e.version, e.body FROM extract e CROSS JOIN assessment a ON a.key = e.assessment
        WHERE e.kind = ?1 AND e.assessment > ?3 AND e.form = ?2 ORDER BY e.assessment LIMIT ?4
        """);

    internal long? Through(ExtractKind kind)
    {
        if (!Bound(through, kind).Step())
        {
            return null;
        }

        var turn = through.Int64(0);
        through.Reset();
        return turn;
    }

    internal IReadOnlyList<(AssessmentId Id, long Version)> Without(ExtractKind kind)
    {
        var found = new List<(AssessmentId, long)>();
        for (var rows = Bound(without, kind); rows.Step();)
        {
            found.Add((Encoding.Id(rows.Text(0)), rows.Int64(1)));
        }

        return found;
    }

    internal IReadOnlyList<Extract> Find(ExtractKind kind, IReadOnlyCollection<ulong> keys)
    {
        var cases = new HashSet<long>();
        foreach (var key in keys)
        {
            for (var rows = withKey.Bind(1, (long)kind.Number).Bind(2, unchecked((long)key)); rows.Step();)
            {
                cases.Add(rows.Int64(0));
            }
        }

        var found = new List<Extract>(cases.Count);
        foreach (var assessment in cases)
        {
            for (var row = Bound(one, kind).Bind(3, assessment); row.Step();)
            {
                found.Add(Extract(row));
            }
        }

        return found;
    }

    internal ExtractPage Page(ExtractKind kind, long after, int limit)
    {
        var found = new List<Extract>(limit);
        var last = after;
        for (var rows = Bound(page, kind).Bind(3, after).Bind(4, (long)limit); rows.Step();)
        {
            last = rows.Int64(0);
            found.Add(Extract(rows));
        }

        return new ExtractPage(found, found.Count < limit ? null : last);
    }

    private static Statement Bound(Statement statement, ExtractKind kind) => statement.Bind(1, (long)kind.Number).Bind(2, (long)kind.Form);

    private static Extract Extract(Statement row) => new(Encoding.Id(row.Text(1)), row.Int64(2), row.Blob(3).ToArray(), []);
}
