using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>One connection: the rights of its tokens, the destinations of its answers and the sessions that it holds.</summary>
internal sealed class Caller(TimeProvider clock)
{
    /// <summary>The greatest number of tokens for one connection: several times the number of the hub's entities.</summary>
    internal const int MaxTokens = 100;

    private readonly ConcurrentDictionary<string, SasToken> tokens = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(MessageQueue Room, string Session), HeldSession> sessions = new();
    private readonly ConcurrentDictionary<string, ReplyLink> replies = new(StringComparer.Ordinal);

    /// <summary>Whether the connection has ended.</summary>
    internal bool IsGone { get; private set; }

    /// <summary>The caller of a connection, created with the first link.</summary>
    internal static Caller Of(ListenerConnection connection, BusKey? loggedIn, TimeProvider clock)
    {
        lock (connection.Properties)
        {
            if (connection.Properties.TryGetValue(nameof(Caller), out var known))
            {
                return (Caller)known;
            }

            var caller = new Caller(clock);
            connection.AddClosedCallback((_, _) => caller.IsGone = true);
            if (loggedIn is not null)
            {
                caller.Trust(new SasToken(loggedIn, "", DateTimeOffset.MaxValue));
            }

            connection.Properties[nameof(Caller)] = caller;
            return caller;
        }
    }

    /// <summary>
    /// Adds a token. The result is false if the connection already has as many tokens as are allowed. A later token of the same key for the
    /// same resource replaces the earlier token.
    /// </summary>
    internal bool Trust(SasToken token)
    {
        var name = token.Key.Name + "\n" + token.Resource;
        if (tokens.Count >= MaxTokens && !tokens.ContainsKey(name))
        {
            foreach (var over in tokens.Where(known => known.Value.Expires <= clock.GetUtcNow()))
            {
                tokens.TryRemove(over);
            }

            if (tokens.Count >= MaxTokens)
            {
                return false;
            }
        }

        tokens[name] = token;
        return true;
    }

    /// <summary>Name of a key that currently gives the connection these rights at this path, or null if no key does.</summary>
    internal string? KeyFor(string path, BusRights rights)
    {
        var now = clock.GetUtcNow();
        return tokens.Values.FirstOrDefault(token => token.Allows(path, rights, now))?.Key.Name;
    }

    /// <exception cref="AmqpException">No valid token gives these rights.</exception>
    internal void Demand(string path, BusRights rights)
    {
        if (KeyFor(path, rights) is null)
        {
            throw new AmqpException(Unauthorized(rights));
        }
    }

    internal static Error Unauthorized(BusRights rights) => new(ErrorCode.UnauthorizedAccess)
    {
        Description = $"No valid token allows {rights.ToString().ToLowerInvariant()} on this entity. Send a token to $cbs first.",
    };

    internal void Hold(MessageQueue messageQueue, HeldSession session) => sessions[(messageQueue, session.SessionId)] = session;

    internal void LetGo(MessageQueue messageQueue, HeldSession session) => sessions.TryRemove(KeyValuePair.Create((messageQueue, session.SessionId), session));

    internal HeldSession? Session(MessageQueue messageQueue, string? sessionId) => sessionId is null ? null : sessions.GetValueOrDefault((messageQueue, sessionId));

    internal void AnswerAt(string name, ReplyLink link) => replies[name] = link;

    internal void AnswerNoMore(ReplyLink link)
    {
        foreach (var known in replies.Where(known => known.Value == link))
        {
            replies.TryRemove(known);
        }
    }

    internal ReplyLink? AnswerTo(string? name) => name is null ? null : replies.GetValueOrDefault(name);
}
