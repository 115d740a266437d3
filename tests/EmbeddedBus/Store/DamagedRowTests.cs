using IntegrationHub.EmbeddedBus.Store;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.Tests.Store;

/// <summary>A byte that changed on the disk inside a text: SQLite does not see it, the checksum of the row does.</summary>
public sealed class DamagedRowTests : IDisposable
{
    private readonly Shelf shelf = new();

    public void Dispose() => shelf.Dispose();

    [Theory]
    [InlineData("content SET bare = x'0053ff'")]
    [InlineData("content SET annotations = x'01'")]
    [InlineData("content SET sum = sum + 1")]
    [InlineData("content SET sum = NULL")]
    [InlineData("message SET message_id = 'other'")]
    [InlineData("message SET session_id = 'y'")]
    [InlineData("message SET sent_by = 'ods:RX2'")]
    public async Task What_nobody_sent_is_given_to_nobody(string damage)
    {
        await shelf.Send("plain", "bad");
        await shelf.Send("plain", "good");
        Run($"UPDATE {damage} WHERE seq = 1");

        Assert.Equal("good", (await shelf.Take(shelf.Queue)).MessageId);
        Assert.Empty(await shelf.Store.ReceiveAsync(shelf.Queue, null, 5, keep: true));
        var dead = await shelf.Take(shelf.Queue.DeadLetters!);
        Assert.Equal((1, DeadLetterReasons.Damaged), (dead.SequenceNumber, dead.DeadLetterReason));
        Assert.Equal(["message 1 is damaged."], Problems());
    }

    [Fact]
    public async Task A_session_goes_on_behind_a_damaged_message()
    {
        await shelf.Send("sessions", "bad", "x");
        await shelf.Send("sessions", "good", "x");
        Run("UPDATE content SET annotations = x'01' WHERE seq = 1");

        var session = await shelf.Store.AcceptSessionAsync(shelf.SessionQueue, null);
        Assert.Equal("good", (await shelf.Take(shelf.SessionQueue, session)).MessageId);
    }

    [Fact]
    public async Task Messages_that_could_not_be_read_are_free_again()
    {
        await shelf.Send("plain", "1");
        await shelf.Send("plain", "2");
        Run("ALTER TABLE content RENAME TO unreadable");
        // The hub's own receivers hold their locks without an end.
        await Assert.ThrowsAsync<SqliteException>(() => shelf.Store.ReceiveAsync(shelf.Queue, null, 5, keep: true, isOwn: true));
        Run("ALTER TABLE unreadable RENAME TO content");

        var read = await shelf.Store.ReceiveAsync(shelf.Queue, null, 5, keep: true, isOwn: true);
        Assert.Equal([("1", 0), ("2", 0)], read.Select(message => (message.MessageId!, message.DeliveryCount)));
    }

    [Fact]
    public async Task What_the_bus_changes_itself_is_no_damage()
    {
        await shelf.Send("plain", "1", at: shelf.Clock.GetUtcNow().AddMinutes(1));
        shelf.Clock.Advance(TimeSpan.FromMinutes(2));
        var ripe = await shelf.Take(shelf.Queue);
        await shelf.Store.SettleAsync(shelf.Queue, ripe.LockToken!.Value, new Settlement.Abandon { Rewrite = bare => [.. bare, 1] });
        var again = await shelf.Take(shelf.Queue);
        await shelf.Store.SettleAsync(shelf.Queue, again.LockToken!.Value, new Settlement.DeadLetter("r", null));
        Assert.True(await shelf.Store.ResubmitAsync(shelf.Queue, again.SequenceNumber));

        Assert.Equal([.. ripe.Bare, 1], (await shelf.Take(shelf.Queue)).Bare);
        Assert.DoesNotContain(await shelf.Store.PeekAsync(shelf.Queue, 0, null, 10), message => message.IsDamaged);
    }

    [Fact]
    public async Task A_file_from_before_there_were_sums_gets_them()
    {
        await shelf.Send("plain", "1");
        shelf.Store.Dispose();
        Run("ALTER TABLE content DROP COLUMN sum");
        Run("PRAGMA user_version = 0");
        Assert.Empty(Problems());
        shelf.Reopen();

        Assert.Equal("1", (await shelf.Take(shelf.Queue)).MessageId);
        Run("UPDATE content SET bare = x'00'");
        Assert.True(Assert.Single(await shelf.Store.PeekAsync(shelf.Queue, 0, null, 1)).IsDamaged);
    }

    private List<string> Problems()
    {
        var problems = new List<string>();
        BusFileCheck.Run(shelf.File, problems.Add);
        return problems;
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={shelf.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
