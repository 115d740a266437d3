namespace IntegrationHub.Contracts.Bus;

/// <summary>The kind of a bus entity.</summary>
public enum BusEntityKind
{
    /// <summary>A queue: each message waits for one receiver.</summary>
    Queue,

    /// <summary>A topic: each message is copied into every subscription whose filter it matches.</summary>
    Topic,
}

/// <summary>
/// The settings of one queue or topic, for both the embedded bus and Azure. For a topic, the lock, delivery count and dead-lettering apply
/// to each of its subscriptions, and duplicate detection to the topic itself, as in Azure Service Bus.
/// </summary>
public sealed record BusEntity
{
    /// <summary>Name of the queue or topic, which must not contain a slash.</summary>
    public required string Name { get; init; }

    /// <summary>Queue or topic.</summary>
    public required BusEntityKind Kind { get; init; }

    /// <summary>One plain sentence: what the entity carries, from whom to whom.</summary>
    public required string Purpose { get; init; }

    /// <summary>Whether messages are received session by session, in order, by one receiver at a time.</summary>
    public bool RequiresSession { get; init; }

    /// <summary>How long the bus remembers a MessageId and drops repeats, or null to switch duplicate detection off. Azure allows 20 s to 7
    /// days.</summary>
    public TimeSpan? DuplicateDetectionWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a receiver may hold a message (or a session) before the bus gives it to another receiver. Azure allows up to 5
    /// minutes.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Failed deliveries after which a message is dead-lettered with reason MaxDeliveryCountExceeded.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>The longest time that a message waits; its sender can set a shorter one.</summary>
    public TimeSpan DefaultTimeToLive { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Whether an expired message is dead-lettered (reason TTLExpiredException) rather than dropped.</summary>
    public bool DeadLetterOnExpiry { get; init; } = true;
}

/// <summary>The simplest Azure correlation filter: one application property that must equal one text. SQL filters are not
/// supported.</summary>
/// <param name="Property">Name of the application property.</param>
/// <param name="Value">The text that the property must equal, case-sensitive.</param>
public sealed record CorrelationFilter(string Property, string Value);

/// <summary>One subscription of a topic.</summary>
/// <param name="Topic">Name of the topic.</param>
/// <param name="Name">Name of the subscription: at most 50 letters, digits, dots, hyphens and underscores.</param>
/// <param name="Filter">Which messages the subscription receives, or null for all messages.</param>
public sealed record BusSubscription(string Topic, string Name, CorrelationFilter? Filter)
{
    /// <summary>The address to which a receiver attaches.</summary>
    public string Path => $"{Topic}/Subscriptions/{Name}";
}

/// <summary>The rights that a key gives on one entity.</summary>
[Flags]
public enum BusRights
{
    /// <summary>No rights.</summary>
    None = 0,

    /// <summary>The right to receive.</summary>
    Listen = 1,

    /// <summary>The right to send.</summary>
    Send = 2,
}

/// <summary>The rights that a key gives on one queue, topic or subscription path.</summary>
public sealed record BusGrant(string EntityPath, BusRights Rights);
