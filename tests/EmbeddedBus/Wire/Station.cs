using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Ports.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>A bus on a free port, under a clock that only the test moves, and AMQPNetLite clients for it.</summary>
internal sealed class Station : IAsyncDisposable
{
    internal const string RootSecret = "root-secret-of-the-test";

    private readonly string folder = Directory.CreateTempSubdirectory("hub-bus-").FullName;
    private readonly List<Connection> connections = [];
    private BusServer bus;

    private readonly AgencyId agency;

    private readonly Func<BusOptions, BusOptions> change;

    private Station(AgencyId agency, Func<BusOptions, BusOptions>? change, DateTimeOffset now)
    {
        (this.agency, this.change, Clock) = (agency, change ?? (options => options), new FakeTimeProvider(now));
        bus = Build(FreePort.Take());
    }

    internal FakeTimeProvider Clock { get; }

    internal BusServer Bus => bus;

    /// <param name="agency">Who takes part; a school where null.</param>
    /// <param name="change">What is other than usual.</param>
    /// <param name="now">The first instant of its clock: for a client whose tokens go by the machine's clock, that of the machine.</param>
    internal static async Task<Station> Start(AgencyId? agency = null, Func<BusOptions, BusOptions>? change = null, DateTimeOffset? now = null)
    {
        Assert.True(AgencyId.TryParse("urn:100001", out var school, out _));
        var station = new Station(agency ?? school, change, now ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await station.bus.StartAsync(TestContext.Current.CancellationToken);
        return station;
    }

    internal async Task Restart()
    {
        var port = bus.Port;
        await bus.StopAsync();
        bus = Build(port);
        await bus.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A connection that has sent a token for everything, or the one given.</summary>
    internal async Task<Connection> Connect(string keyName = "RootManageSharedAccessKey", string secret = RootSecret, TimeSpan? lasts = null)
    {
        var connection = await Open(SaslProfile.Anonymous);
        var status = await PutToken(connection, Token(keyName, secret, "sb://localhost/", Clock.GetUtcNow() + (lasts ?? TimeSpan.FromHours(1))));
        Assert.Equal(202, status);
        return connection;
    }

    internal async Task<Connection> Open(SaslProfile? sasl, string? user = null, string? password = null)
    {
        var factory = new ConnectionFactory();
        factory.SASL.Profile = sasl;
        var connection = await factory.CreateAsync(new Address("127.0.0.1", bus.Port, user, password, "/", "amqp"));
        connections.Add(connection);
        return connection;
    }

    /// <summary>Sends messages over a connection of their own.</summary>
    internal async Task SendAsync(string queue, params IEnumerable<Message> messages)
    {
        var link = new SenderLink(new Session(await Connect()), $"s-{Guid.NewGuid():N}", queue);
        foreach (var message in messages)
        {
            await link.SendAsync(message);
        }
    }

    internal static async Task<int> PutToken(Connection connection, string token)
    {
        var session = new Session(connection);
        var reply = $"reply-{Guid.NewGuid():N}";
        var sender = new SenderLink(session, $"cbs-{Guid.NewGuid():N}", "$cbs");
        var receiver = new ReceiverLink(session, $"cbs-{Guid.NewGuid():N}", new Attach { Source = new Source { Address = "$cbs" }, Target = new Target { Address = reply } }, null);
        var request = new Message(token)
        {
            Properties = new Properties { MessageId = "1", ReplyTo = reply },
            ApplicationProperties = new ApplicationProperties { ["operation"] = "put-token", ["type"] = "servicebus.windows.net:sastoken", ["name"] = "amqp://localhost/" },
        };
        await sender.SendAsync(request);
        var answer = await receiver.ReceiveAsync();
        Assert.Equal("1", answer.Properties.CorrelationId);
        await session.CloseAsync();
        return (int)answer.ApplicationProperties["status-code"];
    }

    internal static string Token(string keyName, string secret, string resource, DateTimeOffset expires)
    {
        var sr = WebUtility.UrlEncode(resource);
        var se = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var sig = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{sr}\n{se}")));
        return $"SharedAccessSignature sr={sr}&sig={WebUtility.UrlEncode(sig)}&se={se}&skn={keyName}";
    }

    internal static Message Message(string id, string? session = null) => new()
    {
        Properties = new Properties { MessageId = id, GroupId = session },
        ApplicationProperties = new ApplicationProperties(),
        BodySection = new Data { Binary = Encoding.UTF8.GetBytes(id) },
    };

    internal static ReceiverLink SessionReceiver(Session session, string queue, string? sessionId, OnAttached? onAttached = null) => new(
        session,
        $"r-{Guid.NewGuid():N}",
        new Source { Address = queue, FilterSet = new Map { [new Symbol("com.microsoft:session-filter")] = sessionId } },
        onAttached);

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections.Where(connection => !connection.IsClosed))
        {
            await connection.CloseAsync(TimeSpan.FromSeconds(5), null);
        }

        await bus.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private BusServer Build(int port)
    {
        return new BusServer(
            change(new BusOptions { DataFolder = folder, RootSecret = RootSecret, Port = port, Agencies = [new BusAgency(agency, "school-secret")], Entities = BusEntities.All }),
            Clock, NullLogger<BusServer>.Instance);
    }
}
