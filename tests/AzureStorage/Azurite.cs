using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Blobs;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Orchestrations.AzureStorage;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>Azure's own emulator of tables and blobs (npm: <c>cd tests/peers &amp;&amp; npm ci</c>), in memory, on free ports, with a key of its own.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    private const string Account = "hub";

    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private Process? process;
    private Uri? blobs;
    private Uri? tables;
    private string missing = "";

    public async ValueTask InitializeAsync()
    {
        var script = Path.Combine(Repository.Root, "tests", "peers", "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            missing = "Azurite is not installed: cd tests/peers && npm ci";
            return;
        }

        string[] arguments = [script, "--inMemoryPersistence", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--skipApiVersionCheck", "--disableTelemetry", "--silent"];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key}";
        var listening = new TaskCompletionSource();
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Heard(line.Data, listening);
        process.ErrorDataReceived += (_, _) => { };
        process.Exited += (_, _) => listening.TrySetResult();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await listening.Task;
        missing = blobs is null || tables is null ? "Azurite did not start." : "";
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

    internal TableServiceClient Tables(TableClientOptions? options = null) => new(tables!, new TableSharedKeyCredential(Account, key), options);

    internal BlobServiceClient Blobs(BlobClientOptions? options = null) => new(blobs!, new StorageSharedKeyCredential(Account, key), options);

    /// <summary>A store on the named tables, whose requests all pass through <paramref name="policy"/> first.</summary>
    internal AzureAssessmentStore Store(AzureStoreSettings settings, HttpPipelinePolicy? policy = null)
    {
        // Refusals are answers; a fault that a test plants is not to be retried away.
        var tableOptions = new TableClientOptions { Retry = { MaxRetries = policy is null ? 3 : 0 } };
        var blobOptions = new BlobClientOptions { Retry = { MaxRetries = policy is null ? 3 : 0 } };
        if (policy is not null)
        {
            tableOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
            blobOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        return new AzureAssessmentStore(Tables(tableOptions), Blobs(blobOptions), settings);
    }

    /// <summary>Names that nobody else uses, with their tables and container.</summary>
    internal async Task<AzureStoreSettings> FreshAsync(int? largestInline = null)
    {
        Need();
        var name = $"t{Guid.NewGuid():N}";
        var settings = new AzureStoreSettings { Assessments = name + "a", Due = name + "d", Lists = name + "l", Agencies = name + "g", Container = name };
        settings = largestInline is { } limit ? settings with { LargestInline = limit } : settings;
        await Store(settings).CreateAsync(TestContext.Current.CancellationToken);
        return settings;
    }

    private void Heard(string? line, TaskCompletionSource listening)
    {
        if (Listening().Match(line ?? "") is { Success: true } match)
        {
            var address = new Uri($"{match.Groups["address"].Value}/{Account}");
            (blobs, tables) = match.Groups["service"].Value == "Blob" ? (address, tables) : (blobs, match.Groups["service"].Value == "Table" ? address : tables);
            if (blobs is not null && tables is not null)
            {
                listening.TrySetResult();
            }
        }
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}

/// <summary>Where the repository lies.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
