using System.Net;

namespace IntegrationHub.Functions.Outgoing;

/// <summary>Where the hub may call. Section <c>Outgoing</c>. Without a setting: public addresses only.</summary>
public sealed class OutgoingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Outgoing";

    /// <summary>
    /// For development and tests only: calls may go to this machine's own loopback addresses, over http too. A host with a real issuer
    /// of tokens refuses to start with it.
    /// </summary>
    public bool AllowLoopback { get; set; }

    /// <summary>
    /// Private networks, such as <c>10.0.0.0/8</c>, of the operator's own partners (HSCN). They are open to endpoints that the
    /// operator configured (<c>agencies.json</c>), never to those that a caller names (subscriptions).
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>The networks, parsed.</summary>
    /// <exception cref="InvalidDataException">One of them is not a network; the message says which.</exception>
    public IReadOnlyList<IPNetwork> Networks() =>
        [.. AllowedNetworks.Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new InvalidDataException($"{Section}:{nameof(AllowedNetworks)}: \"{text}\" is not a network; write it as 10.0.0.0/8."))];

    /// <summary>Checks every setting, and refuses insecure ones.</summary>
    /// <param name="hasIssuer">Whether the host has a real issuer of tokens, and so is not a developer's own.</param>
    /// <exception cref="InvalidDataException">The hub cannot start with these settings; the message says why.</exception>
    public void Check(bool hasIssuer)
    {
        _ = Networks();
        if (AllowLoopback && hasIssuer)
        {
            throw new InvalidDataException($"{Section}:{nameof(AllowLoopback)} is for development only: with Access:Authority set it must be false.");
        }
    }
}
