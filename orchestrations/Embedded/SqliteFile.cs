using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>Whether one of the hub's SQLite files is sound, and whether a write to it succeeds. Can be called while others use the file.</summary>
public static class SqliteFile
{
    private const int Interrupted = 9;

    private const int StepsBetweenLooks = 64;

    /// <summary>
    /// Looks for damaged pages: in all of a small file, in a large one as far as it gets. Limited by pages too, because the same number of them takes a
    /// thousandth of a second where the machine has them in memory and many seconds on a disk that must look for each.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="most">How long it may take at most.</param>
    /// <param name="mostPages">About how many pages of 4 KiB it may read at most.</param>
    /// <returns>What was found, in SQLite's words, which name pages and tables and never their contents; empty when nothing was found.</returns>
    public static IReadOnlyList<string> QuickCheck(string path, TimeSpan most, int mostPages) => QuickCheck(path, most, mostPages, out _);

    /// <param name="path">The file.</param>
    /// <param name="most">How long it may take at most.</param>
    /// <param name="mostPages">About how many pages it may read at most.</param>
    /// <param name="pages">How many it read.</param>
    internal static IReadOnlyList<string> QuickCheck(string path, TimeSpan most, int mostPages, out int pages)
    {
        var (watch, read) = (Stopwatch.StartNew(), 0);
        var found = Check(path, "PRAGMA quick_check(10)", connection => raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, Ends, connection.Handle));
        pages = read;
        return found;

        // A step is a page of a tree that is checked, or an instruction about a row.
        int Ends(object handle)
        {
            _ = raw.sqlite3_db_status((sqlite3)handle, raw.SQLITE_DBSTATUS_CACHE_MISS, out read, out _, 0);
            return read > mostPages || watch.Elapsed > most ? 1 : 0;
        }
    }

    /// <summary>Reads every page, and compares every index with its table. Takes about two seconds a gigabyte.</summary>
    /// <param name="path">The file.</param>
    /// <returns>As <see cref="QuickCheck(string, TimeSpan, int)"/>.</returns>
    public static IReadOnlyList<string> FullCheck(string path) => Check(path, "PRAGMA integrity_check(100)", _ => { });

    /// <summary>Commits a write that changes nothing.</summary>
    /// <returns>Why the write does not succeed; null when it does.</returns>
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

    /// <summary>A connection that is closed when it is disposed of, and waits up to half a minute for other connections.</summary>
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

    private static IReadOnlyList<string> Check(string path, string pragma, Action<SqliteConnection> prepare)
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
        // Every text is a constant of this file, or a number.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
