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
