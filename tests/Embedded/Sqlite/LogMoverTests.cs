using System.Buffers.Binary;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>The log is moved beside the writer and starts again from its beginning; a reader that needs it delays that and sees what it saw.</summary>
public sealed class LogMoverTests : IDisposable
{
    private const int Pages = 32;

    /// <summary>Far more commits than any scheduling of two threads takes.</summary>
    private const int MaxCommits = 200_000;

    private readonly DatabaseFolder folder = new();
    private readonly Connection writer;
    private readonly Statement insert;

    public LogMoverTests()
    {
        writer = Connection.Open(folder.File, writes: true);
        writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE kept (no INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        insert = writer.Prepare("INSERT INTO kept (body) VALUES (zeroblob(3000))");
    }

    public void Dispose()
    {
        writer.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_log_starts_again_and_again_and_nothing_is_lost()
    {
        var commits = 0;
        using (var mover = new LogMover(folder.File, writer, Pages))
        {
            for (var starts = 0; starts < 5; starts++)
            {
                commits += CommitUntilTheLogStartsAgain(mover);
            }
        }

        Assert.Equal($"{commits}", writer.Scalar("SELECT count(*) FROM kept"));
        Assert.Equal("ok", writer.Scalar("PRAGMA integrity_check"));
    }

    [Fact]
    public void A_reader_keeps_what_it_saw_and_the_log_starts_again_once_it_is_gone()
    {
        using var mover = new LogMover(folder.File, writer, Pages);
        Commit(mover);
        using var reader = Connection.Open(folder.File, writes: false);
        reader.Execute("BEGIN");
        Assert.Equal("1", reader.Scalar("SELECT count(*) FROM kept"));
        var before = Starts();

        for (var n = 0; n < 20 * Pages; n++)
        {
            Commit(mover);
        }

        Assert.Equal(before, Starts());
        Assert.Equal("1", reader.Scalar("SELECT count(*) FROM kept"));

        reader.Execute("COMMIT");
        CommitUntilTheLogStartsAgain(mover);
    }

    private int CommitUntilTheLogStartsAgain(LogMover mover)
    {
        var before = Starts();
        for (var commits = 1; commits <= MaxCommits; commits++)
        {
            Commit(mover);
            if (Starts() != before)
            {
                return commits;
            }
        }

        Assert.Fail($"The log did not start again in {MaxCommits} commits.");
        return 0;
    }

    private void Commit(LogMover mover)
    {
        insert.Run();
        mover.Committed();
    }

    /// <summary>How often the log has started again: bytes 12 to 15 of its header (sqlite.org/fileformat2.html, 4.1).</summary>
    private uint Starts()
    {
        // Another handle of this process would take the writer's locks away when it is closed, were it one on the database; the log has none.
        using var log = new FileStream(folder.File + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[16];
        log.ReadExactly(header);
        return BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
    }
}
