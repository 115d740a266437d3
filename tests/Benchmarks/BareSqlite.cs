using System.Diagnostics;
using System.Text;
using SQLitePCL;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// The physical floor: rows of 300 bytes appended to one table, write-ahead log, synchronous FULL, through the same binding as the
/// store's; nothing else done. One by one, and many to a transaction.
/// </summary>
internal static class BareSqlite
{
    /// <summary>Appends a second.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="perCommit">Of these, how many to a commit.</param>
    /// <param name="bytes">Bytes of a row.</param>
    internal static double Append(int rows, int perCommit, int bytes = 300)
    {
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            return Append(Path.Combine(folder.FullName, "bare.db"), rows, perCommit, bytes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static double Append(string path, int rows, int perCommit, int bytes = 300)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null));
        using var connection = handle;
        Check(raw.sqlite3_exec(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16384; CREATE TABLE turn (no INTEGER PRIMARY KEY, body BLOB NOT NULL)"));
        Check(raw.sqlite3_prepare_v2(connection, "INSERT INTO turn (no, body) VALUES (?1, ?2)", out var insert));
        Check(raw.sqlite3_prepare_v2(connection, "BEGIN IMMEDIATE", out var begin));
        Check(raw.sqlite3_prepare_v2(connection, "COMMIT", out var commit));
        var body = Encoding.UTF8.GetBytes(new string('x', bytes));
        var clock = Stopwatch.StartNew();
        for (var row = 1; row <= rows;)
        {
            Run(begin);
            for (var n = 0; n < perCommit && row <= rows; n++, row++)
            {
                Check(raw.sqlite3_bind_int64(insert, 1, row));
                Check(raw.sqlite3_bind_blob(insert, 2, body));
                Run(insert);
            }

            Run(commit);
        }

        var rate = rows / clock.Elapsed.TotalSeconds;
        insert.Dispose();
        begin.Dispose();
        commit.Dispose();
        return rate;
    }

    private static void Run(sqlite3_stmt statement)
    {
        Check(raw.sqlite3_step(statement));
        Check(raw.sqlite3_reset(statement));
    }

    private static void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"SQLite {code}"));
        }
    }
}
