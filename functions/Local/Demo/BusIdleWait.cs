using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus;

namespace IntegrationHub.Local.Demo;

/// <summary>Waits until no message is in transit. The demonstration's clock does not move while the hub has messages to process, so no day
/// ends before its messages are read.</summary>
internal sealed class BusIdleWait(BusServer bus)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until an agency has received everything that was sent to it.</summary>
    internal async Task WaitUntilDeliveredAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        var own = BusEntities.SubscriptionsOf(agency).Select(subscription => subscription.Path).ToHashSet();
        while ((await bus.CountAsync()).Any(count => own.Contains(count.Path) && count.Active > 0))
        {
            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>Waits until the hub has processed everything that was sent to it.</summary>
    /// <exception cref="HubRefusedException">The hub could not use a message.</exception>
    internal async Task WaitUntilProcessedAsync(CancellationToken cancellationToken)
    {
        var queues = BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Queue).Select(entity => entity.Name).ToHashSet();
        while (true)
        {
            var counts = (await bus.CountAsync()).Where(count => queues.Contains(count.Path)).ToList();
            if (counts.FirstOrDefault(count => count.DeadLetters > 0) is { } dead)
            {
                throw new HubRefusedException($"A message in {dead.Path} could not be used: {(await bus.DeadLettersAsync(dead.Path))![0].DeadLetterDescription}");
            }

            if (counts.TrueForAll(count => count.Active == 0))
            {
                return;
            }

            await Task.Delay(Look, cancellationToken);
        }
    }
}
