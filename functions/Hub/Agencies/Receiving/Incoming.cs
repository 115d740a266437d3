using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>A message that has its form and whose sender may send it.</summary>
/// <param name="Arrival">As it was delivered.</param>
/// <param name="Event">The event.</param>
/// <param name="Sender">Who sends it.</param>
/// <param name="Body">What it says: a record of the bus's messages.</param>
internal sealed record Incoming(BusArrival Arrival, CloudEvent Event, AgencyId Sender, object Body)
{
    private const int LongestCorrelation = 128;

    /// <summary>Under which the inbox knows it: an agency's ids are its own, so no other can take one away. An event id holds no space.</summary>
    internal string MessageId => $"bus {Sender.Value} {Event.Id}";

    /// <summary>A short name for it in the hub: of small letters and digits, the same for every delivery.</summary>
    internal string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(MessageId)))[..24];

    internal Actor Actor => new() { Role = ActorRole.Agency, Id = $"bus {Sender.Value}", Agency = Sender };

    internal string? CorrelationId =>
        Arrival.CorrelationId is { Length: > 0 and <= LongestCorrelation } given ? given : Event.Extensions.GetValueOrDefault(CloudEvent.TraceParentAttribute) is { Length: <= LongestCorrelation } trace ? trace : null;
}

/// <summary>Why a message cannot be used.</summary>
/// <param name="Reason">One word that an integrator can search for.</param>
/// <param name="Description">What to put right. Never repeats what the message held.</param>
internal sealed record Fault(string Reason, string Description);

/// <summary>What came of taking a message in.</summary>
/// <param name="Fault">Why it can never be taken in; null when it was.</param>
/// <param name="Later">It cannot be taken in now.</param>
internal sealed record Taken(Fault? Fault, bool Later = false)
{
    /// <summary>It took effect, or had before.</summary>
    internal static readonly Taken Done = new(Fault: null);

    /// <summary>A store is away: it is to come again.</summary>
    internal static readonly Taken Again = new(null, Later: true);

    internal static Taken Refused(string reason, string description) => new(new Fault(reason, description));
}
