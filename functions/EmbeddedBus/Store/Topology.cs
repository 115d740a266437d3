using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>A place where messages wait: a queue, a subscription, the dead letters of one, or what a topic holds until its scheduled time.</summary>
public sealed class WaitingRoom
{
    internal WaitingRoom(string path, BusEntity settings, WaitingRoom? deadLetters, string? deadLettersOf)
    {
        Path = path;
        Settings = settings;
        DeadLetters = deadLetters;
        DeadLettersOf = deadLettersOf;
    }

    /// <summary>The address a receiver attaches to.</summary>
    public string Path { get; }

    /// <summary>Settings of the queue or topic it belongs to.</summary>
    public BusEntity Settings { get; }

    /// <summary>Where its dead letters go; null where there are none (dead letters have no dead letters of their own).</summary>
    public WaitingRoom? DeadLetters { get; }

    /// <summary>For dead letters, the path they come from.</summary>
    public string? DeadLettersOf { get; }

    /// <summary>Messages are taken session by session. Dead letters never are, as in Service Bus.</summary>
    public bool TakesSessions => Settings.RequiresSession && DeadLettersOf is null;

    /// <summary>Its number in the file.</summary>
    internal long Id { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>An address that can be sent to, and where messages sent there go.</summary>
/// <param name="Path">Name of the queue or topic.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Holding">Where scheduled messages wait.</param>
/// <param name="Routes">Every queue or subscription a message may be copied to, with the filter it must match.</param>
public sealed record SendTarget(string Path, BusEntity Settings, WaitingRoom Holding, IReadOnlyList<Route> Routes);

/// <summary>One queue or subscription and the filter of messages that go there; null lets all pass.</summary>
public sealed record Route(CorrelationFilter? Filter, WaitingRoom Room);

/// <summary>The entities of this bus and their addresses. Addresses are compared without regard to case: SDKs write <c>$DeadLetterQueue</c> and <c>$deadletterqueue</c>.</summary>
public sealed class Topology
{
    /// <summary>Last part of the address of dead letters.</summary>
    public const string DeadLetterSuffix = "/$deadletterqueue";

    private readonly Dictionary<string, WaitingRoom> receivable = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SendTarget> targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<WaitingRoom> rooms = [];

    /// <summary>Builds the entities.</summary>
    /// <exception cref="ArgumentException">A subscription names a topic that is not among <paramref name="entities"/>.</exception>
    public Topology(IEnumerable<BusEntity> entities, IEnumerable<BusSubscription> subscriptions)
    {
        var bySubscribed = subscriptions.ToLookup(subscription => subscription.Topic, StringComparer.OrdinalIgnoreCase);
        foreach (var entity in entities)
        {
            if (entity.Kind == BusEntityKind.Queue)
            {
                var room = AddReceivable(entity.Name, entity);
                targets[entity.Name] = new SendTarget(entity.Name, entity, room, [new Route(null, room)]);
                continue;
            }

            var holding = new WaitingRoom(entity.Name, entity, deadLetters: null, deadLettersOf: null);
            rooms.Add(holding);
            var routes = bySubscribed[entity.Name].Select(subscription => new Route(subscription.Filter, AddReceivable(subscription.Path, entity)));
            targets[entity.Name] = new SendTarget(entity.Name, entity, holding, [.. routes]);
        }

        foreach (var subscribed in bySubscribed.Where(group => !targets.TryGetValue(group.Key, out var target) || target.Settings.Kind != BusEntityKind.Topic))
        {
            throw new ArgumentException($"There is no topic {subscribed.Key} to subscribe to.", nameof(subscriptions));
        }
    }

    /// <summary>Every queue or subscription, receivable or not.</summary>
    public IReadOnlyList<WaitingRoom> Rooms => rooms;

    /// <summary>Every queue or subscription a receiver can attach to.</summary>
    public IEnumerable<WaitingRoom> Receivable => receivable.Values;

    /// <summary>The queue or subscription with this address; null when there is none.</summary>
    public WaitingRoom? FindRoom(string? address) => receivable.GetValueOrDefault(Plain(address));

    /// <summary>The queue or topic with this address; null when there is none.</summary>
    public SendTarget? FindTarget(string? address) => targets.GetValueOrDefault(Plain(address));

    /// <summary>An address without scheme, host and surrounding slashes.</summary>
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

    private WaitingRoom AddReceivable(string path, BusEntity settings)
    {
        var deadLetters = new WaitingRoom(path + DeadLetterSuffix, settings, deadLetters: null, deadLettersOf: path);
        var room = new WaitingRoom(path, settings, deadLetters, deadLettersOf: null);
        rooms.Add(room);
        rooms.Add(deadLetters);
        receivable.Add(room.Path, room);
        receivable.Add(deadLetters.Path, deadLetters);
        return room;
    }
}
