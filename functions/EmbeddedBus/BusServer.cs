using System.Globalization;
using System.Net.Sockets;
using Amqp;
using Amqp.Listener;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.InProcess;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.EmbeddedBus.Wire;
using IntegrationHub.Functions.Agencies;

namespace IntegrationHub.EmbeddedBus;

/// <summary>
/// An AMQP 1.0 endpoint on the loopback address with the semantics of Azure Service Bus for the hub's entities: an agency's developer
/// points Microsoft's own SDK at it, and needs to install nothing else.
/// </summary>
public sealed class BusServer : IAsyncDisposable
{
    private const string PortFile = "port";

    private readonly BusOptions options;
    private readonly TimeProvider clock;
    private readonly TimeProvider tokenClock;
    private readonly ILogger log;
    private BusStore? store;
    private ConnectionListener? listener;
    private BusListener? sockets;

    /// <summary>Sets the bus up without starting it.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="clock">Time of messages and locks.</param>
    /// <param name="log">The log.</param>
    /// <param name="tokenClock">Time by which tokens are checked: that of the issuer. Null: the same clock.</param>
    public BusServer(BusOptions options, TimeProvider clock, ILogger<BusServer> log, TimeProvider? tokenClock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (this.options, this.clock, this.log, this.tokenClock) = (options, clock, log, tokenClock ?? clock);
    }

    /// <summary>The port it listens on, once started.</summary>
    public int Port { get; private set; }

    /// <summary>Connection string of the key that allows everything, for SDKs on this machine.</summary>
    public string ConnectionString => ConnectionStringOf(BusKey.Root(options.RootSecret), Port);

    private BusStore Store => store ?? throw new InvalidOperationException("The bus is not started.");

    /// <summary>Connection string of a key, in the form that SDKs take. The port is given unless it is the one that SDKs use by default.</summary>
    public static string ConnectionStringOf(BusKey key, int port = BusOptions.SdkPort)
    {
        ArgumentNullException.ThrowIfNull(key);
        var host = port == BusOptions.SdkPort ? "localhost" : $"localhost:{port}";
        return $"Endpoint=sb://{host};SharedAccessKeyName={key.Name};SharedAccessKey={key.Secret};UseDevelopmentEmulator=true;";
    }

    /// <summary>The port on which the bus of this folder listened when it was last started; null when it never was.</summary>
    public static int? LastPort(string dataFolder) =>
        File.Exists(Path.Combine(dataFolder, PortFile))
        && int.TryParse(File.ReadAllText(Path.Combine(dataFolder, PortFile)), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>Opens the file and listens.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file cannot be opened.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(options.DataFolder);
        var keys = options.AllKeys();
        store = new BusStore(Path.Combine(options.DataFolder, "bus.db"), new Topology(options.Entities, options.AllSubscriptions()), clock, fault => BusLog.LinkFailed(log, fault), options.SenderBounds);
        try
        {
            sockets = new BusListener(options.Port, new Login(keys, options.AllowPlain), clock, options.MaxConnections);
            Port = sockets.Port;
            var container = new BusContainer(store, keys, clock, tokenClock, log, sockets);
            listener = new ConnectionListener($"{BusListener.Scheme}://localhost:{Port}", container) { HandlerFactory = _ => container };
            listener.Open();
            File.WriteAllText(Path.Combine(options.DataFolder, PortFile), Port.ToString(CultureInfo.InvariantCulture));
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

    /// <summary>Closes all connections and the file. What was accepted is kept; what was locked stays locked until its lock ends.</summary>
    public Task StopAsync()
    {
        try
        {
            listener?.Close();
        }
        catch (Exception fault) when (fault is ObjectDisposedException or AmqpException or IOException)
        {
            // The library closes one connection after the other, and stops at the first that its peer ends at the same moment.
            BusLog.FarewellFailed(log, fault.GetType().Name);
        }
        finally
        {
            // The others are closed here.
            sockets?.Dispose();
        }

        sockets = null;
        listener = null;
        store?.Dispose();
        store = null;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>The hub's messages, in this process.</summary>
    /// <param name="messages">Messages of one queue that the hub may hold unsettled at once.</param>
    /// <param name="sessions">Sessions that the hub may take at once.</param>
    public IBusSource Source(int messages, int sessions) => new InProcessSource(Store, messages, sessions);

    /// <summary>Messages to the hub whose time to live had ended before it took them, in this process.</summary>
    public IExpiredMessages Lapsed() => new InProcessLapsed(Store);

    /// <summary>Sends to the bus, in this process.</summary>
    public IBusSender Sender() => new InProcessSender(Store);

    /// <summary>How many messages wait in each queue and subscription, and how many are dead letters.</summary>
    public Task<IReadOnlyList<RoomCount>> CountAsync() => Store.CountAsync();

    /// <summary>Messages of a queue or subscription as they are, with who holds each; null when there is no such entity.</summary>
    /// <param name="path">Name of the queue, or <c>topic/Subscriptions/name</c>.</param>
    /// <param name="most">The largest number returned, the oldest first.</param>
    public async Task<IReadOnlyList<HeldMessage>?> PeekAsync(string path, int most = 100) =>
        Store.Topology.FindRoom(path) is { } room ? await Store.PeekAsync(room, 0, null, most) : null;

    /// <summary>Dead letters of a queue or subscription, the oldest first; null when there is no such entity.</summary>
    /// <param name="path">Name of the queue, or <c>topic/Subscriptions/name</c>.</param>
    /// <param name="most">The largest number returned.</param>
    public async Task<IReadOnlyList<HeldMessage>?> DeadLettersAsync(string path, int most = 100) =>
        Store.Topology.FindRoom(path)?.DeadLetters is { } room ? await Store.PeekAsync(room, 0, null, most) : null;

    /// <summary>Sends one dead letter back to the queue it came from; false when there is no such entity or letter, or a receiver holds it.</summary>
    public async Task<bool> ResubmitAsync(string path, long sequenceNumber) =>
        Store.Topology.FindRoom(path) is { DeadLetters: not null } room && await Store.ResubmitAsync(room, sequenceNumber);
}
