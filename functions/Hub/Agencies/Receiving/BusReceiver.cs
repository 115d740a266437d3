using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Takes in what agencies send: form, sender, then the assessment decides. What can never be used is a dead letter with its reason, and
/// its sender is told; what cannot be taken in now comes again. Expected faults are verdicts; what this throws is a fault of the hub.
/// </summary>
public sealed class BusReceiver(AgencyDirectory directory, AnswersIntake answers, PushedIntake pushed, ClosureIntake closures, Rejections rejections) : IBusReceiver
{
    private readonly IncomingReading reading = new(directory);

    /// <inheritdoc/>
    public async ValueTask<BusVerdict> ReceiveAsync(BusArrival arrival, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        var (message, fault) = reading.Read(arrival);
        if (message is null)
        {
            return await rejections.RejectAsync(arrival, reading.Speaker(arrival), fault!, cancellation);
        }

        var taken = message.Body switch
        {
            IAdviceMessage advice => await answers.TakeAsync(message, advice, cancellation),
            AssessmentPushed push => await pushed.TakeAsync(message, push, cancellation),
            SchoolClosurePublished closure => await closures.TakeAsync(message, closure, cancellation),
            var other => throw new InvalidOperationException($"{other.GetType().Name} travels through a queue and nobody takes it."),
        };
        return taken switch
        {
            { Later: true } => new BusVerdict(Settlement.Abandon),
            { Fault: { } refused } => await rejections.RejectAsync(arrival, message.Sender, refused, cancellation),
            _ => new BusVerdict(Settlement.Complete),
        };
    }
}
