using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Fhir;

/// <summary>FHIR resources in one SQLite file, in WAL mode with every commit flushed to disk. Readers can read while one writer writes.</summary>
public sealed class SqliteFhirStore : IFhirResourceStore, IAsyncDisposable
{
    private const string Columns = FhirVersionRow.Columns;

    private readonly DataFileReaders readers;
    private readonly DataFile written;
    private readonly GroupCommit writer;

    /// <summary>Opens the file, and creates it if it does not exist.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">A newer version of the hub wrote the file.</exception>
    public SqliteFhirStore(string path)
    {
        written = DataFile.Open(path, FhirTables.Migrations);
        writer = new GroupCommit(written, "fhir-file");
        readers = new DataFileReaders(path);
    }

    /// <inheritdoc/>
    public ValueTask<StoredResource?> ReadAsync(string type, string id, CancellationToken cancellationToken) =>
        new(readers.Read(file => file.Rows($"SELECT {Columns} FROM versions v WHERE v.type = $0 AND v.id = $1 ORDER BY v.version DESC LIMIT 1", FhirVersionRow.Read, type, id).FirstOrDefault()));

    /// <inheritdoc/>
    public ValueTask<StoredResource?> ReadAsync(string type, string id, long version, CancellationToken cancellationToken) =>
        new(readers.Read(file => file.Rows($"SELECT {Columns} FROM versions v WHERE v.type = $0 AND v.id = $1 AND v.version = $2", FhirVersionRow.Read, type, id, version).FirstOrDefault()));

    /// <inheritdoc/>
    public ValueTask<ResourcePage> HistoryAsync(HistoryQuery query, CancellationToken cancellationToken) => new(readers.Read(file => query.Page(
        file.Rows(
            $"SELECT {Columns} FROM versions v WHERE v.type = $0 AND v.id = $1 AND v.at >= $2 AND v.version < $3 ORDER BY v.version DESC LIMIT $4",
            FhirVersionRow.Read,
            UpTo(query.Count, query.MaxBytes),
            query.Type, query.Id, query.Since, query.Before ?? long.MaxValue, query.Count + 1),
        (int)(long)file.Scalar("SELECT count(*) FROM versions WHERE type = $0 AND id = $1 AND at >= $2", query.Type, query.Id, query.Since)!)));

