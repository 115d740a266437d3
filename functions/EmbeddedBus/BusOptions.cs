using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus;

/// <summary>An agency on the embedded bus: its subscriptions and its own key follow from its id.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Secret">Secret of its key; the key's name is the agency's subscription name. Null gives it no key.</param>
public sealed record BusAgency(AgencyId Agency, string? Secret);

/// <summary>How the embedded bus is set up.</summary>
public sealed record BusOptions
{
    /// <summary>The port that SDKs use with <c>UseDevelopmentEmulator=true</c>; they cannot be given another.</summary>
    public const int SdkPort = 5672;

    /// <summary>Folder of its file; made when it does not exist.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Secret of RootManageSharedAccessKey, which allows everything.</summary>
    public required string RootSecret { get; init; }

    /// <summary>Port on the loopback addresses; 0 takes one that is free.</summary>
    public int Port { get; init; } = SdkPort;

    /// <summary>The agencies that take part.</summary>
    public IReadOnlyList<BusAgency> Agencies { get; init; } = [];

    /// <summary>Further keys.</summary>
    public IReadOnlyList<BusKey> Keys { get; init; } = [];

    /// <summary>Further subscriptions.</summary>
    public IReadOnlyList<BusSubscription> Subscriptions { get; init; } = [];

    /// <summary>The queues and topics.</summary>
    public IReadOnlyList<BusEntity> Entities { get; init; } = BusEntities.All;

    /// <summary>Connections at the same time, as many as Service Bus takes; one more is closed at once.</summary>
    public int MaxConnections { get; init; } = 5000;

    /// <summary>Most that is kept from one sender.</summary>
    public SenderBounds SenderBounds { get; init; } = new();

    /// <summary>Lets clients without CBS log in by SASL PLAIN with the name and secret of a key.</summary>
    public bool AllowPlain { get; init; } = true;

    /// <summary>Every key, the agencies' included.</summary>
    internal IReadOnlyList<BusKey> AllKeys() =>
    [
        BusKey.Root(RootSecret),
        .. Keys,
        .. Agencies.SelectMany(agency => agency.Secret is { } secret
            ? new[] { new BusKey(BusEntities.SubscriptionName(agency.Agency), secret, BusEntities.RightsOf(agency.Agency)) }
            : []),
    ];

    /// <summary>Every subscription, the agencies' included.</summary>
    internal IEnumerable<BusSubscription> AllSubscriptions() => Agencies.SelectMany(agency => BusEntities.SubscriptionsOf(agency.Agency)).Concat(Subscriptions);
}
