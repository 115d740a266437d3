using System.Net.Sockets;
using Amqp.Listener;
using IntegrationHub.Local.Bus.Access;
using IntegrationHub.Local.Bus.Store;
using IntegrationHub.Local.Bus.Wire;

namespace IntegrationHub.Local.Bus;

/// <summary>
/// An AMQP 1.0 endpoint on the loopback address with the semantics of Azure Service Bus for the hub's entities: an agency's developer
/// points Microsoft's own SDK at it, and nothing else need be installed.
/// </summary>
public sealed class EmbeddedBus : IAsyncDisposable
{
    private readonly BusOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private BusStore? store;
    private ConnectionListener? listener;

    /// <summary>Sets the bus up without starting it.</summary>
    public EmbeddedBus(BusOptions options, TimeProvider clock, ILogger<EmbeddedBus> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (this.options, this.clock, this.log) = (options, clock, log);
    }

    /// <summary>The port it listens on, once started.</summary>
    public int Port { get; private set; }

    /// <summary>Connection string of the key that allows everything, for SDKs on this machine.</summary>
    public string ConnectionString => ConnectionStringOf(BusKey.Root(options.RootSecret));

    private BusStore Store => store ?? throw new InvalidOperationException("The bus is not started.");

    /// <summary>Connection string of a key, in the form that SDKs take.</summary>
    public static string ConnectionStringOf(BusKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return $"Endpoint=sb://localhost;SharedAccessKeyName={key.Name};SharedAccessKey={key.Secret};UseDevelopmentEmulator=true;";
    }

    /// <summary>Opens the file and listens.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file cannot be opened.</exception>
    public Task StartAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Directory.CreateDirectory(options.DataFolder);
        var keys = options.AllKeys();
        store = new BusStore(Path.Combine(options.DataFolder, "bus.db"), new Topology(options.Entities, options.AllSubscriptions()), clock);
        try
        {
            var sockets = new BusListener(options.Port, new Login(keys, options.AllowPlain), clock);
            Port = sockets.Port;
            var container = new BusContainer(store, keys, clock, log, sockets);
            listener = new ConnectionListener($"{BusListener.Scheme}://localhost:{Port}", container) { HandlerFactory = _ => container };
            listener.Open();
        }
        catch (SocketException)
        {
            store.Dispose();
            store = null;
            throw;
        }

        BusLog.Listening(log, Port);
        return Task.CompletedTask;
    }

    /// <summary>Closes all connections and the file. What was accepted is kept; what was locked stays locked until its time.</summary>
    public Task StopAsync()
    {
        listener?.Close();
        listener = null;
        store?.Dispose();
        store = null;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>How many messages wait in each queue and subscription, and how many are dead.</summary>
    public Task<IReadOnlyList<RoomCount>> CountAsync() => Store.Count();

    /// <summary>Dead letters of a queue or subscription, the oldest first; null when there is no such entity.</summary>
    /// <param name="path">Name of the queue, or <c>topic/Subscriptions/name</c>.</param>
    /// <param name="most">At most so many.</param>
    public async Task<IReadOnlyList<HeldMessage>?> DeadLettersAsync(string path, int most = 100) =>
        Store.Topology.FindRoom(path)?.DeadLetters is { } room ? await Store.Peek(room, 0, null, most) : null;

    /// <summary>Sends one dead letter back to where it died; false when there is no such entity or letter, or a receiver holds it.</summary>
    public async Task<bool> ResubmitAsync(string path, long sequenceNumber) =>
        Store.Topology.FindRoom(path) is { DeadLetters: not null } room && await Store.Resubmit(room, sequenceNumber);
}
