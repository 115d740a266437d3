using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>
/// Puts tokens to <c>$cbs</c> over one connection, one audience after the other, and again before they end. Source: AMQP Claims-based
/// Security 1.0; Azure Service Bus AMQP protocol guide.
/// </summary>
internal sealed class BrokerClaims : IDisposable
{
    // A token is renewed when a quarter of its life is left: time enough to try again when the issuer is slow.
    private const double RenewAt = 0.75;
    private static readonly TimeSpan SoonestRenewal = TimeSpan.FromSeconds(10);

    private readonly Connection connection;
    private readonly IBrokerTokens tokens;
    private readonly string host;
    private readonly BrokerOptions options;
    private readonly TimeProvider time;
    private readonly SenderLink requests;
    private readonly ReceiverLink replies;
    private readonly string replyTo = $"claims-{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<string, DateTimeOffset> proven = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly CancellationTokenSource closing = new();
    private long asked;

    internal BrokerClaims(Connection connection, IBrokerTokens tokens, BrokerOptions options, TimeProvider time)
    {
        (this.connection, this.tokens, this.options, this.time) = (connection, tokens, options, time);
        host = $"{options.Address!.Scheme}://{options.Address.Host}/";
        var session = new Session(connection);
        requests = new SenderLink(session, $"claims-out-{Guid.NewGuid():N}", "$cbs");
        replies = new ReceiverLink(session, $"claims-in-{Guid.NewGuid():N}", new Attach { Source = new Source { Address = "$cbs" }, Target = new Target { Address = replyTo } }, null);
        connection.AddClosedCallback((_, _) => Dispose());
    }

    /// <summary>Proves the right to what lies at this path; at once when that was done before.</summary>
    /// <exception cref="AmqpException">The broker refused the token, or did not answer.</exception>
    internal async Task ProveAsync(string path, CancellationToken cancellation)
    {
        if (proven.ContainsKey(path))
        {
            return;
        }

        await PutAsync(path, cancellation);
        if (proven.Count == 1)
        {
            _ = RenewAsync();
        }
    }

    public void Dispose()
    {
        if (!closing.IsCancellationRequested)
        {
            closing.Cancel();
        }
    }

    private async Task PutAsync(string path, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var token = await tokens.GetAsync(host + path, cancellation);
            var id = $"{++asked}";
            await requests.SendAsync(
                new Message(token.Value)
                {
                    Properties = new Properties { MessageId = id, ReplyTo = replyTo, To = "$cbs" },
                    ApplicationProperties = new ApplicationProperties { ["operation"] = "put-token", ["type"] = token.Type, ["name"] = host + path, ["expiration"] = token.Expires.UtcDateTime },
                },
                options.Patience);
            using var answer = await replies.ReceiveAsync(options.Patience)
                ?? throw new AmqpException(ErrorCode.UnauthorizedAccess, "The broker did not answer to the token.");
            replies.Accept(answer);
            var status = answer.ApplicationProperties?["status-code"] is int code ? code : 0;
            if (status is not (200 or 202))
            {
                throw new AmqpException(ErrorCode.UnauthorizedAccess, FormattableString.Invariant($"The broker refused the token: {status}."));
            }

            proven[path] = token.Expires;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Runs for the connection's life. When a renewal fails the connection is closed: the next one begins with fresh tokens.</summary>
    private async Task RenewAsync()
    {
        try
        {
            while (!closing.IsCancellationRequested)
            {
                var left = (proven.Values.Min() - time.GetUtcNow()) * RenewAt;
                await Task.Delay(left > SoonestRenewal ? left : SoonestRenewal, time, closing.Token);
                foreach (var path in proven.Keys)
                {
                    await PutAsync(path, closing.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has gone.
        }
        catch (Exception fault) when (BrokerFaults.Is(fault))
        {
            await connection.CloseAsync(options.Patience, new Error(ErrorCode.UnauthorizedAccess) { Description = "A token could not be renewed." });
        }
    }
}
