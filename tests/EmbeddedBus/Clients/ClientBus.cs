using Azure.Messaging.ServiceBus;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Ports.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.EmbeddedBus.Tests.Clients;

/// <summary>A bus on a free port with short locks beside the hub's entities, for clients that others wrote.</summary>
internal sealed class ClientBus : IAsyncDisposable
{
    internal const string RootSecret = "root-secret-of-the-test";
    internal const string AgencySecret = "school-secret-of-the-test";
    internal static readonly TimeSpan ShortLock = TimeSpan.FromSeconds(2);

    private readonly string folder = Directory.CreateTempSubdirectory("hub-bus-").FullName;
    private readonly int port;

    private ClientBus(int port)
    {
        this.port = port;
        Server = Build(port);
    }

    internal static AgencyId School { get; } = Id("urn:100001");

    internal BusServer Server { get; private set; }

    internal string Folder => folder;

    /// <summary>Connection string of the key that allows everything.</summary>
    internal string Root => $"Endpoint=sb://localhost:{Server.Port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey={RootSecret};UseDevelopmentEmulator=true;";

    /// <summary>Starts one; on port 0 any that is free.</summary>
    internal static async Task<ClientBus> StartAsync(int port = 0)
    {
        var bus = new ClientBus(port == 0 ? FreePort.Take() : port);
        await bus.Server.StartAsync(TestContext.Current.CancellationToken);
        return bus;
    }

    internal async Task RestartAsync()
    {
        await Server.StopAsync();
        Server = Build(port);
        await Server.StartAsync(TestContext.Current.CancellationToken);
    }

    internal ServiceBusClient Client(int tries = 0) =>
        new(Root, new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = tries, TryTimeout = TimeSpan.FromSeconds(15), Delay = TimeSpan.FromMilliseconds(100) } });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static AgencyId Id(string text) => AgencyId.TryParse(text, out var id, out var problem) ? id : throw new ArgumentException(problem);

    private BusServer Build(int at) => new(
        new BusOptions
        {
            DataFolder = folder,
            RootSecret = RootSecret,
            Port = at,
            Agencies = [new BusAgency(School, AgencySecret), new BusAgency(Id("la:330/social-care"), "other-secret-of-the-test")],
            Subscriptions = [new BusSubscription(BusEntities.AdviceRequests.Name, "other", new CorrelationFilter(BusEntities.AgencyProperty, "urn:100002"))],
            Entities =
            [
                .. BusEntities.All,
                new BusEntity { Name = "short", Kind = BusEntityKind.Queue, Purpose = "Locks that end while a test waits.", LockDuration = ShortLock },
                new BusEntity { Name = "short-sessions", Kind = BusEntityKind.Queue, Purpose = "The same with sessions.", LockDuration = ShortLock, RequiresSession = true },
            ],
        },
        TimeProvider.System, NullLogger<BusServer>.Instance);
}
