using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>A place where messages wait: a queue, a subscription, the dead letters of either, or the scheduled messages of a
/// topic.</summary>
public sealed class MessageQueue
{
    internal MessageQueue(string path, BusEntity settings, MessageQueue? deadLetters, string? deadLettersOf)
    {
        Path = path;
        Settings = settings;
        DeadLetters = deadLetters;
        DeadLettersOf = deadLettersOf;
    }

    /// <summary>The address to which a receiver attaches.</summary>
    public string Path { get; }

    /// <summary>Settings of the queue or topic.</summary>
    public BusEntity Settings { get; }

    /// <summary>Where dead letters are moved to, or null if this place has none (dead letters have no dead letters of their own).</summary>
    public MessageQueue? DeadLetters { get; }

    /// <summary>If this place holds dead letters, the path of the queue or subscription that they belong to.</summary>
    public string? DeadLettersOf { get; }

    /// <summary>Whether messages are received session by session. Dead letters are never received by session, as in Service Bus.</summary>
    public bool UsesSessions => Settings.RequiresSession && DeadLettersOf is null;

    /// <summary>The number that identifies the queue or subscription in the bus's file.</summary>
    internal long Id { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>An address to which messages can be sent, with their destinations.</summary>
/// <param name="Path">Name of the queue or topic.</param>
/// <param name="Settings">Settings of the queue or topic.</param>
/// <param name="ScheduledQueue">Where scheduled messages wait.</param>
/// <param name="Routes">Every queue or subscription to which a message can be copied, with the filter that the message must match.</param>
public sealed record SendTarget(string Path, BusEntity Settings, MessageQueue ScheduledQueue, IReadOnlyList<Route> Routes);

/// <summary>One queue or subscription with the filter for its messages. If the filter is null, the queue accepts all messages.</summary>
public sealed record Route(CorrelationFilter? Filter, MessageQueue Queue);

/// <summary>The queues, topics and subscriptions of this bus, and their addresses. Addresses are not case-sensitive, because SDKs write
/// both <c>$DeadLetterQueue</c> and <c>$deadletterqueue</c>.</summary>
public sealed class Topology
{
    /// <summary>The text that is added to a queue's or subscription's address to get the address of its dead letters.</summary>
    public const string DeadLetterSuffix = "/$deadletterqueue";

    private readonly Dictionary<string, MessageQueue> receivable = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SendTarget> targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MessageQueue> rooms = [];

    /// <summary>Creates the queues, topics and subscriptions.</summary>
    /// <exception cref="ArgumentException">A subscription names a topic that is not among <paramref name="entities"/>.</exception>
    public Topology(IEnumerable<BusEntity> entities, IEnumerable<BusSubscription> subscriptions)
    {
        var bySubscribed = subscriptions.ToLookup(subscription => subscription.Topic, StringComparer.OrdinalIgnoreCase);
        foreach (var entity in entities)
        {
            if (entity.Kind == BusEntityKind.Queue)
            {
                var messageQueue = AddReceivable(entity.Name, entity);
                targets[entity.Name] = new SendTarget(entity.Name, entity, messageQueue, [new Route(null, messageQueue)]);
                continue;
            }

            var holding = new MessageQueue(entity.Name, entity, deadLetters: null, deadLettersOf: null);
            rooms.Add(holding);
            var routes = bySubscribed[entity.Name].Select(subscription => new Route(subscription.Filter, AddReceivable(subscription.Path, entity)));
            targets[entity.Name] = new SendTarget(entity.Name, entity, holding, [.. routes]);
        }

        foreach (var subscribed in bySubscribed.Where(group => !targets.TryGetValue(group.Key, out var target) || target.Settings.Kind != BusEntityKind.Topic))
        {
            throw new ArgumentException($"A subscription names the topic {subscribed.Key}, which does not exist.", nameof(subscriptions));
        }
    }

    /// <summary>All queues and subscriptions, whether or not a receiver can attach to them.</summary>
    public IReadOnlyList<MessageQueue> Queues => rooms;

    /// <summary>All queues and subscriptions to which a receiver can attach.</summary>
    public IEnumerable<MessageQueue> Receivable => receivable.Values;

    /// <summary>The queue or subscription with this address, or null if none has this address.</summary>
    public MessageQueue? FindQueue(string? address) => receivable.GetValueOrDefault(Plain(address));

    /// <summary>The queue or topic with this address, or null if none has this address.</summary>
    public SendTarget? FindTarget(string? address) => targets.GetValueOrDefault(Plain(address));

    /// <summary>The address without its scheme, host and surrounding slashes.</summary>
    public static string Plain(string? address)
    {
        var text = address ?? "";
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            var path = text.IndexOf('/', scheme + 3);
            text = path < 0 ? "" : text[path..];
        }

        return text.Trim('/');
    }

    private MessageQueue AddReceivable(string path, BusEntity settings)
    {
        var deadLetters = new MessageQueue(path + DeadLetterSuffix, settings, deadLetters: null, deadLettersOf: path);
        var messageQueue = new MessageQueue(path, settings, deadLetters, deadLettersOf: null);
        rooms.Add(messageQueue);
        rooms.Add(deadLetters);
        receivable.Add(messageQueue.Path, messageQueue);
        receivable.Add(deadLetters.Path, deadLetters);
        return messageQueue;
    }
}
