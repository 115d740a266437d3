using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Takes in messages of agencies: checks form and sender, then the case decides. A message that can never be used becomes a dead letter
/// with its reason, and its sender is told. One that cannot be accepted now is delivered again. Expected faults are results; an exception
/// is a fault of the hub.
/// </summary>
public sealed class BusReceiver(AgencyDirectory directory, AnswersIntake answers, PushedIntake pushed, ClosureIntake closures, Rejections rejections, TimeProvider time) : IBusReceiver
{
    private static readonly Fault GivenUp = new(
        "MaxDeliveryCountExceeded", "The hub could not take it in, however often it tried; that is not a fault of the message. Its operators can still return it. Ask them, or send it again under a new id.");

    private readonly IncomingReading reading = new(directory, time);

    /// <inheritdoc/>
    public async ValueTask<BusVerdict> ReceiveAsync(BusArrival arrival, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        var (message, fault) = reading.Read(arrival);
        if (message is null)
        {
            return await rejections.RejectAsync(arrival, reading.Speaker(arrival), fault!, cancellationToken);
        }

        return await TakeAsync(message, cancellationToken) switch
        {
            { Later: true } when IsLast(arrival) => await GiveUpAsync(arrival, cancellationToken),
            { Later: true } => new BusVerdict(Settlement.Abandon),
            { Fault: { } refused } => await rejections.RejectAsync(arrival, message.Sender, refused, cancellationToken),
            _ => new BusVerdict(Settlement.Complete),
        };
    }

    /// <inheritdoc/>
    public ValueTask<BusVerdict> GiveUpAsync(BusArrival arrival, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arrival);

        // The bus's own reason for a message that failed too often, so that operators see one reason for both.
        return rejections.RejectAsync(arrival, reading.Speaker(arrival), GivenUp, cancellationToken);
    }

    private async ValueTask<Taken> TakeAsync(Incoming message, CancellationToken cancellationToken)
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
            // The store of held messages cannot be reached.
            return Taken.Again;
        }
    }

    private static bool IsLast(BusArrival arrival) =>
        BusEntities.All.FirstOrDefault(queue => queue.Name == arrival.Entity) is { } queue && arrival.DeliveryCount >= queue.MaxDeliveryCount;
}
