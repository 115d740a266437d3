using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>Checks whether one of the hub's SQLite files is sound, and whether a write to the file succeeds. The checks can run while
/// the hub uses the file.</summary>
public static class SqliteFile
{
    private const int Interrupted = 9;

    // SQLite's primary result codes for a file that is sound, but cannot be opened or locked at present: PERM, BUSY, LOCKED, NOMEM, READONLY,
    // FULL, CANTOPEN and AUTH.
    private static readonly int[] Unavailable = [3, 5, 6, 7, 8, 13, 14, 23];

    private const int InputOutput = 10;

    // SQLite's extended result codes for a page that cannot be read: IOERR_READ, IOERR_SHORT_READ, IOERR_DATA and IOERR_CORRUPTFS. Every other
    // fault of the disk says nothing about the pages; on a full disk, for example, the file beside the database that SQLite's connections
    // share cannot grow (IOERR_SHMSIZE).
    private static readonly int[] Unreadable = [266, 522, 8202, 8458];

    private const int StepsBetweenLooks = 64;

    /// <summary>
    /// Searches for damaged pages, in all of a small file and in part of a large file. The number of pages is limited as well as the time,
    /// because pages that are read from memory in a thousandth of a second take many seconds on a disk that must seek each page.
    /// </summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="most">The longest duration of the search.</param>
    /// <param name="mostPages">The approximate greatest number of 4 KiB pages to read.</param>
    /// <returns>The damage found, in SQLite's words, which name pages and tables but never their contents, or an empty list if none was
    /// found.</returns>
    /// <exception cref="IOException">The file cannot be opened at present, which says nothing about its pages.</exception>
    public static IReadOnlyList<string> QuickCheck(string path, TimeSpan most, int mostPages) => QuickCheck(path, most, mostPages, out _);

    /// <param name="path">Path of the file.</param>
    /// <param name="most">The longest duration of the search.</param>
    /// <param name="mostPages">The approximate greatest number of pages to read.</param>
    /// <param name="pages">The number of pages read.</param>
    internal static IReadOnlyList<string> QuickCheck(string path, TimeSpan most, int mostPages, out int pages)
    {
        var (watch, read) = (Stopwatch.StartNew(), 0);
        var found = Check(
            path, "PRAGMA quick_check(10)", connection => raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, Ends, connection.Handle), throwIfUnavailable: true);
        pages = read;
        return found;

        // SQLite calls this function after a number of steps. One step checks one page of a B-tree, or runs one instruction of the check of
        // a row.
        int Ends(object handle)
        {
            _ = raw.sqlite3_db_status((sqlite3)handle, raw.SQLITE_DBSTATUS_CACHE_MISS, out read, out _, 0);
            return read > mostPages || watch.Elapsed > most ? 1 : 0;
        }
    }

    /// <summary>Reads every page, and compares every index with its table. The check takes about two seconds per gigabyte.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The damage found, as described at <see cref="QuickCheck(string, TimeSpan, int)"/>.</returns>
    public static IReadOnlyList<string> FullCheck(string path) => Check(path, "PRAGMA integrity_check(100)", _ => { });

    /// <summary>
    /// Says that a file cannot be opened or written to at present and what to look at, or gives null if the fault can be damage to the file.
    /// An operator who takes a full disk for damage would restore a backup and lose what came after it.
    /// </summary>
    /// <param name="fault">The fault.</param>
    public static string? WhyUnavailable(SqliteException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return Unavailable.Contains(fault.SqliteErrorCode) || (fault.SqliteErrorCode == InputOutput && !Unreadable.Contains(fault.SqliteExtendedErrorCode))
            ? $"cannot be opened ({fault.Message}). Check that the disk is neither full nor read-only, and that the file and its folder belong to the user that runs the hub."
            : null;
    }

    /// <summary>Commits a write that changes nothing.</summary>
    /// <returns>Why the write fails, or null if it succeeds.</returns>
    public static string? WriteProblem(string path)
    {
        try
        {
            using var connection = Open(path, SqliteOpenMode.ReadWrite);
            var version = Run(connection, "PRAGMA user_version");
            Run(connection, FormattableString.Invariant($"PRAGMA synchronous = FULL; BEGIN IMMEDIATE; PRAGMA user_version = {version}; COMMIT"));
            return null;
        }
        catch (SqliteException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>A connection that is not pooled (disposing of it closes the file), and waits up to half a minute for other connections.</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static IReadOnlyList<string> Check(string path, string pragma, Action<SqliteConnection> prepare, bool throwIfUnavailable = false)
    {
        try
        {
            using var connection = Open(path, SqliteOpenMode.ReadOnly);
            prepare(connection);
            using var command = Command(connection, pragma);
            using var reader = command.ExecuteReader();
            var found = new List<string>();
            while (reader.Read())
            {
                found.Add(reader.GetString(0));
            }

            return found is ["ok"] ? [] : found;
        }
        catch (SqliteException interrupted) when (interrupted.SqliteErrorCode == Interrupted)
        {
            return [];
        }
        catch (SqliteException unavailable) when (WhyUnavailable(unavailable) is { } why)
        {
            return throwIfUnavailable ? throw new IOException($"{Path.GetFileName(path)} {why}", unavailable) : [why];
        }
        catch (SqliteException damaged)
        {
            return [damaged.Message];
        }
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        return command.ExecuteScalar();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        // Every SQL command is a constant in this source file, apart from a number that one of them contains.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
