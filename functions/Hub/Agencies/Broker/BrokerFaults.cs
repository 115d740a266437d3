using System.Net.Sockets;
using System.Security.Authentication;
using Amqp;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>What goes wrong between the hub and a broker, and what may be said of it.</summary>
internal static class BrokerFaults
{
    /// <summary>A fault of the line or of the broker, as opposed to one of the hub.</summary>
    internal static bool Is(Exception fault) =>
        fault is AmqpException or TimeoutException or SocketException or IOException or ObjectDisposedException or AuthenticationException
        || (fault is InvalidOperationException && fault.Source == "Amqp.Net");

    /// <summary>The name of a fault: descriptions may quote addresses.</summary>
    internal static string NameOf(Exception fault) => fault is AmqpException { Error.Condition: { } condition } ? condition.ToString() : fault.GetType().Name;

    /// <summary>The fault as those see it who do not know which bus it is.</summary>
    internal static BusInterruptedException Interrupted(Exception fault) => new(NameOf(fault), fault);

    /// <summary>What a fault in sending means for the effect.</summary>
    internal static EffectResult Sending(string entity, Exception fault) => (fault as AmqpException)?.Error?.Condition?.ToString() switch
    {
        ErrorCode.MessageSizeExceeded => EffectResult.Permanent("The message is larger than the broker takes."),
        ErrorCode.NotFound => EffectResult.NeedsHuman($"The broker has no {entity}."),
        ErrorCode.UnauthorizedAccess => EffectResult.NeedsHuman($"The hub may not send to {entity}."),
        _ => EffectResult.Transient($"{entity}: {NameOf(fault)}."),
    };
}
