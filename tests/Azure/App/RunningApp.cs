using System.Diagnostics;
using System.Text.Json;
using Azure.Data.Tables;
using IntegrationHub.Azure.Hosting;
using IntegrationHub.Azure.Tests.App;
using IntegrationHub.Durable.Tests.Storage;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage;

[assembly: AssemblyFixture(typeof(RunningApp))]

namespace IntegrationHub.Azure.Tests.App;

/// <summary>
/// The app as it is published, started under a Functions host's side of the protocol: storage that asks for an identity, an endpoint that
/// gives the app one, an issuer of callers' tokens, and the real engine of the backend "storage".
/// </summary>
public sealed class RunningApp : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-app-");
    private readonly List<string> said = [];
    private SecureAzurite? storage;
    private Identities? identities;
    private StorageSidecar? engine;
    private AzureStorage.Tests.Azurite? engineStorage;
    private Process? process;

    internal FunctionsHost Host { get; private set; } = null!;

    /// <summary>From the start of the process to functions that are loaded, and to the first answer over HTTP.</summary>
    internal (TimeSpan Loaded, TimeSpan Answered) Cold { get; private set; }

    /// <summary>What the app and its host wrote.</summary>
    internal string Said
    {
        get
        {
            lock (said)
            {
                return string.Join('\n', said.Concat(Host.Logs));
            }
        }
    }

    internal AzureAssessmentStore Store => new(storage!.Tables, storage.Blobs);

    internal TableClient Table(string name) => storage!.Tables.GetTableClient(name);

    internal string Token(string role = "council-officer", string council = "330") => identities!.Token(role, council);

    public async ValueTask InitializeAsync()
    {
        var script = Path.Combine(Source.Root, "tests", "peers", "node_modules", "azurite", "dist", "src", "azurite.js");
        Assert.SkipUnless(File.Exists(script) || Environment.GetEnvironmentVariable("CI") == "true", "Azurite is not installed: cd tests/peers && npm ci");
        var published = Path.Combine(folder.FullName, "app");
        var publishing = RunAsync("dotnet", "publish", Path.Combine(Source.Root, "functions", "Azure"), "-c", Configuration, "--no-build", "--no-restore", "-p:ServiceBusTriggers=without", "-o", published, "-v", "q");
        storage = await SecureAzurite.StartAsync(script, folder.FullName);
        identities = await Identities.StartAsync();
        engineStorage = new AzureStorage.Tests.Azurite();
        await engineStorage.InitializeAsync();
        engine = await StorageSidecar.StartAsync(engineStorage.ConnectionString, "assessments");
        await FillAsync();
        await publishing;
        Host = await FunctionsHost.StartAsync(published);
        Host.DurableClient = JsonSerializer.Serialize(new { taskHubName = "assessments", rpcBaseUrl = engine.Address, maxGrpcMessageSizeInBytes = 4 << 20 });
        await StartAsync(published);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
            running.Dispose();
        }

        await (Host?.DisposeAsync() ?? default);
        await (engine?.DisposeAsync() ?? default);
        await (engineStorage?.DisposeAsync() ?? default);
        await (identities?.DisposeAsync() ?? default);
        storage?.Dispose();
        folder.Delete(recursive: true);
    }

    private static string Configuration => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    private async Task StartAsync(string published)
    {
        var (worker, request) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        string[] arguments =
        [
            Path.Combine(published, "IntegrationHub.Azure.dll"),
            "--functions-uri", Host.Address.AbsoluteUri, "--functions-worker-id", worker, "--functions-request-id", request, "--functions-grpc-max-message-length", "2147483647",
            "--host", Host.Address.Host, "--port", $"{Host.Address.Port}", "--workerId", worker, "--requestId", request, "--grpcMaxMessageLength", "2147483647",
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = published };
        foreach (var (name, value) in Settings(published))
        {
            start.Environment[name] = value;
        }

        var began = Stopwatch.GetTimestamp();
        process = Process.Start(start)!;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await Host.TakeInAsync();
            var loaded = Stopwatch.GetElapsedTime(began);
            using var live = await Host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/health/live"));
            Cold = (loaded, Stopwatch.GetElapsedTime(began));
            Assert.True(live.IsSuccessStatusCode);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"The app did not start. It said:\n{Said}", fault);
        }
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.Add(line.Data ?? "");
        }
    }

    /// <summary>As infra/modules/app.bicep sets them, with what stands in for Azure here.</summary>
    private Dictionary<string, string> Settings(string published) => new()
    {
        ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
        ["FUNCTIONS_APPLICATION_DIRECTORY"] = published,
        ["FUNCTIONS_WORKER_DIRECTORY"] = published,
        ["IDENTITY_ENDPOINT"] = new Uri(identities!.Address, "/identity").AbsoluteUri,
        ["IDENTITY_HEADER"] = "header",
        ["SSL_CERT_FILE"] = storage!.Certificate,
        ["Hub__Tables"] = storage.TableAddress.AbsoluteUri,
        ["Hub__Blobs"] = storage.BlobAddress.AbsoluteUri,
        ["Hub__ServiceBus"] = "localhost",
        ["Hub__IdentityClientId"] = "00000000-0000-0000-0000-000000000002",
        ["Hub__Vault"] = "https://localhost/",

        // No key vault stands in for Azure's here: tests/Azure/VaultKeysTests reads its protocol.
        ["Hub__KeysInBlobs"] = "true",
        ["Hub__Address"] = "https://hub.example.gov.uk",
        ["Access__Authority"] = identities.Address.AbsoluteUri.TrimEnd('/'),
        ["Access__RequireHttpsMetadata"] = "false",
        ["Access__Audience"] = Identities.Audience,
        ["Monitor__Authority"] = identities.Address.AbsoluteUri.TrimEnd('/'),
        ["Monitor__ClientId"] = "the-monitor",
        ["Proxy__Known"] = "127.0.0.1,::1",
        ["Proxy__PublicAddress"] = "https://hub.example.gov.uk",
    };

    /// <summary>What infra makes, and the councils that a person puts into the container.</summary>
    private async Task FillAsync()
    {
        var (options, store) = (new AzureHubOptions(), new AzureStoreOptions());
        foreach (var table in new[] { store.Agencies, store.Assessments, store.Due, store.Lists, options.Notices, options.AccessLog, options.Fhir, options.Drivers })
        {
            await storage!.Tables.CreateTableAsync(table);
        }

        foreach (var container in new[] { store.Container, options.Documents, options.Settings, options.FhirBodies, options.NoticeBodies, options.Shared })
        {
            await storage!.Blobs.CreateBlobContainerAsync(container);
        }

        IReadOnlyList<CouncilProfile> councils = [Council.Rules.Councils.First()];
        await storage!.Blobs.GetBlobContainerClient(options.Settings).GetBlobClient("councils.json")
            .UploadAsync(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(councils, SettingsJson.Default.IReadOnlyListCouncilProfile)));
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var text = await output + await errors;
        Assert.True(process.ExitCode == 0, text);
    }
}
