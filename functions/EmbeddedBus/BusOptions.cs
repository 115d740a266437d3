using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus;

/// <summary>An agency on the embedded bus. The subscriptions and the name of the key follow from the agency's id.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="Secret">Secret of the agency's key, or null if the agency has no key. The key's name is the agency's subscription
/// name.</param>
public sealed record BusAgency(AgencyId Agency, string? Secret);

/// <summary>The settings of the embedded bus.</summary>
public sealed record BusOptions
{
    /// <summary>The port that SDKs use with <c>UseDevelopmentEmulator=true</c>, which cannot be changed in the SDKs.</summary>
    public const int SdkPort = 5672;

    /// <summary>Folder of the bus's file, which is created if it does not exist.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Secret of RootManageSharedAccessKey, which allows everything.</summary>
    public required string RootSecret { get; init; }

    /// <summary>Port on the loopback addresses; 0 selects a free port.</summary>
    public int Port { get; init; } = SdkPort;

    /// <summary>The agencies that use the bus.</summary>
    public IReadOnlyList<BusAgency> Agencies { get; init; } = [];

    /// <summary>Keys in addition to the agencies' keys and the root key.</summary>
    public IReadOnlyList<BusKey> Keys { get; init; } = [];

    /// <summary>Subscriptions in addition to the agencies' subscriptions.</summary>
    public IReadOnlyList<BusSubscription> Subscriptions { get; init; } = [];

    /// <summary>The queues and topics of the bus.</summary>
    public IReadOnlyList<BusEntity> Entities { get; init; } = BusEntities.All;

    /// <summary>The greatest number of simultaneous connections, as in Service Bus. Any further connection is closed immediately.</summary>
    public int MaxConnections { get; init; } = 5000;

    /// <summary>The limits on what the bus stores for one sender.</summary>
    public SenderLimits SenderLimits { get; init; } = new();

    /// <summary>Whether clients without CBS can log in by SASL PLAIN with the name and secret of a key.</summary>
    public bool AllowPlain { get; init; } = true;

    /// <summary>All keys, including those of the agencies.</summary>
    internal IReadOnlyList<BusKey> AllKeys() =>
    [
        BusKey.Root(RootSecret),
        .. Keys,
        .. Agencies.SelectMany(agency => agency.Secret is { } secret
            ? new[] { new BusKey(BusEntities.SubscriptionName(agency.Agency), secret, BusEntities.RightsOf(agency.Agency)) }
            : []),
    ];

    /// <summary>All subscriptions, including those of the agencies.</summary>
    internal IEnumerable<BusSubscription> AllSubscriptions() => Agencies.SelectMany(agency => BusEntities.SubscriptionsOf(agency.Agency)).Concat(Subscriptions);
}
