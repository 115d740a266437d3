using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>Whoever writes the hub's file has each commit flushed before it is answered; nothing weaker is taken for it.</summary>
public sealed class DurabilityTests
{
    // https://www.sqlite.org/pragma.html#pragma_synchronous: OFF 0, NORMAL 1, FULL 2, EXTRA 3.
    private const string Full = "2";

    [Theory]
    [InlineData("OFF")]
    [InlineData("NORMAL")]
    [InlineData("FULL")]
    public void A_connection_that_flushes_each_commit_does_so_whatever_was_set_before(string before)
    {
        using var folder = new DatabaseFolder();
        using var connection = Connection.Open(folder.File, writes: true);
        connection.Execute($"PRAGMA journal_mode = WAL; PRAGMA synchronous = {before}");

        connection.FlushEachCommit();

        Assert.Equal(Full, connection.Scalar("PRAGMA synchronous"));
    }
}
