using IntegrationHub.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>The tables of the bus's file.</summary>
internal static class BusTables
{
    // The body of a message is stored separately ("content") from the row in which its delivery count and its expiry change ("message").
    // Locks exist only in memory. "due" is the time at which the bus itself must act on a message: its scheduled time, or the end of its
    // time to live.
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS room (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE COLLATE NOCASE);
        CREATE TABLE IF NOT EXISTS message (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            room INTEGER NOT NULL,
            status INTEGER NOT NULL,
            message_id TEXT, session_id TEXT, sent_by TEXT,
            enqueued INTEGER NOT NULL, expires INTEGER, scheduled INTEGER, time_to_live INTEGER NOT NULL, targets TEXT,
            deliveries INTEGER NOT NULL DEFAULT 0,
            due INTEGER,
            dead_reason TEXT, dead_description TEXT, dead_source TEXT);
        CREATE INDEX IF NOT EXISTS message_room ON message (room);
        CREATE INDEX IF NOT EXISTS message_due ON message (due) WHERE due IS NOT NULL;
        CREATE TABLE IF NOT EXISTS content (seq INTEGER PRIMARY KEY, bare BLOB NOT NULL, annotations BLOB NOT NULL, sum INTEGER);
        CREATE TABLE IF NOT EXISTS session (
            room INTEGER NOT NULL, id TEXT NOT NULL, state BLOB, changed INTEGER NOT NULL, PRIMARY KEY (room, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS seen (
            room INTEGER NOT NULL, message_id TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (room, message_id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS seen_until ON seen (until);
        """;

    // Older versions of the bus stored locks in the file. In such a file, the columns for locks still exist but are no longer read.
    private const string Upgrade = """
        DROP INDEX IF EXISTS message_ready;
        DROP INDEX IF EXISTS message_session;
        DROP INDEX IF EXISTS message_lock;
        DROP INDEX IF EXISTS message_session_lock;
        DROP INDEX IF EXISTS session_locked;
        DELETE FROM session WHERE state IS NULL;
        """;

    internal static readonly IReadOnlyList<Action<DataFile>> Migrations =
    [
        file =>
        {
            file.Run(Schema);
            file.Run(Upgrade);
            ContentSum.Upgrade(file);
        },
    ];
}
