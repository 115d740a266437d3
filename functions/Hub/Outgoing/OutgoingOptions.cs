using System.Net;

namespace IntegrationHub.Functions.Outgoing;

/// <summary>
/// The addresses that the hub is allowed to call (section <c>Outgoing</c>). Without any of these settings the hub calls public addresses
/// only.
/// </summary>
public sealed class OutgoingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Outgoing";

    /// <summary>
    /// For development and tests only: the hub is allowed to call loopback addresses of its own machine, also over http. A host with a real
    /// token issuer refuses to start with this setting.
    /// </summary>
    public bool AllowLoopback { get; set; }

    /// <summary>
    /// Private networks, such as <c>10.0.0.0/8</c>, of the operator's own partners (HSCN). Endpoints that the operator configured
    /// (<c>agencies.json</c>) can be in these networks; endpoints named by a caller (subscriptions) cannot.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>The allowed networks, parsed from the setting.</summary>
    /// <exception cref="InvalidDataException">An entry of the setting is not a network; the exception's message names the entry.</exception>
    public IReadOnlyList<IPNetwork> Networks() =>
        [.. AllowedNetworks.Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new InvalidDataException($"{Section}:{nameof(AllowedNetworks)}: \"{text}\" is not a network; write it as 10.0.0.0/8."))];

    /// <summary>Checks every setting, and refuses insecure ones.</summary>
    /// <param name="hasIssuer">Whether the host has a real token issuer, and so is not a developer's own host.</param>
    /// <exception cref="InvalidDataException">The hub cannot start with these settings; the message says why.</exception>
    public void Check(bool hasIssuer)
    {
        _ = Networks();
        if (AllowLoopback && hasIssuer)
        {
            throw new InvalidDataException($"{Section}:{nameof(AllowLoopback)} is for development only. If Access:Authority is set, it must be false.");
        }
    }
}
