using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Amqp;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Ports.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.EmbeddedBus.Tests.Brokers;

/// <summary>The hub's AMQP client on a broker that others wrote: RabbitMQ with its AMQP 1.0 plugin, as Debian ships it.</summary>
public sealed class OnRabbit(RabbitServer server) : BrokerContract, IClassFixture<RabbitServer>
{
    internal override async Task<TestBroker> StartAsync()
    {
        var missing = server.Missing;
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.True(missing is null, missing);
        }

        Assert.SkipUnless(missing is null, missing ?? "");
        await server.EmptyAsync();
        return new RabbitBroker(server.Port);
    }
}

internal sealed class RabbitBroker : TestBroker
{
    private readonly int port;
    private readonly List<Connection> connections = [];

    internal RabbitBroker(int port)
    {
        this.port = port;
        Line = new CuttableLine(port);
        Options = new BrokerOptions
        {
            Address = new Uri($"amqp://127.0.0.1:{Line.Port}"),
            Login = BrokerLogin.Plain,
            KeyName = "guest",
            Key = "guest",
            ServiceBus = false,
            QueueAddress = "/amq/queue/{entity}",
            TopicAddress = "/exchange/{entity}/{subscription}",
        };
    }

    internal override BrokerOptions Options { get; }

    internal override CuttableLine Line { get; }

    private protected override (IBusSender Sender, IBusSource Source, IAsyncDisposable Client) Open()
    {
        var connection = new BrokerConnection(Options, NullLogger<BrokerConnection>.Instance);
        return (new BrokerSender(connection), new BrokerSource(connection), connection);
    }

    internal override string SubscriptionAt(string topic) => $"/amq/queue/{RabbitServer.SubscriptionQueue(topic, Agency)}";

    internal override string DeadLettersAt(string queue) => $"/amq/queue/{queue}.dead";

    internal override async Task<Connection> ConnectAsync()
    {
        var connection = await new ConnectionFactory().CreateAsync(new Address("127.0.0.1", port, "guest", "guest", "/", "amqp"));
        connections.Add(connection);
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var connection in connections.Where(connection => !connection.IsClosed))
        {
            await connection.CloseAsync(TimeSpan.FromSeconds(5), null);
        }
    }
}

