using SQLitePCL;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// One connection to the SQLite file, for one thread at a time. This class uses the binding under Microsoft.Data.Sqlite directly, because a
/// turn needs only a few prepared statements, and a command object with named parameters would cost more than the statement itself.
/// </summary>
internal sealed class Connection : IDisposable
{
    // https://www.sqlite.org/pragma.html#pragma_synchronous
    private const string SynchronousFull = "2";

    private readonly sqlite3 handle;
    private readonly List<Statement> statements = [];

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle) => this.handle = handle;

    internal static Connection Open(string path, bool writes)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX | (writes ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var connection = new Connection(handle);
        if (code != raw.SQLITE_OK)
        {
            connection.Dispose();
            throw Unavailable(code, null);
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        // A checkpoint that restarts the write-ahead log can block the readers and the writer for a moment.
        raw.sqlite3_busy_timeout(handle, 10_000);
        return connection;
    }

    /// <summary>Prepares a statement that exists as long as the connection.</summary>
    internal Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
        var statement = new Statement(this, prepared);
        statements.Add(statement);
        return statement;
    }

    /// <summary>Runs statements without parameters or results.</summary>
    internal void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>Runs one statement and returns the first column of the first row, or null if there is no row.</summary>
    internal string? Scalar(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var prepared));
        using var statement = new Statement(this, prepared);
        return statement.Step() ? statement.TextOrNull(0) : null;
    }

    /// <summary>Makes SQLite flush every commit to the disk before the commit is answered, and checks that SQLite accepted the
    /// setting.</summary>
    /// <exception cref="StoreUnavailableException">SQLite did not accept the setting, so nothing that is written on this connection may be
    /// acknowledged.</exception>
    internal void FlushEachCommit()
    {
        Execute("PRAGMA synchronous = FULL");
        if (Scalar("PRAGMA synchronous") != SynchronousFull)
        {
            throw new StoreUnavailableException(StoreFault.Other, "SQLite does not flush each commit to the disk (synchronous is not FULL).");
        }
    }

    /// <summary>Whether a transaction is open. SQLite itself rolls back a transaction after some faults.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>The number of pages that commits of this connection have added to the write-ahead log since the last call.</summary>
    internal int PagesWritten()
    {
        Check(raw.sqlite3_db_status(handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1));
        return pages;
    }

    /// <summary>The number of pages that this connection has read from the file or its log since the last call.</summary>
    internal int PagesRead()
    {
        Check(raw.sqlite3_db_status(handle, raw.SQLITE_DBSTATUS_CACHE_MISS, out var pages, out _, 1));
        return pages;
    }

    /// <summary>Moves as much of the write-ahead log as possible into the database without waiting for other connections (a passive
    /// checkpoint).</summary>
    /// <returns>The number of pages in the log, including pages already moved, or null if nothing could be moved now.</returns>
    internal int? MoveLog() => raw.sqlite3_wal_checkpoint_v2(handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out _) == raw.SQLITE_OK ? pages : null;

    internal void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw Unavailable(code, handle);
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements)
        {
            statement.Dispose();
        }

        handle.Dispose();
    }

    private static StoreUnavailableException Unavailable(int code, sqlite3? handle)
    {
        var (fault, says) = (code & 0xff) switch
        {
            raw.SQLITE_FULL => (StoreFault.DiskFull, "No space is left for the hub's database. Free some disk space. No acknowledged data are lost, and work continues automatically when there is space."),
            raw.SQLITE_READONLY => (StoreFault.ReadOnly, "The hub's database cannot be written to. Check the disk and the file's permissions."),
            raw.SQLITE_CORRUPT => (StoreFault.Corrupt, "The hub's database is damaged. Stop the hub and restore the newest backup; do not repair the database in place."),
            raw.SQLITE_NOTADB => (StoreFault.Corrupt, "The file is not a database of the hub."),
            raw.SQLITE_IOERR => (StoreFault.InputOutput, "Reading or writing the hub's database failed."),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => (StoreFault.CannotOpen, "The hub's database cannot be opened. Check that the database's folder exists and can be written to."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (StoreFault.InUse, "Another program is using the hub's database. Close the other program."),
            _ => (StoreFault.Other, "The hub's database refused the request."),
        };
        // The text of SQLite's errors names tables and columns, but never their contents.
        var detail = handle is null ? raw.sqlite3_errstr(code).utf8_to_string() : raw.sqlite3_errmsg(handle).utf8_to_string();
        return new StoreUnavailableException(fault, FormattableString.Invariant($"{says} (SQLite {code}: {detail})"));
    }
}
