using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>Reads every case in a store's file from the first event to the last and reports inconsistencies, without changing
/// anything.</summary>
public static class AssessmentFileCheck
{
    /// <summary>Reads and checks the cases.</summary>
    /// <param name="path">Path of the file, which a hub may be using at the same time.</param>
    /// <param name="sound">Called for every case that was read in full.</param>
    /// <param name="problem">Called for each problem found, with a sentence that says what is wrong and contains no personal data.</param>
    /// <param name="cancellationToken">Cancels the check between two cases.</param>
    /// <exception cref="StoreUnavailableException">The file cannot be opened, or its list of cases cannot be read.</exception>
    public static void Run(string path, Action<AssessmentState> sound, Action<string> problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sound);
        ArgumentNullException.ThrowIfNull(problem);
        using var connection = Connection.Open(path, writes: false);
        connection.Execute("BEGIN");
        var reader = new AssessmentReader(connection);
        foreach (var (key, id) in Cases(connection))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                sound(Read(connection, reader, key, id));
            }
            catch (StoreUnavailableException damaged)
            {
                problem($"{id}: {damaged.Message}");
            }
        }

        foreach (var (table, column) in new[] { ("inbox", "delivery"), ("effect", "body") })
        {
            Bodies(connection, table, column, problem);
        }
    }

    private static AssessmentState Read(Connection connection, AssessmentReader reader, long key, AssessmentId id)
    {
        var replayed = reader.Load(id, fromSnapshot: false);
        var quick = reader.Load(id);
        if (!Encoding.State(replayed.State).AsSpan().SequenceEqual(Encoding.State(quick.State)))
        {
            throw Encoding.Damaged("the events of the case lead to a different state from its snapshot");
        }

        var rows = connection.Scalar(FormattableString.Invariant($"SELECT count(*) FROM turn WHERE assessment = {key}"));
        if (rows != FormattableString.Invariant($"{reader.CountTurns(id)}"))
        {
            throw Encoding.Damaged("some turns of the case are not linked to the others");
        }

        _ = reader.Effects(id);
        return replayed.State;
    }

    private static List<(long Key, AssessmentId Id)> Cases(Connection connection)
    {
        var rows = connection.Prepare("SELECT key, id FROM assessment ORDER BY key");
        var found = new List<(long, AssessmentId)>();
        while (rows.Step())
        {
            found.Add((rows.Int64(0), Encoding.Id(rows.TextOrNull(1)!)));
        }

        return found;
    }

    private static void Bodies(Connection connection, string table, string column, Action<string> problem)
    {
        try
        {
            var rows = connection.Prepare($"SELECT no, {column} FROM {table}");
            while (rows.Step())
            {
                try
                {
                    _ = table == "inbox" ? Encoding.Delivery(rows.Blob(1)).MessageId : Encoding.Effect(rows.Blob(1)).Id;
                }
                catch (StoreUnavailableException damaged)
                {
                    problem(FormattableString.Invariant($"{table} {rows.Int64(0)}: {damaged.Message}"));
                }
            }
        }
        catch (StoreUnavailableException damaged)
        {
            problem($"{table}: {damaged.Message}");
        }
    }
}
