using Azure.Identity;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>What goes wrong between the hub and Service Bus, and what may be said of it: descriptions may quote addresses.</summary>
internal static class ServiceBusFaults
{
    /// <summary>A fault of the line or of Service Bus, as opposed to one of the hub.</summary>
    internal static bool Is(Exception fault) => fault is ServiceBusException or UnauthorizedAccessException or AuthenticationFailedException or TimeoutException or ObjectDisposedException;

    /// <summary>The fault as those see it who do not know which bus it is.</summary>
    internal static BusInterruptedException Interrupted(Exception fault) => new(NameOf(fault), fault);

    /// <summary>What a fault in sending means for the effect.</summary>
    internal static EffectResult Sending(string entity, Exception fault) => fault switch
    {
        ServiceBusException { Reason: ServiceBusFailureReason.MessageSizeExceeded } => EffectResult.Permanent("The message is larger than the bus takes."),
        ServiceBusException { Reason: ServiceBusFailureReason.MessagingEntityNotFound or ServiceBusFailureReason.MessagingEntityDisabled } => EffectResult.NeedsHuman($"{entity}: {NameOf(fault)}."),
        UnauthorizedAccessException => EffectResult.NeedsHuman($"The hub may not send to {entity}."),
        _ => EffectResult.Transient($"{entity}: {NameOf(fault)}."),
    };

    private static string NameOf(Exception fault) => fault is ServiceBusException { Reason: var reason } ? reason.ToString() : fault.GetType().Name;
}
