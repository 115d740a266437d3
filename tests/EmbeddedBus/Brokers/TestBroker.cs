using Amqp;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Background;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.EmbeddedBus.Tests.Brokers;

/// <summary>A broker to hold a client of the hub's against: how the hub reaches it, and an agency's own way in, which knows nothing of the hub's client.</summary>
internal abstract class TestBroker : IAsyncDisposable
{
    internal static readonly AgencyId Agency = Parse("la:330/social-care");

    private readonly List<IAsyncDisposable> parts = [];

    /// <summary>How the hub reaches it, through a line that a test can cut.</summary>
    internal abstract BrokerOptions Options { get; }

    internal abstract CuttableLine Line { get; }

    /// <summary>Where the agency finds what was sent to it on this topic.</summary>
    internal abstract string SubscriptionAt(string topic);

    /// <summary>Where the dead letters of a queue lie.</summary>
    internal abstract string DeadLettersAt(string queue);

    /// <summary>A connection that the line does not run through.</summary>
    internal abstract Task<Connection> ConnectAsync();

    /// <summary>Whatever time passes until the broker gives what a lost receiver held to another.</summary>
    internal virtual Task LockEndsAsync() => Task.CompletedTask;

    /// <summary>The hub's client for this kind of broker.</summary>
    private protected abstract (IBusSender Sender, IBusSource Source, IAsyncDisposable Client) Open();

    /// <summary>The hub's sender and receiving; the receiving is not started.</summary>
    internal (IBusSender Sender, BusReceiving Receiving) Hub(IBusReceiver receiver)
    {
        var (sender, source, client) = Open();
        var receiving = new BusReceiving(source, receiver, new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance), TimeProvider.System, NullLogger<BusReceiving>.Instance);
        parts.Add(new Stopping(receiving, client));
        return (sender, receiving);
    }

    internal async Task SendAsync(string queue, params IEnumerable<Message> messages)
    {
        var link = new SenderLink(new Session(await ConnectAsync()), $"agency-{Guid.NewGuid():N}", Options.QueueAddressOf(queue));
        foreach (var message in messages)
        {
            await link.SendAsync(message);
        }
    }

    internal async Task<ReceiverLink> ReaderAsync(string address) => new(new Session(await ConnectAsync()), $"agency-{Guid.NewGuid():N}", address);

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var part in parts)
        {
            await part.DisposeAsync();
        }

        await Line.DisposeAsync();
    }

    internal static AgencyId Parse(string text) => AgencyId.TryParse(text, out var id, out var problem) ? id : throw new ArgumentException(problem, nameof(text));

    /// <summary>Messages that an agency writes, without more of them than a broker needs.</summary>
    internal static Message Said(string id, string? session = null) => new("{}")
    {
        Properties = new Amqp.Framing.Properties { MessageId = id, GroupId = session, CorrelationId = $"correlation of {id}", ContentType = "application/json" },
        ApplicationProperties = new Amqp.Framing.ApplicationProperties { ["cloudEvents:id"] = id },
        BodySection = new Amqp.Framing.Data { Binary = System.Text.Encoding.UTF8.GetBytes($"body of {id}") },
    };

    internal static CloudEvent Event(string id) => new()
    {
        Id = id,
        Source = "urn:integrationhub:330",
        Type = BusMessages.AdviceRequested,
        Extensions = new Dictionary<string, string> { [CloudEvent.AgencyAttribute] = Agency.Value },
        Data = "{}"u8.ToArray(),
    };

    private sealed class Stopping(BusReceiving receiving, IAsyncDisposable client) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await receiving.StopAsync(CancellationToken.None);
            receiving.Dispose();
            await client.DisposeAsync();
        }
    }
}