    /// <inheritdoc/>
    public ValueTask<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken) => new(readers.Read(file => Search(file, query)));

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken) => new(writer.RunAsync(file => Commit(file, commit)));

    /// <inheritdoc/>
    public ValueTask<StorageUsed> StoredByAsync(string writer, CancellationToken cancellationToken) => new(readers.Read(file =>
        file.Rows("SELECT versions, bytes FROM stored WHERE by = $0", row => new StorageUsed(row.GetInt64(0), row.GetInt64(1)), writer).FirstOrDefault() ?? StorageUsed.None));

    /// <inheritdoc/>
    public async ValueTask ShareAsync(IReadOnlyList<string> references, IReadOnlyList<string> sharedWith, CancellationToken cancellationToken) => await writer.RunAsync(file =>
    {
        foreach (var reference in references)
        {
            var slash = reference.IndexOf('/', StringComparison.Ordinal);
            Share(file, reference[..slash], reference[(slash + 1)..], sharedWith);
        }

        return true;
    });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UnreportedVersion>> UndeliveredAsync(int limit, CancellationToken cancellationToken) =>
        new(readers.Read(file => file.Rows("SELECT type, id, version FROM news ORDER BY n LIMIT $0", row => new UnreportedVersion(row.GetString(0), row.GetString(1), row.GetInt64(2)), limit)));

    /// <inheritdoc/>
    public async ValueTask MarkDeliveredAsync(UnreportedVersion news, CancellationToken cancellationToken) => await writer.RunAsync(file =>
    {
        file.Run("DELETE FROM news WHERE type = $0 AND id = $1 AND version = $2", news.Type, news.Id, news.Version);
        return true;
    });

    /// <inheritdoc/>
    public ValueTask<long> PositionAsync(string name, CancellationToken cancellationToken) =>
        new(readers.Read(file => (long?)file.Scalar("SELECT place FROM places WHERE name = $0", name) ?? 0));

    /// <inheritdoc/>
    public async ValueTask StorePositionAsync(string name, long place, CancellationToken cancellationToken) => await writer.RunAsync(file =>
    {
        file.Run("INSERT INTO places (name, place) VALUES ($0, $1) ON CONFLICT (name) DO UPDATE SET place = excluded.place", name, place);
        return true;
    });

    /// <summary>
    /// The number of idle connections, and the largest number of prepared statements that one connection holds; searches can increase both
    /// numbers.
    /// </summary>
    internal (int Connections, int Statements) Kept => (readers.Idle, readers.Statements);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        writer.Dispose();
        readers.Dispose();

        // The writing connection is closed last, because the last connection to close copies the write-ahead log into the database file,
        // and a read-only connection cannot do that.
        written.Dispose();
        return ValueTask.CompletedTask;
    }

    // Reads one more resource than fits on the page, to find out whether there is a next page. The first resource is read even if it
    // exceeds the size limit of the page.
    private static Func<IReadOnlyList<StoredResource>, bool> UpTo(int count, long mostBytes)
    {
        var bytes = 0L;
        return found =>
        {
            bytes += found.Count == 0 ? 0 : found[^1].Json.Length;
            return found.Count <= count && (found.Count < 2 || bytes <= mostBytes);
        };
    }

    private static ResourcePage Search(DataFile file, ResourceQuery query)
    {
        var sql = new FhirSearchSql(query);
        var total = (long)file.Scalar($"SELECT count(*) FROM current c WHERE {sql.Where}", [.. sql.Values])!;
        if (query.Count == 0 || total == 0)
        {
            return new ResourcePage([], (int)total, More: total > 0);
        }

        var after = query.After is { } place ? $" AND c.seq {(query.Descending ? "<" : ">")} {sql.Value(place)}" : "";
        var limit = sql.Value(query.Count + 1);
        var rows = file.Rows(
            $"SELECT {Columns} FROM current c JOIN versions v ON v.seq = c.seq WHERE {sql.Where}{after} ORDER BY c.seq {(query.Descending ? "DESC" : "ASC")} LIMIT {limit}",
            FhirVersionRow.Read,
            UpTo(query.Count, query.MaxBytes),
            [.. sql.Values]);
        return query.Page(rows, (int)total);
    }

    // All checks are made before the first write, so work that returns any result other than Done has written nothing.
    private static CommitOutcome Commit(DataFile file, Commit commit)
    {
        if (commit.OnceKey is { } key && file.Scalar("SELECT 1 FROM once WHERE key = $0", key) is not null)
        {
            return CommitOutcome.Repeated;
        }

        foreach (var write in commit.Writes)
        {
            var current = (long?)file.Scalar("SELECT version FROM current WHERE type = $0 AND id = $1", write.Resource.Type, write.Resource.Id) ?? 0;
            if (current != write.ExpectedVersion)
            {
                return CommitOutcome.Stale;
            }

            if (write.NoneExist is { } query && Search(file, query with { Count = 0 }).Total > 0)
            {
                return CommitOutcome.Exists;
            }
        }

        if (commit.OnceKey is { } used)
        {
            file.Run("INSERT INTO once (key) VALUES ($0)", used);
        }

        if (commit.Received is { } received)
        {
            file.Run("INSERT INTO received (at, sent_by, content_type, bytes) VALUES ($0, $1, $2, $3)", received.At.UtcTicks, received.From, received.ContentType, received.Bytes.ToArray());
        }

        foreach (var (by, amount) in StorageUsed.Of(commit))
        {
            file.Run(
                "INSERT INTO stored (by, versions, bytes) VALUES ($0, $1, $2) ON CONFLICT (by) DO UPDATE SET versions = versions + excluded.versions, bytes = bytes + excluded.bytes",
                by, amount.Versions, amount.Bytes);
        }

        foreach (var write in commit.Writes)
        {
            Keep(file, write);
        }

        return CommitOutcome.Done;
    }

    private static void Keep(DataFile file, ResourceWrite write)
    {
        var resource = write.Resource;
        file.Run(
            "INSERT INTO versions (type, id, version, at, deleted, written_by, json, sum) VALUES ($0, $1, $2, $3, $4, $5, $6, $7)",
            resource.Type, resource.Id, resource.Version, resource.LastUpdated.UtcTicks, resource.Deleted ? 1 : 0, resource.WrittenBy, resource.Json.ToArray(), FhirVersionRow.Sum(resource));
        file.Run(
            "INSERT INTO current (type, id, version, seq, deleted) VALUES ($0, $1, $2, last_insert_rowid(), $3) ON CONFLICT (type, id) DO UPDATE SET version = excluded.version, seq = excluded.seq, deleted = excluded.deleted",
            resource.Type, resource.Id, resource.Version, resource.Deleted ? 1 : 0);
        Share(file, resource.Type, resource.Id, resource.Readers);
        Index(file, write);
        if (write.IsNews)
        {
            file.Run("INSERT INTO news (type, id, version) VALUES ($0, $1, $2)", resource.Type, resource.Id, resource.Version);
        }
    }

    // A change of status leaves nearly all index entries unchanged, and each rewritten entry costs as much as writing a row in three
    // B-trees, so only changed entries are written.
    private static void Index(DataFile file, ResourceWrite write)
    {
        var (type, id) = (write.Resource.Type, write.Resource.Id);
        var missing = write.Index.ToHashSet();
        var kept = write.ExpectedVersion == 0 ? [] : file.Rows(
            "SELECT rowid, parameter, value, system, low, high FROM entries WHERE type = $0 AND id = $1",
            row => (Row: row.GetInt64(0), Entry: new IndexEntry(row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4), row.GetInt64(5))),
            type, id);
        foreach (var (row, entry) in kept)
        {
            if (!missing.Remove(entry))
            {
                file.Run("DELETE FROM entries WHERE rowid = $0", row);
            }
        }

        foreach (var entry in missing)
        {
            file.Run(
                "INSERT INTO entries (type, id, parameter, value, system, low, high) VALUES ($0, $1, $2, $3, $4, $5, $6)",
                type, id, entry.Parameter, entry.Value, entry.System, entry.From, entry.To);
        }
    }

    private static void Share(DataFile file, string type, string id, IReadOnlyList<string> sharedWith)
    {
        foreach (var reader in sharedWith)
        {
            file.Run("INSERT OR IGNORE INTO readers (type, id, reader) VALUES ($0, $1, $2)", type, id, reader);
        }
    }
}