/// <summary>One RabbitMQ for the class: ports, data and node name of its own, so that one that runs on the machine is left alone.</summary>
public sealed class RabbitServer : IAsyncLifetime
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-rabbit-");
    private readonly (int Amqp, int Distribution, int Names) ports = (FreePort.Take(), FreePort.Take(), FreePort.Take());
    private Process? process;

    /// <summary>Why it cannot be used; null when it runs.</summary>
    internal string? Missing { get; private set; } = "RabbitMQ is not installed: apt-get install rabbitmq-server.";

    internal int Port => ports.Amqp;

    internal static string SubscriptionQueue(string topic, Contracts.Identifiers.AgencyId agency) => $"{topic}.{BusEntities.SubscriptionName(agency)}";

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
        {
            return;
        }

        Write("definitions.json", Definitions().ToJsonString());
        Write("enabled_plugins", "[rabbitmq_amqp1_0].");
        Write("rabbitmq.conf", $"""
            listeners.tcp.1 = 127.0.0.1:{ports.Amqp}
            amqp1_0.default_user = guest
            amqp1_0.default_vhost = /
            load_definitions = {Path.Combine(folder.FullName, "definitions.json")}
            """);
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["HOME"] = folder.FullName,
                ["RABBITMQ_NODENAME"] = $"hub{ports.Amqp}@localhost",
                ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder.FullName, "mnesia"),
                ["RABBITMQ_LOG_BASE"] = Path.Combine(folder.FullName, "log"),
                ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder.FullName, "rabbitmq.conf"),
                ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder.FullName, "enabled_plugins"),
                ["RABBITMQ_DIST_PORT"] = $"{ports.Distribution}",
                ["ERL_EPMD_PORT"] = $"{ports.Names}",
                ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
                ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
            },
        };
        process = Process.Start(start) ?? throw new InvalidOperationException("RabbitMQ does not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!await AnswersAsync())
        {
            Assert.False(process.HasExited, "RabbitMQ ended while it started; see its log.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Missing = null;
    }

    /// <summary>Takes away what an earlier test left.</summary>
    internal async Task EmptyAsync()
    {
        var connection = await new ConnectionFactory().CreateAsync(new Address("127.0.0.1", Port, "guest", "guest", "/", "amqp"));
        foreach (var queue in Queues())
        {
            var reader = new ReceiverLink(new Session(connection), $"empty-{queue}", $"/amq/queue/{queue}");
            while (await reader.ReceiveAsync(TimeSpan.FromMilliseconds(100)) is { } left)
            {
                reader.Accept(left);
            }
        }

        // Not session by session, and without waiting: this broker now and then never answers the end of a session. It reads what was
        // accepted before it reads the close.
        connection.Close(TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await EndNamesAsync();
        }

        process?.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>The name server that Erlang starts on the way is no child of ours; it is asked to end, at its own port.</summary>
    private async Task EndNamesAsync()
    {
        var start = new ProcessStartInfo("epmd", ["-kill"]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["ERL_EPMD_PORT"] = $"{ports.Names}" } };
        using var ending = Process.Start(start);
        await ending!.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Queues() =>
    [
        .. BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Queue).SelectMany(queue => new[] { queue.Name, $"{queue.Name}.dead" }),
        .. BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Topic).Select(topic => SubscriptionQueue(topic.Name, TestBroker.Agency)),
    ];

    /// <summary>The hub's entities in RabbitMQ's words: queues with a dead-letter queue each, a direct exchange a topic with one bound queue an agency.</summary>
    private static JsonObject Definitions()
    {
        JsonObject Queue(string name, string? dead) => new()
        {
            ["name"] = name,
            ["vhost"] = "/",
            ["durable"] = true,
            ["auto_delete"] = false,
            ["arguments"] = dead is null ? new JsonObject() : new JsonObject { ["x-dead-letter-exchange"] = "", ["x-dead-letter-routing-key"] = dead },
        };
        var topics = BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Topic).Select(topic => topic.Name).ToList();
        return new JsonObject
        {
            ["users"] = new JsonArray(new JsonObject { ["name"] = "guest", ["password"] = "guest", ["tags"] = "administrator" }),
            ["vhosts"] = new JsonArray(new JsonObject { ["name"] = "/" }),
            ["permissions"] = new JsonArray(new JsonObject { ["user"] = "guest", ["vhost"] = "/", ["configure"] = ".*", ["write"] = ".*", ["read"] = ".*" }),
            ["queues"] = new JsonArray([.. Queues().Select(name => (JsonNode)Queue(name, BusEntities.All.Any(entity => entity.Name == name) ? $"{name}.dead" : null))]),
            ["exchanges"] = new JsonArray([.. topics.Select(name => (JsonNode)new JsonObject { ["name"] = name, ["vhost"] = "/", ["type"] = "direct", ["durable"] = true, ["auto_delete"] = false, ["internal"] = false, ["arguments"] = new JsonObject() })]),
            ["bindings"] = new JsonArray([.. topics.Select(name => (JsonNode)new JsonObject
            {
                ["source"] = name, ["vhost"] = "/", ["destination"] = SubscriptionQueue(name, TestBroker.Agency), ["destination_type"] = "queue",
                ["routing_key"] = BusEntities.SubscriptionName(TestBroker.Agency), ["arguments"] = new JsonObject(),
            })]),
        };
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            var connection = await new ConnectionFactory().CreateAsync(new Address("127.0.0.1", Port, "guest", "guest", "/", "amqp"));
            await connection.CloseAsync();
            return true;
        }
        catch (Exception notYet) when (notYet is SocketException or AmqpException or IOException)
        {
            return false;
        }
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text + "\n");
}
