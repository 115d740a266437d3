using System.Net.Sockets;
using System.Security.Authentication;
using Amqp;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>The faults that can occur between the hub and a broker, and what may be logged about them.</summary>
internal static class BrokerFaults
{
    /// <summary>Whether an exception is a fault of the connection or of the broker, rather than of the hub.</summary>
    internal static bool Is(Exception fault) =>
        fault is AmqpException or TimeoutException or SocketException or IOException or ObjectDisposedException or AuthenticationException
        || (fault is InvalidOperationException && fault.Source == "Amqp.Net");

    /// <summary>Returns only the name of a fault, because the description of a fault can contain addresses.</summary>
    internal static string NameOf(Exception fault) => fault is AmqpException { Error.Condition: { } condition } ? condition.ToString() : fault.GetType().Name;

    /// <summary>Describes a fault in terms that do not depend on the kind of bus.</summary>
    internal static BusInterruptedException Interrupted(Exception fault) => new(NameOf(fault), fault);

    /// <summary>The result of an effect whose message could not be sent because of a fault.</summary>
    internal static EffectResult Sending(string entity, Exception fault) => (fault as AmqpException)?.Error?.Condition?.ToString() switch
    {
        ErrorCode.MessageSizeExceeded => EffectResult.Permanent("The message is larger than the broker accepts."),
        ErrorCode.NotFound => EffectResult.NeedsHuman($"The broker has no queue or topic {entity}."),
        ErrorCode.UnauthorizedAccess => EffectResult.NeedsHuman($"The hub is not allowed to send to {entity}."),
        _ => EffectResult.Transient($"{entity}: {NameOf(fault)}."),
    };
}
