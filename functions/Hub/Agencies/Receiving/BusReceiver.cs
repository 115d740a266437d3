using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Receives messages from agencies. The receiver checks the format and the sender; the case then decides what the message changes. A
/// message that can never be used becomes a dead letter with the reason, and its sender is notified. A message that cannot be accepted now
/// is delivered again. Expected faults are returned as results; an exception means that there is a fault in the hub.
/// </summary>
public sealed class BusReceiver(AgencyDirectory directory, AnswersIntake answers, PushedIntake pushed, ClosureIntake closures, Rejections rejections, TimeProvider time) : IBusReceiver
{
    private static readonly Fault GivenUp = new(
        "MaxDeliveryCountExceeded", "The hub could not process the message after several attempts. There is nothing wrong with the message. The hub's operators can still return the message to the queue. Ask the operators, or send the message again under a new id.");

    private readonly IncomingReading reading = new(directory, time);

    /// <inheritdoc/>
    public async ValueTask<BusDecision> ReceiveAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        var (message, fault) = reading.Read(arrival);
        if (message is null)
        {
            return await rejections.RejectAsync(arrival, reading.AgencyToNotify(arrival), fault!, cancellationToken);
        }

        return await TakeAsync(message, cancellationToken) switch
        {
            { Later: true } when IsLast(arrival) => await GiveUpAsync(arrival, cancellationToken),
            { Later: true } => new BusDecision(Settlement.Abandon),
            { Fault: { } refused } => await rejections.RejectAsync(arrival, message.Sender, refused, cancellationToken),
            _ => new BusDecision(Settlement.Complete),
        };
    }

    /// <inheritdoc/>
    public ValueTask<BusDecision> GiveUpAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arrival);

        // The bus uses this reason for a message that failed too often; the hub uses it too, so operators see one reason in both cases.
        return rejections.RejectAsync(arrival, reading.AgencyToNotify(arrival), GivenUp, cancellationToken);
    }

    private async ValueTask<IntakeResult> TakeAsync(Incoming message, CancellationToken cancellationToken)
    {
        try
        {
            return message.Body switch
            {
                IAdviceMessage advice => await answers.TakeAsync(message, advice, cancellationToken),
                AssessmentPushed push => await pushed.TakeAsync(message, push, cancellationToken),
                SchoolClosurePublished closure => await closures.TakeAsync(message, closure, cancellationToken),
                var other => throw new InvalidOperationException($"{other.GetType().Name} arrives through a queue but has no handler."),
            };
        }
        catch (IOException)
        {
            // An IOException here means that the store of held messages cannot be reached.
            return IntakeResult.Again;
        }
    }

    private static bool IsLast(ReceivedBusMessage arrival) =>
        BusEntities.All.FirstOrDefault(queue => queue.Name == arrival.Entity) is { } queue && arrival.DeliveryCount >= queue.MaxDeliveryCount;
}
