using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.EmbeddedBus.Wire;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.EmbeddedBus.InProcess;

/// <summary>Sends the hub's events to its own bus. An event counts as sent when its message has been written to disk.</summary>
internal sealed class InProcessSender(BusStore store) : IBusSender
{
    public async ValueTask<EffectResult> SendAsync(
        string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default)
    {
        if (store.Topology.FindTarget(entity) is not { } target)
        {
            return EffectResult.NeedsHuman($"The bus does not have a queue or topic {entity}.");
        }

        var encoded = BrokerMessages.Write(cloudEvent, sessionId, correlationId).Encode();
        var message = IncomingMessage.Read(encoded.Buffer.AsSpan(encoded.Offset, encoded.Length));
        if (message.Problem is { } problem)
        {
            return EffectResult.Permanent($"{entity}: {problem.Description}");
        }

        try
        {
            return await store.SendAsync(target, [message.ToStored(BusKey.RootName)]) switch
            {
                SendOutcome.Refused refused => EffectResult.Permanent($"{entity}: {refused.Reason}"),
                SendOutcome.QuotaExceeded full => EffectResult.Transient($"{entity}: {full.Reason}"),
                _ => EffectResult.Done(cloudEvent.Id),
            };
        }
        catch (Exception fault) when (fault is ObjectDisposedException or SqliteException)
        {
            return EffectResult.Transient($"{entity}: {fault.GetType().Name}.");
        }
    }
}
