using Amqp;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>The node <c>entity/$management</c>, for operations that links cannot perform. Source: "AMQP 1.0 in Azure Service Bus:
/// request-response-based operations".</summary>
/// <param name="caller">The connection that makes the requests.</param>
/// <param name="messageQueue">The queue or subscription at this address, or null for a topic.</param>
/// <param name="target">The queue or topic at this address, or null for a subscription or dead letters.</param>
/// <param name="store">The store of messages.</param>
internal sealed class ManagementNode(Caller caller, MessageQueue? messageQueue, SendTarget? target, BusStore store)
{
    internal const string Suffix = "/$management";

    private const string Vendor = "com.microsoft:";
    private const int EndOfTime = 9999;

    private static readonly Reply LockLost = new(410, "The lock has expired, or the message is already settled.", Condition: Annotation.MessageLockLost);
    private static readonly Reply SessionLost = new(410, "The session is not held on this connection, or its lock has expired.", Condition: Annotation.SessionLockLost);
    private static readonly Reply NotFound = new(404, "There is no such message.", Condition: Annotation.MessageNotFound);

    internal async Task<Reply> HandleAsync(string operation, Message request)
    {
        if (!operation.StartsWith(Vendor, StringComparison.Ordinal) || request.Body is not Map body)
        {
            return new Reply(501, "This operation is not supported here.", Condition: ErrorCode.NotImplemented);
        }

        var arguments = new Arguments(body);
        var name = operation[Vendor.Length..];
        if (name is "schedule-message" or "cancel-scheduled-message")
        {
            return target is null || caller.KeyFor(target.Path, BusRights.Send) is not { } key
                ? Forbidden(BusRights.Send)
                : name == "schedule-message" ? await ScheduleAsync(target, arguments, key) : await CancelAsync(target, arguments);
        }

        if (messageQueue is null || caller.KeyFor(messageQueue.Path, BusRights.Listen) is null)
        {
            return Forbidden(BusRights.Listen);
        }

        return name switch
        {
            "renew-lock" => await RenewLockAsync(messageQueue, arguments),
            "peek-message" => await PeekAsync(messageQueue, arguments),
            "receive-by-sequence-number" => await ReceiveDeferredAsync(messageQueue, arguments),
            "update-disposition" => await SettleAsync(messageQueue, arguments),
            "renew-session-lock" => await RenewSessionAsync(messageQueue, arguments),
            "get-session-state" => await StateAsync(messageQueue, arguments),
            "set-session-state" => await RememberAsync(messageQueue, arguments),
            "get-message-sessions" => await ListSessionsAsync(messageQueue, arguments),
            _ => new Reply(501, "This operation is not supported here.", Condition: ErrorCode.NotImplemented),
        };
    }

    private static Reply Forbidden(BusRights rights) => new(401, Caller.Unauthorized(rights).Description, Condition: ErrorCode.UnauthorizedAccess);

    private async Task<Reply> ScheduleAsync(SendTarget entity, Arguments arguments, string key)
    {
        var messages = new List<NewMessage>();
        foreach (var entry in arguments.Maps("messages"))
        {
            if (entry["message"] is not byte[] bytes)
            {
                return Reply.Bad("messages: each entry must contain a message.");
            }

            var message = IncomingMessage.Read(bytes);
            if (message.Problem is { } problem)
            {
                return new Reply(400, problem.Description, Condition: problem.Condition);
            }

            messages.Add(message.ToStored(key));
        }

        return await store.SendAsync(entity, messages) switch
        {
            SendOutcome.Stored { SequenceNumbers: { Count: > 0 } numbers } => Reply.Of(new Map { ["sequence-numbers"] = numbers.ToArray() }),
            SendOutcome.QuotaExceeded full => new Reply(403, full.Reason, Condition: ErrorCode.ResourceLimitExceeded),
            SendOutcome.Refused refused => Reply.Bad(refused.Reason),
            _ => Reply.Bad("messages: no message was given."),
        };
    }

    private async Task<Reply> CancelAsync(SendTarget entity, Arguments arguments) =>
        await store.CancelScheduledAsync(entity, arguments.Numbers("sequence-numbers")) ? Reply.Done : NotFound;

    private async Task<Reply> RenewLockAsync(MessageQueue place, Arguments arguments)
    {
        var tokens = arguments.Tokens("lock-tokens");
        return tokens.Count == 0
            ? Reply.Bad("lock-tokens: no token was given.")
            : await store.RenewLocksAsync(place, tokens) is { } ends
                ? Reply.Of(new Map { ["expirations"] = ends.Select(end => end.UtcDateTime).ToArray() })
                : LockLost;
    }

