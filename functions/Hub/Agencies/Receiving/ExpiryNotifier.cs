using System.Globalization;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Notifies each sender once of a message whose time to live ended before the hub received it, because the bus does not notify senders.
/// </summary>
public sealed class ExpiryNotifier(IEnumerable<IExpiredMessages> buses, AgencyDirectory directory, Rejections rejections, IDocumentStore documents, TimeProvider time)
{
    private static readonly Fault Lapsed = new("TTLExpiredException", "The message's time to live ended before the hub received the message. Send the message again under a new id, with a longer time to live or without one.");

    private readonly IncomingReading reading = new(directory, time);

    /// <summary>Checks the expired messages once. The call is safe to repeat.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    /// <exception cref="BusInterruptedException">The bus cannot be reached.</exception>
    internal async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        foreach (var bus in buses)
        {
            foreach (var message in await bus.ListAsync(cancellationToken))
            {
                await TellAsync(message, cancellationToken);
            }
        }
    }

    private async ValueTask TellAsync(ExpiredMessage message, CancellationToken cancellationToken)
    {
        var record = string.Create(CultureInfo.InvariantCulture, $"held/lapsed/{message.Arrival.Entity}-{message.SequenceNumber}.json");
        var told = await documents.ReadAsync(record, cancellationToken);
        if (told.Outcome != KeepingOutcome.Missing)
        {
            if (!told.Succeeded)
            {
                throw new IOException(told.Reason);
            }

            return;
        }

        // If the hub stops before the record is written, the sender is notified again under the same id.
        if ((await rejections.RejectAsync(message.Arrival with { DeliveryCount = 1 }, reading.AgencyToNotify(message.Arrival), Lapsed, cancellationToken)).Settlement == Settlement.DeadLetter
            && await documents.PutOnceAsync(record, "{}"u8.ToArray(), "application/json", cancellationToken) is { Succeeded: false } kept)
        {
            throw new IOException(kept.Reason);
        }
    }
}
