using Amqp;
using IntegrationHub.EmbeddedBus.Access;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>The node <c>$cbs</c>, which accepts tokens. Source: AMQP Claims-based Security 1.0; Azure Service Bus AMQP protocol
/// guide.</summary>
internal sealed class ClaimsNode(Caller caller, IReadOnlyList<BusKey> keys, TimeProvider clock, ILogger log)
{
    internal const string Address = "$cbs";

    internal Task<Reply> HandleAsync(string operation, Message request)
    {
        if (operation != "put-token")
        {
            return Task.FromResult(new Reply(501, "Only the operation put-token is supported here."));
        }

        if (request.ApplicationProperties["type"]?.ToString() != "servicebus.windows.net:sastoken")
        {
            return Task.FromResult(new Reply(401, "Only tokens of type servicebus.windows.net:sastoken are accepted here."));
        }

        if (SasToken.Check(request.Body as string, keys, clock.GetUtcNow(), out var problem) is not { } token)
        {
            BusLog.TokenRefused(log, problem);
            return Task.FromResult(new Reply(401, problem));
        }

        return Task.FromResult(caller.Trust(token)
            ? new Reply(202, "Accepted")
            : new Reply(403, $"A connection can have at most {Caller.MaxTokens} tokens. Replace the token of a resource that already has one, or open another connection.", Condition: ErrorCode.ResourceLimitExceeded));
    }
}
