using System.Collections.Concurrent;
using Amqp;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>
/// Sends events over AMQP. The result is Done only if the broker has accepted the message. If the broker has not accepted the message, the
/// effect is tried again under the same id.
/// </summary>
public sealed class BrokerSender(BrokerConnection connection) : IBusSender
{
    private readonly ConcurrentDictionary<string, SenderLink> links = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim attaching = new(1, 1);

    /// <inheritdoc/>
    public async ValueTask<EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        var address = AddressOf(entity, cloudEvent);
        try
        {
            var link = await LinkAsync(address, cancellationToken);
            await link.SendAsync(BrokerMessages.Write(cloudEvent, sessionId, correlationId), connection.Options.Patience);
            return EffectResult.Done(cloudEvent.Id);
        }
        catch (Exception fault) when (BrokerFaults.Is(fault))
        {
            return BrokerFaults.Sending(entity, fault);
        }
    }

    private string AddressOf(string entity, CloudEvent cloudEvent) =>
        BusEntities.All.FirstOrDefault(known => known.Name == entity) is { Kind: BusEntityKind.Queue }
            ? connection.Options.QueueAddressOf(entity)
            : connection.Options.TopicAddressOf(entity, AgencyId.TryParse(cloudEvent.Extensions.GetValueOrDefault(CloudEvent.AgencyAttribute), out var agency, out _) ? BusEntities.SubscriptionName(agency) : "");

    private async Task<SenderLink> LinkAsync(string address, CancellationToken cancellationToken)
    {
        if (links.TryGetValue(address, out var there) && !there.IsClosed)
        {
            return there;
        }

        await attaching.WaitAsync(cancellationToken);
        try
        {
            if (links.TryGetValue(address, out var meanwhile) && !meanwhile.IsClosed)
            {
                return meanwhile;
            }

            var session = await connection.SessionAsync(cancellationToken);
            return links[address] = new SenderLink(session, $"hub-{Guid.NewGuid():N}", address);
        }
        finally
        {
            attaching.Release();
        }
    }
}

/// <summary>
/// The sender that the hub uses if no bus is configured. If an agency is listed as reached over the bus, an officer is told about each
/// message that cannot be sent to it.
/// </summary>
public sealed class NoBroker : IBusSender
{
    /// <inheritdoc/>
    public ValueTask<EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default) =>
        new(EffectResult.NeedsHuman("No bus is configured (Bus:Address, or the embedded bus)."));
}
