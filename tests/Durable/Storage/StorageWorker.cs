using System.Text.Json;
using Grpc.Net.Client;
using IntegrationHub.AzureStorage.Tests;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Durable.Tests.Storage;

/// <summary>A worker and a client of a sidecar.</summary>
internal sealed class StorageWorker : IRunningTasks
{
    private readonly IHost host;
    private readonly GrpcChannel channel;
    private readonly IAsyncDisposable? own;

    private StorageWorker(IHost host, GrpcChannel channel, IAsyncDisposable? own) => (this.host, this.channel, this.own) = (host, channel, own);

    public DurableTaskClient Client => host.Services.GetRequiredService<DurableTaskClient>();

    /// <param name="address">Address of the sidecar.</param>
    /// <param name="register">Registers orchestrator and activities.</param>
    /// <param name="version">The worker's version, and that of instances it starts; null for none.</param>
    /// <param name="own">Ends with the worker.</param>
    internal static async Task<StorageWorker> StartAsync(string address, Action<DurableTaskRegistry> register, string? version = null, IAsyncDisposable? own = null)
    {
        var channel = GrpcChannel.ForAddress(address);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddDurableTaskWorker(worker =>
        {
            worker.AddTasks(register);
            worker.UseGrpc(channel);
            if (version is not null)
            {
                worker.UseVersioning(AsTheApp(version));
            }
        });
        builder.Services.AddDurableTaskClient(client =>
        {
            client.UseGrpc(channel);
            if (version is not null)
            {
                client.UseDefaultVersion(version);
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return new StorageWorker(host, channel, own);
    }

    /// <summary>As host.json says it for the app.</summary>
    private static DurableTaskWorkerOptions.VersioningOptions AsTheApp(string version)
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")));
        var durable = host.RootElement.GetProperty("extensions").GetProperty("durableTask");
        return new()
        {
            Version = version,
            DefaultVersion = version,
            MatchStrategy = Enum.Parse<DurableTaskWorkerOptions.VersionMatchStrategy>(durable.GetProperty("versionMatchStrategy").GetString()!),
            FailureStrategy = Enum.Parse<DurableTaskWorkerOptions.VersionFailureStrategy>(durable.GetProperty("versionFailureStrategy").GetString()!),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        channel.Dispose();
        await (own?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
