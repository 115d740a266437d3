using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.EmbeddedBus.Access;

/// <summary>A shared access key: its name, its secret and its rights.</summary>
/// <param name="Name">Name of the key, as written in a connection string.</param>
/// <param name="Secret">The secret, as written in a connection string. The UTF-8 bytes of the secret sign tokens, as in Service
/// Bus.</param>
/// <param name="Grants">The rights of the key, or null if the key allows everything.</param>
public sealed record BusKey(string Name, string Secret, IReadOnlyList<BusGrant>? Grants)
{
    /// <summary>Name of the key that allows everything, which every new Service Bus namespace has.</summary>
    public const string RootName = "RootManageSharedAccessKey";

    /// <summary>The key that allows everything.</summary>
    public static BusKey Root(string secret) => new(RootName, secret, Grants: null);

    /// <summary>Whether the key gives any of these rights on the entity at this path. A right applies to everything below its
    /// path.</summary>
    public bool Allows(string path, BusRights rights) =>
        Grants is null || Grants.Any(grant => (grant.Rights & rights) != 0 && Covers(grant.EntityPath, path));

    /// <summary>The name of the key, without the secret.</summary>
    public override string ToString() => $"key {Name}";

    /// <summary>Whether a path equals another path or is below it. The empty path covers everything.</summary>
    internal static bool Covers(string above, string path) =>
        above.Length == 0
        || (path.StartsWith(above, StringComparison.OrdinalIgnoreCase) && (path.Length == above.Length || path[above.Length] == '/'));
}
