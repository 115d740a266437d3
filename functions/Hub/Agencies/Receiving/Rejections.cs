using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Tells a sender that its message could not be used, and then lets it become a dead letter.</summary>
public sealed class Rejections(IBusSender bus, TimeProvider time)
{
    // A sender that cannot be told is not told; the dead letter has the reason.
    private const int MostAttempts = 5;
    private const int LongestDescription = 1024;
    private const int LongestId = 128;

    internal async ValueTask<BusVerdict> RejectAsync(BusArrival arrival, AgencyId? sender, Fault fault, CancellationToken cancellation)
    {
        var description = fault.Description.Length <= LongestDescription ? fault.Description : $"{fault.Description[..(LongestDescription - 4)]} ...";
        if (sender is { } agency && arrival.DeliveryCount <= MostAttempts)
        {
            var told = new MessageRejected
            {
                Agency = agency,
                MessageId = Shown(arrival.MessageId ?? CloudEventBinding.Read(arrival.Parts).Value?.Id),
                Entity = arrival.Entity,
                Reason = $"{fault.Reason}: {description}",
            };
            var id = $"rejected-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{arrival.Entity}\n{agency.Value}\n{told.MessageId}\n{told.Reason}")))[..32]}";
            var sent = await bus.SendAsync(
                BusEntities.AssessmentStatus.Name, BusEvents.For(id, null, agency, null, told, time.GetUtcNow()), null, arrival.CorrelationId, cancellation);
            if (sent.Fault == EffectFault.Transient)
            {
                return new BusVerdict(Settlement.Abandon);
            }
        }

        return new BusVerdict(Settlement.DeadLetter, fault.Reason, description);
    }

    /// <summary>The sender's own id, back to the sender alone; one that is none is not repeated.</summary>
    private static string Shown(string? id) => id is { Length: > 0 and <= LongestId } && id.All(c => c is > ' ' and <= '~') ? id : "(no usable id)";
}
