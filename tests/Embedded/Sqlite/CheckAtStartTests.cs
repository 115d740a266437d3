using IntegrationHub.Embedded.Tests.Contract;
using IntegrationHub.Orchestrations.Embedded;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>The check at the start finds damage in a small file, and reads no more of a large one than it may.</summary>
public sealed class CheckAtStartTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly DatabaseFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_reads_as_many_pages_as_it_may_and_no_more()
    {
        await FillAsync();
        Assert.Empty(SqliteFile.QuickCheck(folder.File, Long, int.MaxValue, out var all));
        Assert.InRange(all, new FileInfo(folder.File).Length / 4096, (new FileInfo(folder.File).Length / 4096) + 8);

        // It looks every 64 steps, and opening the file reads some pages without a step.
        Assert.Empty(SqliteFile.QuickCheck(folder.File, Long, all / 4, out var some));
        Assert.InRange(some, (all / 4) + 1, (all / 4) + 128);
    }

    [Fact]
    public async Task Damage_is_found_in_what_it_reads()
    {
        await FillAsync();
        await using (var file = File.Open(folder.File, FileMode.Open, FileAccess.Write))
        {
            file.Position = file.Length - 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 64).ToArray(), Cancelled);
        }

        Assert.NotEmpty(SqliteFile.QuickCheck(folder.File, Long, int.MaxValue));
    }

    /// <summary>On a full disk the file that SQLite's connections share cannot grow. A restore would not help, and would lose what came after the backup.</summary>
    [Theory]
    [InlineData(13, 13, true)] // FULL
    [InlineData(10, 4874, true)] // IOERR_SHMSIZE
    [InlineData(10, 778, true)] // IOERR_WRITE
    [InlineData(10, 266, false)] // IOERR_READ
    [InlineData(10, 522, false)] // IOERR_SHORT_READ
    [InlineData(11, 11, false)] // CORRUPT
    public void A_fault_of_the_disk_is_not_called_damage(int code, int extended, bool isOfDisk)
    {
        var why = SqliteFile.WhyUnavailable(new SqliteException("SQLite says no.", code, extended));

        Assert.Equal(isOfDisk, why?.Contains("neither full nor read-only", StringComparison.Ordinal) ?? false);
    }

    private async Task FillAsync()
    {
        await using var store = SqliteAssessmentStore.Open(folder.Settings);
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), Cancelled, async (n, cancellationToken) =>
            await store.CommitAsync(Turns.Of((await store.LoadAsync(Turns.Id(n), cancellationToken)).State, ["officer"], wakeAt: Turns.Monday.AddDays(n)), cancellationToken));
    }
}
