using Azure.Identity;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>Faults between the hub and Service Bus, reduced to what may be logged, because their descriptions may contain
/// addresses.</summary>
internal static class ServiceBusFaults
{
    /// <summary>Whether a fault is in the connection or in Service Bus rather than in the hub.</summary>
    internal static bool Is(Exception fault) => fault is ServiceBusException or UnauthorizedAccessException or AuthenticationFailedException or TimeoutException or ObjectDisposedException;

    /// <summary>The fault as an exception that does not depend on the kind of bus.</summary>
    internal static BusInterruptedException Interrupted(Exception fault) => new(NameOf(fault), fault);

    /// <summary>The result of an effect whose message could not be sent.</summary>
    internal static EffectResult Sending(string entity, Exception fault) => fault switch
    {
        ServiceBusException { Reason: ServiceBusFailureReason.MessageSizeExceeded } => EffectResult.Permanent("The message is larger than the bus accepts."),
        ServiceBusException { Reason: ServiceBusFailureReason.MessagingEntityNotFound or ServiceBusFailureReason.MessagingEntityDisabled } => EffectResult.NeedsHuman($"{entity}: {NameOf(fault)}."),
        UnauthorizedAccessException => EffectResult.NeedsHuman($"The hub does not have permission to send to {entity}."),
        _ => EffectResult.Transient($"{entity}: {NameOf(fault)}."),
    };

    private static string NameOf(Exception fault) => fault is ServiceBusException { Reason: var reason } ? reason.ToString() : fault.GetType().Name;
}
