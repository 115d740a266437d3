using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Tells a sender that its message could not be used, and then makes the message a dead letter.</summary>
public sealed class Rejections(IBusSender bus, TimeProvider time)
{
    // If a sender cannot be notified, the dead letter still has the reason.
    private const int MaxAttempts = 5;
    private const int LongestDescription = 1024;

    internal async ValueTask<BusDecision> RejectAsync(ReceivedBusMessage arrival, AgencyId? sender, Fault fault, CancellationToken cancellationToken)
    {
        var description = fault.Description.Length <= LongestDescription ? fault.Description : $"{fault.Description[..(LongestDescription - 4)]} ...";
        if (sender is { } agency && (arrival.DeliveryCount <= MaxAttempts || arrival.DeliveryCount >= MaxDeliveries(arrival)))
        {
            var told = new MessageRejected
            {
                Agency = agency,
                MessageId = Shown(arrival.MessageId ?? CloudEventBinding.Read(arrival.Parts).Value?.Id),
                Entity = arrival.Entity,
                Reason = $"{fault.Reason}: {description}",
            };
            var id = IdOf(arrival, agency, told.Reason);
            var sent = await bus.SendAsync(
                BusEntities.AssessmentStatus.Name, BusEvents.For(id, null, agency, null, told, time.GetUtcNow()), null, arrival.CorrelationId, cancellationToken);
            if (sent.Fault == EffectFault.Transient && arrival.DeliveryCount <= MaxAttempts)
            {
                return new BusDecision(Settlement.Abandon);
            }
        }

        return new BusDecision(Settlement.DeadLetter, fault.Reason, description);
    }

    /// <summary>Tells a sender that its message was not used and is no longer held.</summary>
    /// <returns>False if the bus cannot be reached; the sender must then be notified again under the same id.</returns>
    internal async ValueTask<bool> TellAsync(HeldMessage held, string entity, Fault fault, CancellationToken cancellationToken)
    {
        var told = new MessageRejected { Agency = held.Sender, MessageId = Shown(held.EventId), Entity = entity, Reason = $"{fault.Reason}: {fault.Description}" };
        var sent = await bus.SendAsync(
            BusEntities.AssessmentStatus.Name, BusEvents.For($"rejected-held-{held.Key}", null, held.Sender, null, told, time.GetUtcNow()), null, held.CorrelationId, cancellationToken);

        // If a sender can never be notified (no subscription, no bus), the hub does not try again, but the record of what happened stays.
        return sent.Fault != EffectFault.Transient;
    }

    private static int MaxDeliveries(ReceivedBusMessage arrival) => BusEntities.All.FirstOrDefault(queue => queue.Name == arrival.Entity)?.MaxDeliveryCount ?? int.MaxValue;

    // The id of the notice that a message was rejected. If the same message is delivered again, its notice has the same id. Notices about
    // different messages have different ids, even if the messages differ only in their bodies, or in ids that the notice does not contain:
    // if two notices had one id, the bus would drop the second as a duplicate.
    private static string IdOf(ReceivedBusMessage arrival, AgencyId agency, string reason)
    {
        var body = Convert.ToHexStringLower(SHA256.HashData(arrival.Parts.Body.Span));
        var eventId = CloudEventBinding.Read(arrival.Parts).Value?.Id;
        var whole = $"{arrival.Entity}\n{agency.Value}\n{arrival.MessageId}\n{eventId}\n{body}\n{reason}";
        return $"rejected-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..32]}";
    }

    /// <summary>The sender's own id, which is returned to the sender only; an invalid id is not sent back.</summary>
    private static string Shown(string? id) => CloudEvent.IsId(id) ? id! : "(no usable id)";
}