    private async Task<Reply> PeekAsync(MessageQueue place, Arguments arguments)
    {
        var messages = await store.PeekAsync(place, arguments.Number("from-sequence-number") ?? 0, arguments.Text("session-id"), (int)Math.Clamp(arguments.Number("message-count") ?? 1, 1, 250));
        return messages.Count == 0
            ? new Reply(204, "No content", Condition: Annotation.MessageNotFound)
            : Reply.Of(new Map { ["messages"] = ListOf(messages.Select(message => new Map { ["message"] = OutgoingMessage.Bytes(message) })) });
    }

    private async Task<Reply> ReceiveDeferredAsync(MessageQueue place, Arguments arguments)
    {
        if (Held(place, arguments, out var session) is { } lost)
        {
            return lost;
        }

        // receiver-settle-mode: 0 first (receive and delete), 1 second (peek-lock).
        var keep = arguments.Number("receiver-settle-mode") == 1;
        var messages = await store.ReceiveDeferredAsync(place, arguments.Numbers("sequence-numbers"), session, keep, () => caller.IsGone);
        return messages is null
            ? NotFound
            : Reply.Of(new Map
            {
                ["messages"] = ListOf(messages.Select(message => new Map
                {
                    ["message"] = OutgoingMessage.Bytes(message),
                    ["lock-token"] = message.LockToken ?? Guid.Empty,
                })),
            });
    }

    private async Task<Reply> SettleAsync(MessageQueue place, Arguments arguments)
    {
        var rewrite = ReceiverLink.Rewrite(arguments.Map("properties-to-modify"));
        Settlement? settlement = arguments.Text("disposition-status") switch
        {
            "completed" => new Settlement.Complete(),
            "abandoned" => new Settlement.Abandon { Rewrite = rewrite },
            "defered" => new Settlement.Defer { Rewrite = rewrite }, // This is the spelling of Service Bus.
            "suspended" => new Settlement.DeadLetter(arguments.Text("deadletter-reason"), arguments.Text("deadletter-description")) { Rewrite = rewrite },
            _ => null,
        };
        if (settlement is null)
        {
            return Reply.Bad("disposition-status: completed, abandoned, defered or suspended is expected.");
        }

        foreach (var token in arguments.Tokens("lock-tokens"))
        {
            if (!await store.SettleAsync(place, token, settlement))
            {
                return LockLost;
            }
        }

        return Reply.Done;
    }

    private async Task<Reply> RenewSessionAsync(MessageQueue place, Arguments arguments) =>
        Held(place, arguments, out var session) is null && session is not null && await store.RenewSessionAsync(place, session) is { } renewed
            ? Reply.Of(new Map { ["expiration"] = renewed.LockedUntil.UtcDateTime })
            : SessionLost;

    private async Task<Reply> StateAsync(MessageQueue place, Arguments arguments) =>
        Held(place, arguments, out var session) is null && session is not null
            ? Reply.Of(new Map { ["session-state"] = await store.SessionStateAsync(place, session.SessionId) })
            : SessionLost;

    private async Task<Reply> RememberAsync(MessageQueue place, Arguments arguments) =>
        Held(place, arguments, out var session) is null && session is not null && await store.SetSessionStateAsync(place, session, arguments.Bytes("session-state"))
            ? Reply.Done
            : SessionLost;

    private async Task<Reply> ListSessionsAsync(MessageQueue place, Arguments arguments)
    {
        var skip = (int)Math.Clamp(arguments.Number("skip") ?? 0, 0, int.MaxValue);
        var top = (int)Math.Clamp(arguments.Number("top") ?? 100, 1, 1000);
        // To ask for the sessions that have messages, SDKs send the latest possible time. If they send any other time, they ask for the
        // sessions that have changed since that time.
        var since = arguments.Instant("last-updated-time") ?? DateTimeOffset.UnixEpoch;
        var ids = await store.ListSessionsAsync(place, since.Year >= EndOfTime ? null : since, skip, top);
        return ids.Count == 0
            ? new Reply(204, "No content")
            : Reply.Of(new Map { ["skip"] = skip + ids.Count, ["sessions-ids"] = ids.ToArray() });
    }

    // A session's operations work only on the connection that holds the session.
    private Reply? Held(MessageQueue place, Arguments arguments, out HeldSession? session)
    {
        session = place.UsesSessions ? caller.Session(place, arguments.Text("session-id")) : null;
        return place.UsesSessions && session is null ? SessionLost : null;
    }

    private static List ListOf(IEnumerable<Map> maps)
    {
        var list = new List();
        list.AddRange(maps);
        return list;
    }
}
