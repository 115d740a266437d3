using IntegrationHub.Sqlite;

namespace IntegrationHub.Local.Fhir;

/// <summary>The tables of the FHIR file.</summary>
internal static class FhirTables
{
    /// <summary>The last version of the tables in which rows did not have checksums.</summary>
    internal const long WithoutSums = 1;

    internal static readonly IReadOnlyList<Action<DataFile>> Migrations =
    [
        file => file.Run(Tables),
        FhirVersionRow.AddSums,

        // Files with the first two versions of the tables can lack the newest tables and, for older rows, the recorded sizes.
        file => file.Run(Tables + CountStored),
    ];

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS versions (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
            deleted INTEGER NOT NULL, written_by TEXT NOT NULL, json BLOB NOT NULL, UNIQUE (type, id, version));
        CREATE TABLE IF NOT EXISTS current (
            type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, deleted INTEGER NOT NULL,
            PRIMARY KEY (type, id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS current_by_seq ON current (type, seq);
        CREATE TABLE IF NOT EXISTS readers (type TEXT NOT NULL, id TEXT NOT NULL, reader TEXT NOT NULL, PRIMARY KEY (type, id, reader)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS readers_by_reader ON readers (type, reader, id);
        CREATE TABLE IF NOT EXISTS entries (
            type TEXT NOT NULL, id TEXT NOT NULL, parameter TEXT NOT NULL, value TEXT NOT NULL, system TEXT, low INTEGER NOT NULL, high INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS entries_by_value ON entries (type, parameter, value, id);
        CREATE INDEX IF NOT EXISTS entries_by_resource ON entries (type, id);
        CREATE TABLE IF NOT EXISTS once (key TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS received (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, sent_by TEXT NOT NULL, content_type TEXT NOT NULL, bytes BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS news (n INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, UNIQUE (type, id, version));
        CREATE TABLE IF NOT EXISTS places (name TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS stored (by TEXT PRIMARY KEY, versions INTEGER NOT NULL, bytes INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private const string CountStored = """
        INSERT INTO stored (by, versions, bytes)
            SELECT by, sum(versions), sum(bytes) FROM (
                SELECT written_by AS by, count(*) AS versions, sum(length(json)) AS bytes FROM versions GROUP BY written_by
                UNION ALL SELECT sent_by, 0, sum(length(bytes)) FROM received GROUP BY sent_by)
            WHERE NOT EXISTS (SELECT 1 FROM stored) GROUP BY by;
        """;
}
