using IntegrationHub.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Tests.Sqlite;

/// <summary>Many callers, one thread and few flushes; what fails takes nothing else with it.</summary>
public sealed class GroupCommitTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sqlite-");
    private readonly DataFile file;

    public GroupCommitTests() =>
        file = DataFile.Open(Path.Combine(folder.FullName, "words.db"), [file => file.Run("CREATE TABLE word (n INTEGER PRIMARY KEY, said TEXT NOT NULL)")]);

    public void Dispose()
    {
        file.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Whoever_is_answered_is_on_the_disk_and_one_that_fails_fails_alone()
    {
        var committed = 0;
        var commits = new GroupCommit(file, "test-file", after: isCommitted => committed += isCommitted ? 1 : 0);
        using var held = new ManualResetEventSlim();
        var first = commits.RunAsync(_ => { held.Wait(); return 0; });
        var all = Enumerable.Range(0, 200)
            .Select(n => commits.RunAsync(f => f.Run("INSERT INTO word (n, said) VALUES ($0, $1)", n, n == 77 ? null : "said")))
            .ToList();
        held.Set();
        await first;

        for (var n = 0; n < all.Count; n++)
        {
            if (n == 77)
            {
                await Assert.ThrowsAsync<SqliteException>(() => all[n]);
            }
            else
            {
                Assert.Equal(1, await all[n]);
            }
        }

        using var reader = DataFile.OpenForReading(Path.Combine(folder.FullName, "words.db"));
        Assert.Equal(199L, reader.Scalar("SELECT count(*) FROM word"));
        commits.Dispose();
        Assert.InRange(committed, 1, 201);
    }

    [Fact]
    public async Task Callers_that_wait_share_a_flush()
    {
        var committed = 0;
        var commits = new GroupCommit(file, "test-file", after: _ => committed++);
        using var held = new ManualResetEventSlim();
        var first = commits.RunAsync(_ => { held.Wait(); return 0; });
        var all = Enumerable.Range(0, 400).Select(n => commits.RunAsync(f => f.Run("INSERT INTO word (said) VALUES ('said')"))).ToList();
        held.Set();

        await first;
        await Task.WhenAll(all);
        commits.Dispose();

        // The thread took the first alone, or was late enough to find all of them.
        Assert.InRange(committed, 1, 2);
    }

    [Fact]
    public async Task What_runs_before_each_commit_is_part_of_it()
    {
        var commits = new GroupCommit(file, "test-file", before: () => file.Run("INSERT INTO word (said) VALUES ('before')"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => commits.RunAsync<int>(_ => throw new InvalidOperationException("on purpose")));
        await commits.RunAsync(_ => 0);
        commits.Dispose();

        Assert.Equal(1L, file.Scalar("SELECT count(*) FROM word"));
    }

    [Fact]
    public async Task What_waits_is_written_before_it_closes_and_nothing_is_taken_after()
    {
        var commits = new GroupCommit(file, "test-file");
        using var held = new ManualResetEventSlim();
        var first = commits.RunAsync(_ => { held.Wait(); return 0; });
        var waiting = commits.RunAsync(f => f.Run("INSERT INTO word (said) VALUES ('waited')"));
        held.Set();
        commits.Dispose();

        Assert.Equal(0, await first);
        Assert.Equal(1, await waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => commits.RunAsync(_ => 0));
    }
}
