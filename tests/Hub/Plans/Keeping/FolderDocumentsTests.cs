using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Tests.Plans.Keeping;

public sealed class FolderDocumentsTests : KeepingContract, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plans-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_but_whole_documents_remains_after_writing()
    {
        await Open().PutOnceAsync("330/a/x", "one"u8.ToArray(), "text/plain", Stop);
        await Open().PutOnceAsync("330/a/x", "two"u8.ToArray(), "text/plain", Stop);

        var file = Assert.Single(folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
        Assert.Equal("x", file.Name);
        Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(file.FullName) & UnixFileMode.UserWrite) == 0);
    }

    [Fact]
    public async Task Of_many_who_put_one_name_at_once_one_is_the_first()
    {
        var documents = Open();

        var ends = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => documents.PutOnceAsync("330/a/x", new byte[] { (byte)i }, "text/plain", Stop))));

        var first = Assert.Single(ends.Index(), e => e.Item.Outcome == KeepingOutcome.Done).Index;
        Assert.All(ends.Where((_, i) => i != first), e => Assert.Equal(KeepingOutcome.AlreadyThere, e.Outcome));
        Assert.Equal([(byte)first], (await documents.ReadAsync("330/a/x", Stop)).Value!.Bytes);
    }

    [Theory]
    [InlineData(".abcd1234.x0z.part")]
    [InlineData(".abcd1234.x0z")]
    [InlineData(".probe-4711")]
    public async Task What_a_killed_hub_left_half_written_is_removed_at_the_next_start(string left)
    {
        await Open().PutOnceAsync("330/a/x", "one"u8.ToArray(), "text/plain", Stop);
        var beside = Path.Combine(folder.FullName, "330", "a", left);
        await File.WriteAllTextAsync(beside, "half", Stop);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(beside, UnixFileMode.UserRead);
        }

        Assert.Equal(1, PartialFiles.Remove(folder.FullName, DateTime.MaxValue));

        Assert.False(File.Exists(beside));
        Assert.Equal("one"u8.ToArray(), (await Open().ReadAsync("330/a/x", Stop)).Value!.Bytes);
    }

    [Fact]
    public async Task What_somebody_writes_now_and_what_is_no_half_document_stay()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "330"));
        var writing = Path.Combine(folder.FullName, "330", ".abcd1234.x0z.part");
        string[] others = [".x.lock", ".keep", "x.part", "abcd1234.x0z"];
        foreach (var other in others)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "330", other), "kept", Stop);
        }

        await using (new FileStream(writing, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
        {
            Assert.Equal(0, PartialFiles.Remove(folder.FullName, DateTime.MaxValue));
            Assert.True(File.Exists(writing));
        }

        Assert.Equal(1, PartialFiles.Remove(folder.FullName, DateTime.MaxValue));
        Assert.All(others, other => Assert.True(File.Exists(Path.Combine(folder.FullName, "330", other)), other));
    }

    [Fact]
    public async Task A_start_beside_writers_takes_no_document_from_them()
    {
        var documents = Open();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var sweeping = Task.Run(() =>
        {
            while (!ends.IsCancellationRequested)
            {
                PartialFiles.Remove(folder.FullName);
            }
        }, Stop);

        for (var n = 0; n < 200; n++)
        {
            var name = $"330/a/{n}";
            Assert.Equal(KeepingOutcome.Done, (await documents.PutOnceAsync(name, "one"u8.ToArray(), "text/plain", Stop)).Outcome);
            Assert.True(File.Exists(Path.Combine(folder.FullName, name)));
        }

        await ends.CancelAsync();
        await sweeping;
    }

    protected override IDocumentStore Open(KeepingRules? rules = null) => new FolderDocuments(folder.FullName, rules ?? new(), Time);

    protected override IDocumentStore OpenUnreachable() => new FolderDocuments(Path.Combine(folder.FullName, "not-mounted"), new(), Time);

    protected override Task OverwriteAsync(string name, byte[] bytes)
    {
        // As an administrator would: the file is read-only, the folder is not.
        File.Delete(Path.Combine(folder.FullName, name));
        return File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), bytes, Stop);
    }

    protected override Task ScanAsync(string name, string words) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name + ".scan"), words, Stop);
}
