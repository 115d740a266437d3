using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Durable.Tests.Storage;

/// <summary>
/// What the Functions host does for a worker: the real engine of the backend "storage" over queues, tables and blobs, behind the protocol
/// by which the worker speaks to it.
/// </summary>
internal sealed class StorageSidecar : IAsyncDisposable
{
    private readonly WebApplication app;

    private StorageSidecar(WebApplication app) => this.app = app;

    internal string Address => app.Urls.First();

    /// <param name="connection">Connection string of the storage.</param>
    /// <param name="taskHub">Name of the task hub: what is in it outlives the sidecar.</param>
    internal static async Task<StorageSidecar> StartAsync(string connection, string taskHub)
    {
        var service = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = new StorageAccountClientProvider(connection),
            TaskHubName = taskHub,
            AppName = "hub",
            PartitionCount = 1,
            LoggerFactory = NullLoggerFactory.Instance,

            // One worker after another has the same name, so that it has its partition back at once; and what the last one held comes again
            // after a second, instead of the five minutes that suit a host which is seldom killed.
            WorkerId = "worker",
            ControlQueueVisibilityTimeout = TimeSpan.FromSeconds(2),
            WorkItemQueueVisibilityTimeout = TimeSpan.FromSeconds(2),
            MaxQueuePollingInterval = TimeSpan.FromMilliseconds(50),
            ThrowExceptionOnInvalidDedupeStatus = false,
        });
        await service.CreateIfNotExistsAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.WebHost.UseUrls();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(StoppableService.Of(service));
        builder.Services.AddSingleton<IOrchestrationServiceClient>(service);
        builder.Services.AddOptions<TaskHubGrpcServerOptions>();
        builder.Services.AddSingleton<TaskHubGrpcServer>();
        var app = builder.Build();
        app.MapGrpcService<TaskHubGrpcServer>();
        await app.StartAsync();
        return new StorageSidecar(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
