using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>Azure's own emulator of tables, blobs and queues (npm: <c>cd tests/peers &amp;&amp; npm ci</c>), in memory, on free ports, with a key of its own.</summary>
internal sealed partial class AzuriteProcess : IDisposable
{
    private const string Account = "hub";

    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly TaskCompletionSource listening = new();
    private readonly Process process;
    private Uri? blobs;
    private Uri? tables;
    private Uri? queues;

    private AzuriteProcess()
    {
        string[] arguments = [Script, "--inMemoryPersistence", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--skipApiVersionCheck", "--disableTelemetry", "--silent"];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key}";
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, _) => { };
        process.Exited += (_, _) => listening.TrySetResult();
    }

    internal static bool IsInstalled => File.Exists(Script);

    /// <summary>All three services, for whoever takes a connection string.</summary>
    internal string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};BlobEndpoint={blobs};QueueEndpoint={queues};TableEndpoint={tables};";

    /// <summary>Bytes of memory that it has in use.</summary>
    internal long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    private static string Script => Path.Combine(Repository.Root, "tests", "peers", "node_modules", "azurite", "dist", "src", "azurite.js");

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    internal static async Task<AzuriteProcess> StartAsync()
    {
        var azurite = new AzuriteProcess();
        azurite.process.Start();
        azurite.process.BeginOutputReadLine();
        azurite.process.BeginErrorReadLine();
        await azurite.listening.Task;
        return azurite.IsWhole ? azurite : throw new InvalidOperationException("Azurite did not start.");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    internal TableServiceClient Tables(TableClientOptions? options = null) => new(tables!, new TableSharedKeyCredential(Account, key), options);

    internal BlobServiceClient Blobs(BlobClientOptions? options = null) => new(blobs!, new StorageSharedKeyCredential(Account, key), options);

    private bool IsWhole => blobs is not null && tables is not null && queues is not null;

    private void Heard(string? line)
    {
        if (Listening().Match(line ?? "") is { Success: true } match)
        {
            var address = new Uri($"{match.Groups["address"].Value}/{Account}");
            switch (match.Groups["service"].Value)
            {
                case "Blob": blobs = address; break;
                case "Table": tables = address; break;
                default: queues = address; break;
            }

            if (IsWhole)
            {
                listening.TrySetResult();
            }
        }
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
