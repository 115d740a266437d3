using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.EmbeddedBus.Access;

/// <summary>A shared access key: its name, its secret and what it allows.</summary>
/// <param name="Name">Name, as it is written in a connection string.</param>
/// <param name="Secret">The secret, as it is written in a connection string: its UTF-8 bytes sign tokens, as in Service Bus.</param>
/// <param name="Grants">What it allows; null allows everything.</param>
public sealed record BusKey(string Name, string Secret, IReadOnlyList<BusGrant>? Grants)
{
    /// <summary>Name of the key that allows everything, the one that every Service Bus namespace starts with.</summary>
    public const string RootName = "RootManageSharedAccessKey";

    /// <summary>The key that allows everything.</summary>
    public static BusKey Root(string secret) => new(RootName, secret, Grants: null);

    /// <summary>True when the key allows any of these rights on the entity at this path. A right applies to everything below its path.</summary>
    public bool Allows(string path, BusRights rights) =>
        Grants is null || Grants.Any(grant => (grant.Rights & rights) != 0 && Covers(grant.EntityPath, path));

    /// <summary>Does not contain the secret.</summary>
    public override string ToString() => $"key {Name}";

    /// <summary>True when <paramref name="path"/> is <paramref name="above"/>, or is below it. The empty path covers everything.</summary>
    internal static bool Covers(string above, string path) =>
        above.Length == 0
        || (path.StartsWith(above, StringComparison.OrdinalIgnoreCase) && (path.Length == above.Length || path[above.Length] == '/'));
}
