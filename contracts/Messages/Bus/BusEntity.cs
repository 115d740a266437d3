namespace IntegrationHub.Contracts.Bus;

/// <summary>What a bus entity is.</summary>
public enum BusEntityKind
{
    /// <summary>Messages wait here for one receiver each.</summary>
    Queue,

    /// <summary>Messages are copied into every subscription whose filter they match.</summary>
    Topic,
}

/// <summary>
/// The settings of one queue or topic, written once for the embedded bus and Azure alike. For a topic the lock, delivery count and
/// dead-lettering hold for each of its subscriptions, duplicate detection for the topic itself, as in Azure Service Bus.
/// </summary>
public sealed record BusEntity
{
    /// <summary>Name of the queue or topic; no slash in it.</summary>
    public required string Name { get; init; }

    /// <summary>Queue or topic.</summary>
    public required BusEntityKind Kind { get; init; }

    /// <summary>One plain sentence: what travels here, from whom to whom.</summary>
    public required string Purpose { get; init; }

    /// <summary>Messages are taken session by session, in order, by one receiver at a time.</summary>
    public bool RequiresSession { get; init; }

    /// <summary>How long a MessageId is remembered and its repeats dropped; null switches duplicate detection off. Azure allows 20 s to 7 days.</summary>
    public TimeSpan? DuplicateDetectionWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a receiver may hold a message (or a session) before the bus gives it to another. Azure allows up to 5 minutes.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Deliveries that may fail before the message is dead-lettered with reason MaxDeliveryCountExceeded.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>How long a message waits when its sender gives no time to live, or a longer one.</summary>
    public TimeSpan DefaultTimeToLive { get; init; } = TimeSpan.FromDays(14);

    /// <summary>A message whose time to live ends is dead-lettered (reason TTLExpiredException), never dropped.</summary>
    public bool DeadLetterOnExpiry { get; init; } = true;
}

/// <summary>The simplest Azure correlation filter: one application property that must equal one text. No SQL.</summary>
/// <param name="Property">Name of the application property.</param>
/// <param name="Value">The text it must equal; case matters.</param>
public sealed record CorrelationFilter(string Property, string Value);

/// <summary>One subscription of a topic.</summary>
/// <param name="Topic">Name of the topic.</param>
/// <param name="Name">Name of the subscription: at most 50 letters, digits, points, hyphens, underscores.</param>
/// <param name="Filter">Which messages it takes; null takes all.</param>
public sealed record BusSubscription(string Topic, string Name, CorrelationFilter? Filter)
{
    /// <summary>The address a receiver attaches to.</summary>
    public string Path => $"{Topic}/Subscriptions/{Name}";
}

/// <summary>What a key allows on one entity.</summary>
[Flags]
public enum BusRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To receive.</summary>
    Listen = 1,

    /// <summary>To send.</summary>
    Send = 2,
}

/// <summary>One rule of a key: these rights on this queue, topic or subscription path.</summary>
public sealed record BusGrant(string EntityPath, BusRights Rights);
