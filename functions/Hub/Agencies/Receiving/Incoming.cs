using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>A message that is well formed and that the sender is allowed to send.</summary>
/// <param name="Arrival">The message as it was delivered.</param>
/// <param name="Event">The CloudEvent that the message contains.</param>
/// <param name="Sender">The agency that sends the message.</param>
/// <param name="Body">The content, as one of the record types for bus messages.</param>
internal sealed record Incoming(ReceivedBusMessage Arrival, CloudEvent Event, AgencyId Sender, object Body)
{
    private const int LongestCorrelation = 128;

    /// <summary>
    /// The message's id in the inbox. The id includes the sender, so no agency can block an id that another agency wants to use. An event
    /// id never contains a space.
    /// </summary>
    internal string MessageId => $"bus {Sender.Value} {Event.Id}";

    /// <summary>A short name for the message in the hub, in lower-case letters and digits, which is the same for every delivery.</summary>
    internal string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(MessageId)))[..24];

    internal Actor Actor => new() { Role = ActorRole.Agency, Id = $"bus {Sender.Value}", Agency = Sender };

    internal string? CorrelationId =>
        Arrival.CorrelationId is { Length: > 0 and <= LongestCorrelation } given ? given : Event.Extensions.GetValueOrDefault(CloudEvent.TraceParentAttribute) is { Length: <= LongestCorrelation } trace ? trace : null;
}

/// <summary>The reason why a message cannot be used.</summary>
/// <param name="Reason">One word that an integrator can search for.</param>
/// <param name="Description">What the sender must correct. The description never repeats any content of the message.</param>
internal sealed record Fault(string Reason, string Description);

/// <summary>The result of processing a message.</summary>
/// <param name="Fault">The reason why the message can never be accepted, or null if it was accepted.</param>
/// <param name="Later">Whether the message cannot be accepted now but may be accepted later.</param>
internal sealed record IntakeResult(Fault? Fault, bool Later = false)
{
    /// <summary>The message took effect, now or at an earlier delivery.</summary>
    internal static readonly IntakeResult Done = new(Fault: null);

    /// <summary>A store cannot be reached now, so the bus must deliver the message again.</summary>
    internal static readonly IntakeResult Again = new(null, Later: true);

    internal static IntakeResult Refused(string reason, string description) => new(new Fault(reason, description));
}
