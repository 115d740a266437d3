using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>
/// Erases whole cases from a store's file while no hub uses the file, and prevents hubs from opening it until this object is disposed of.
/// Rows are linked only within one case, so the other cases stay unchanged.
/// </summary>
public sealed class AssessmentFileErasure : IDisposable
{
    private readonly StoreLock storeLock;
    private readonly Connection connection;

    private AssessmentFileErasure(StoreLock storeLock, Connection connection) => (this.storeLock, this.connection) = (storeLock, connection);

    /// <summary>Opens the store's file.</summary>
    /// <exception cref="StoreUnavailableException">A hub is using the file, or it cannot be opened.</exception>
    public static AssessmentFileErasure Open(string path)
    {
        var storeLock = StoreLock.Take(path);
        Connection? connection = null;
        try
        {
            connection = Connection.Open(path, writes: true);
            connection.Execute("PRAGMA temp_store = MEMORY; PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON");
            connection.FlushEachCommit();
            Schema.Upgrade(connection, Schema.Migrations);
            return new AssessmentFileErasure(storeLock, connection);
        }
        catch (StoreUnavailableException)
        {
            connection?.Dispose();
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Erases the cases in one transaction, and then rewrites the file and its log, so that no free page contains any of their
    /// data.</summary>
    /// <returns>The number of the given cases that existed.</returns>
    public int Run(IEnumerable<AssessmentId> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        int erased;
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            erased = Erase(cases);

            // If the newest turns were erased, their numbers are given to new turns. The hub must not assume that the extracts already
            // include these new turns.
            connection.Execute("UPDATE extract_through SET turn = min(turn, (SELECT ifnull(max(no), 0) FROM turn))");
            connection.Execute("COMMIT");
        }
        finally
        {
            if (connection.InTransaction)
            {
                connection.Execute("ROLLBACK");
            }
        }

        connection.Execute("VACUUM");
        _ = connection.Scalar("PRAGMA wal_checkpoint(TRUNCATE)");
        return erased;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        connection.Dispose();
        storeLock.Dispose();
    }

    // All cases are erased together. The turns and keys are not indexed by case, so they are searched only once and not once for each case.
    private int Erase(IEnumerable<AssessmentId> cases)
    {
        connection.Execute("CREATE TEMP TABLE gone (key INTEGER PRIMARY KEY)");
        using (var named = connection.Prepare("INSERT OR IGNORE INTO gone SELECT key FROM assessment WHERE id = ?1"))
        {
            foreach (var id in cases)
            {
                named.Bind(1, id.Value).Run();
            }
        }

        var erased = int.Parse(connection.Scalar("SELECT count(*) FROM gone")!, CultureInfo.InvariantCulture);
        connection.Execute(
            "DELETE FROM effect WHERE no IN (SELECT e.no FROM turn t JOIN effect e ON e.no >= t.first_effect AND e.no < t.first_effect + t.effects WHERE t.assessment IN (SELECT key FROM gone))");
        foreach (var table in new[] { "turn", "snapshot", "inbox", "summary", "agency_assessment", "extract", "extract_key" })
        {
            connection.Execute($"DELETE FROM {table} WHERE assessment IN (SELECT key FROM gone)");
        }

        connection.Execute("DELETE FROM assessment WHERE key IN (SELECT key FROM gone); DROP TABLE gone");
        return erased;
    }
}
