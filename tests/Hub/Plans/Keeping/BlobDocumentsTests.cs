using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Tests.Plans.Keeping;

/// <summary>The contract on Azure's own emulator of Blob Storage (npm: <c>cd tests/peers &amp;&amp; npm ci</c>).</summary>
public sealed class BlobDocumentsTests(Azurite azurite) : KeepingContract, IClassFixture<Azurite>
{
    private readonly string container = $"plans-{Guid.NewGuid():N}";

    [Fact]
    public async Task Tags_and_metadata_hold_the_reference_and_nothing_of_the_child()
    {
        await Open().PutOnceAsync("330/330-7K3M9Q2XH4TD/plan/v1-draft-0.json", "{}"u8.ToArray(), "application/json", Stop);

        var blob = Container().GetBlobClient("330/330-7K3M9Q2XH4TD/plan/v1-draft-0.json");
        var tags = (await blob.GetTagsAsync(cancellationToken: Stop)).Value.Tags;
        var properties = (await blob.GetPropertiesAsync(cancellationToken: Stop)).Value;

        Assert.Equal([("assessment", "330-7K3M9Q2XH4TD"), ("council", "330"), ("sort", "plan")], tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value)));
        Assert.Empty(properties.Metadata);
        Assert.Equal("application/json", properties.ContentType);
    }

    [Fact]
    public async Task A_container_that_is_not_there_is_no_empty_case()
    {
        azurite.Need();
        var documents = new BlobDocuments(azurite.Container($"none-{Guid.NewGuid():N}"), new(), Time);

        Assert.Equal(KeepingOutcome.Transient, (await documents.ReadAsync("330/a/manifest.json", Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Transient, (await documents.ListAsync("330/a", Stop)).Outcome);
    }

    protected override IDocumentStore Open(KeepingRules? rules = null) => new BlobDocuments(Container(), rules ?? new(), Time);

    protected override IDocumentStore OpenUnreachable()
    {
        azurite.Need();
        // Port 9 (discard) has no listener.
        var options = new BlobClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1), Mode = RetryMode.Fixed } };
        return new BlobDocuments(new BlobContainerClient(new Uri("http://127.0.0.1:9/plans/plans"), azurite.Key, options), new(), Time);
    }

    protected override Task OverwriteAsync(string name, byte[] bytes) => Container().GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, Stop);

    protected override async Task ScanAsync(string name, string words)
    {
        var blob = Container().GetBlobClient(name);
        var tags = (await blob.GetTagsAsync(cancellationToken: Stop)).Value.Tags;
        tags["Malware Scanning scan result"] = words;
        await blob.SetTagsAsync(tags, cancellationToken: Stop);
    }

    private BlobContainerClient Container()
    {
        azurite.Need();
        var client = azurite.Container(container);
        client.CreateIfNotExists(PublicAccessType.None, cancellationToken: Stop);
        return client;
    }
}

/// <summary>One Azurite for the tests of a class, in memory, on a free port, with a key of its own.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private Process? process;
    private string? address;
    private string missing = "";

    public StorageSharedKeyCredential Key => new("plans", key);

    public async ValueTask InitializeAsync()
    {
        var script = Path.Combine(Root(), "tests", "peers", "node_modules", "azurite", "dist", "src", "blob", "main.js");
        if (!File.Exists(script))
        {
            missing = "Azurite is not installed: cd tests/peers && npm ci";
            return;
        }

        var start = new ProcessStartInfo("node", [script, "--inMemoryPersistence", "--blobPort", "0", "--skipApiVersionCheck", "--disableTelemetry", "--silent"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AZURITE_ACCOUNTS"] = $"plans:{key}";
        var listening = new TaskCompletionSource<string?>();
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
            {
                listening.TrySetResult(match.Value);
            }
        };
        process.ErrorDataReceived += (_, _) => { };
        process.Exited += (_, _) => listening.TrySetResult(null);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        address = await listening.Task;
        missing = address is null ? "Azurite did not start." : "";
    }

    public ValueTask DisposeAsync()
    {
        process?.Kill(entireProcessTree: true);
        process?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test, and says why, where Azurite is not installed; fails it in continuous integration.</summary>
    internal void Need()
    {
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(missing.Length > 0, missing);
    }

    internal BlobContainerClient Container(string name) => new(new Uri($"{address}/plans/{name}"), Key);

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
