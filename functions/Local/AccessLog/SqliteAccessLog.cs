using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Sqlite;

namespace IntegrationHub.Local.AccessLog;

/// <summary>The access log of a hub on one machine, in a separate SQLite file. The running hub adds rows to this file and never removes
/// any.</summary>
internal sealed class SqliteAccessLog : IAccessLog, IAsyncDisposable
{
    private const string Table = """
        CREATE TABLE IF NOT EXISTS readings (
            n INTEGER PRIMARY KEY AUTOINCREMENT, assessment TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, roles TEXT NOT NULL, what TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS readings_by_case ON readings (assessment, n);
        """;

    private static readonly IReadOnlyList<Action<DataFile>> Migrations = [file => file.Run(Table)];

    private readonly DataFile written;
    private readonly GroupCommit writer;
    private readonly DataFileReaders readers;

    /// <summary>Opens the file, and creates it if it is missing.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file cannot be opened or written to.</exception>
    /// <exception cref="InvalidDataException">A newer version of the hub wrote the file.</exception>
    internal SqliteAccessLog(string path)
    {
        written = DataFile.Open(path, Migrations);
        writer = new GroupCommit(written, "access-log-file");
        readers = new DataFileReaders(path);
    }

    /// <summary>Erases the access-log entries of cases while no hub uses the file, then rewrites the file and its write-ahead log.</summary>
    internal static void Erase(string path, IReadOnlyList<AssessmentId> cases)
    {
        using var file = DataFile.Open(path, Migrations);
        file.Run("PRAGMA secure_delete = ON");
        file.Run("BEGIN IMMEDIATE");
        foreach (var one in cases)
        {
            file.Run("DELETE FROM readings WHERE assessment = $0", one.Value);
        }

        file.Run("COMMIT");
        file.Run("VACUUM");
        file.Run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Reads the entries about a council's cases in a period, oldest first, one at a time.</summary>
    /// <param name="path">The file; a hub may be using it.</param>
    /// <param name="council">The council to whose cases the entries refer.</param>
    /// <param name="from">Only entries at or after this instant, UTC.</param>
    /// <param name="before">Only entries before this instant, UTC.</param>
    /// <param name="each">The method that is called with each entry.</param>
    internal static void Read(string path, LocalAuthorityCode council, DateTimeOffset from, DateTimeOffset before, Action<CaseReading> each)
    {
        using var file = DataFile.OpenForReading(path);
        _ = file.Rows(
            "SELECT assessment, at, by, roles, what FROM readings WHERE at >= $0 AND at < $1 AND substr(assessment, 1, 4) = $2 ORDER BY n",
            row =>
            {
                each(new CaseReading(
                    AssessmentId.TryParse(row.GetString(0), out var id, out var problem) ? id : throw new InvalidDataException(problem),
                    new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetString(2), row.GetString(3), row.GetString(4)));
                return true;
            },
            from.UtcTicks, before.UtcTicks, $"{council.Value}-");
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<CaseReading> readings, CancellationToken cancellationToken)
    {
        if (readings.Count > 0)
        {
            await writer.RunAsync(file =>
            {
                foreach (var reading in readings)
                {
                    file.Run(
                        "INSERT INTO readings (assessment, at, by, roles, what) VALUES ($0, $1, $2, $3, $4)",
                        reading.Case.Value, reading.At.UtcTicks, reading.By, reading.Roles, reading.What);
                }

                return readings.Count;
            }).WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CaseReading>> EntriesAsync(AssessmentId @case, int skip, int most, CancellationToken cancellationToken) =>
        new(readers.Read(file => file.Rows(
            "SELECT at, by, roles, what FROM readings WHERE assessment = $0 ORDER BY n DESC LIMIT $1 OFFSET $2",
            row => new CaseReading(@case, new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero), row.GetString(1), row.GetString(2), row.GetString(3)),
            @case.Value, most, skip)));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        writer.Dispose();
        readers.Dispose();

        // The writing connection is closed last, because the last connection moves the write-ahead log into the file, and a read-only
        // connection cannot do that.
        written.Dispose();
        return ValueTask.CompletedTask;
    }
}
