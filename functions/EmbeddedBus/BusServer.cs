using System.Globalization;
using System.Net.Sockets;
using Amqp;
using Amqp.Listener;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.InProcess;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.EmbeddedBus.Wire;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.EmbeddedBus;

/// <summary>
/// An AMQP 1.0 endpoint on the loopback address with the semantics of Azure Service Bus for the hub's entities: an agency's developer can
/// connect with Microsoft's own SDK and needs to install nothing else.
/// </summary>
public sealed class BusServer : IAsyncDisposable
{
    private const string PortFile = "port";

    private readonly BusOptions options;
    private readonly TimeProvider clock;
    private readonly TimeProvider tokenClock;
    private readonly IClockTrust? trust;
    private readonly ILogger log;
    private BusStore? store;
    private ConnectionListener? listener;
    private BusListener? sockets;

    /// <summary>Sets up the bus without starting it.</summary>
    /// <param name="options">The settings of the bus.</param>
    /// <param name="clock">The clock for messages and locks.</param>
    /// <param name="log">The log.</param>
    /// <param name="tokenClock">The clock of the issuer, by which tokens are checked, or null to use the same clock.</param>
    /// <param name="trust">Says whether the clock is trusted; null means always.</param>
    public BusServer(BusOptions options, TimeProvider clock, ILogger<BusServer> log, TimeProvider? tokenClock = null, IClockTrust? trust = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (this.options, this.clock, this.log, this.tokenClock, this.trust) = (options, clock, log, tokenClock ?? clock, trust);
    }

    /// <summary>The port on which the bus listens, once started.</summary>
    public int Port { get; private set; }

    /// <summary>Connection string of the key that allows everything, for SDKs on this machine.</summary>
    public string ConnectionString => ConnectionStringOf(BusKey.Root(options.RootSecret), Port);

    private BusStore Store => store ?? throw new InvalidOperationException("The bus is not started.");

    /// <summary>Connection string of a key, in the form that SDKs expect. The string includes the port unless it is the SDKs'
    /// default.</summary>
    public static string ConnectionStringOf(BusKey key, int port = BusOptions.SdkPort)
    {
        ArgumentNullException.ThrowIfNull(key);
        var host = port == BusOptions.SdkPort ? "localhost" : $"localhost:{port}";
        return $"Endpoint=sb://{host};SharedAccessKeyName={key.Name};SharedAccessKey={key.Secret};UseDevelopmentEmulator=true;";
    }

    /// <summary>The port on which the bus of this folder listened when it was last started, or null if it was never started.</summary>
    public static int? LastPort(string dataFolder) =>
        File.Exists(Path.Combine(dataFolder, PortFile))
        && int.TryParse(File.ReadAllText(Path.Combine(dataFolder, PortFile)), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>Opens the file and starts to listen.</summary>
    /// <exception cref="SocketException">The port is already in use.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file cannot be opened.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(options.DataFolder);
        var keys = options.AllKeys();
        store = new BusStore(Path.Combine(options.DataFolder, "bus.db"), new Topology(options.Entities, options.AllSubscriptions()), clock, fault => BusLog.LinkFailed(log, fault), options.SenderLimits, trust);
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

    /// <summary>Closes all connections and the file. Accepted messages stay in the file, and all locks end.</summary>
    public Task StopAsync()
    {
        try
        {
            listener?.Close();
        }
        catch (Exception fault) when (fault is ObjectDisposedException or AmqpException or IOException)
        {
            // The library closes the connections one by one, and stops at the first connection that its peer closes at the same moment.
            BusLog.FarewellFailed(log, fault.GetType().Name);
        }
        finally
        {
            // This closes the connections that the library left open.
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

    /// <summary>Receives the messages that are sent to the hub, within this process.</summary>
    /// <param name="messages">The greatest number of messages from one queue that the hub can hold unsettled at once.</param>
    /// <param name="sessions">The greatest number of sessions that the hub can hold at once.</param>
    public IBusSource Source(int messages, int sessions) => new InProcessSource(Store, messages, sessions);

    /// <summary>Reads, within this process, the messages to the hub that expired before the hub received them.</summary>
    public IExpiredMessages ExpiredMessages() => new InProcessExpiredMessages(Store);

    /// <summary>Sends messages to the bus, within this process.</summary>
    public IBusSender Sender() => new InProcessSender(Store);

    /// <summary>Counts the waiting messages and the dead letters of each queue and subscription.</summary>
    public Task<IReadOnlyList<MessageQueueCount>> CountAsync() => Store.CountAsync();

    /// <summary>Reads messages of a queue or subscription without locking them. Each message states which receiver holds it, if any. The
    /// result is null if the entity does not exist.</summary>
    /// <param name="path">Name of the queue, or <c>topic/Subscriptions/name</c>.</param>
    /// <param name="most">The greatest number of messages returned, oldest first.</param>
    public async Task<IReadOnlyList<StoredMessage>?> PeekAsync(string path, int most = 100) =>
        Store.Topology.FindQueue(path) is { } messageQueue ? await Store.PeekAsync(messageQueue, 0, null, most) : null;

    /// <summary>Reads the dead letters of a queue or subscription, oldest first. The result is null if the entity does not exist.</summary>
    /// <param name="path">Name of the queue, or <c>topic/Subscriptions/name</c>.</param>
    /// <param name="most">The greatest number of dead letters returned.</param>
    public async Task<IReadOnlyList<StoredMessage>?> DeadLettersAsync(string path, int most = 100) =>
        Store.Topology.FindQueue(path)?.DeadLetters is { } messageQueue ? await Store.PeekAsync(messageQueue, 0, null, most) : null;

    /// <summary>Sends one dead letter back to its original queue. The result is false if the entity or the dead letter does not exist, or
    /// if a receiver holds the dead letter.</summary>
    public async Task<bool> ResubmitAsync(string path, long sequenceNumber) =>
        Store.Topology.FindQueue(path) is { DeadLetters: not null } messageQueue && await Store.ResubmitAsync(messageQueue, sequenceNumber);
}
