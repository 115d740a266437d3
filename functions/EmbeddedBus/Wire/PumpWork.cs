using System.Collections.Concurrent;
using System.Security.Principal;
using Amqp;
using Amqp.Listener;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// Work that is done between two frames of a connection: everything that is written to one of its links. If an attach is completed some
/// time after its frame was read, that must be done here, because AMQPNetLite would otherwise count the credit of a flow twice. A transfer
/// must be done here too, because the library would otherwise use the window from the previous flow frame. Dispositions, drains and
/// detaches must be done here because the library queues a session's frames behind the thread that is writing one of them, but frees the
/// channel as soon as the end frame is queued. The begin frame of the next session would then be sent on that channel before the end frame,
/// and the client would close the connection.
/// </summary>
internal sealed class PumpWork
{
    private readonly ConcurrentQueue<Action> waiting = new();
    private volatile TaskCompletionSource posted = New();
    private volatile bool isClosed;

    /// <summary>Finds the work queue of a link's connection through the principal that the connection's transport provides.</summary>
    internal static PumpWork Of(Link link) => ((BusPrincipal)((ListenerConnection)link.Session.Connection).Principal).Work;

    /// <summary>A task that completes when there is work for the connection's loop.</summary>
    internal Task Posted => posted.Task;

    /// <summary>Passes the work to the connection's own loop, or does the work here if that loop has ended.</summary>
    internal void Post(Action action)
    {
        waiting.Enqueue(action);
        posted.TrySetResult();
        if (isClosed)
        {
            Run();
        }
    }

    /// <summary>Writes to a link on its connection's loop, and does nothing if the link or its connection has closed by then.</summary>
    internal static void Write(Link link, Action write) => Of(link).Post(() =>
    {
        try
        {
            if (!link.IsClosed)
            {
                write();
            }
        }
        catch (Exception gone) when (gone is AmqpException or ObjectDisposedException)
        {
            // The link has just closed. The peer has been notified, and will send any settlement again.
        }
    });

    internal void Run()
    {
        posted = New();
        while (waiting.TryDequeue(out var action))
        {
            action();
        }
    }

    /// <summary>Called when no more frames will arrive on the connection. From then on, all waiting work and all work posted later is
    /// done immediately.</summary>
    internal void Close()
    {
        isClosed = true;
        Run();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The identity of a connection, with the work that is queued for the connection's loop.</summary>
internal sealed class BusPrincipal(IIdentity? identity, PumpWork work) : IPrincipal
{
    /// <summary>The identity, or null if nobody has logged in.</summary>
    public IIdentity? Identity => identity;

    internal PumpWork Work => work;

    public bool IsInRole(string role) => false;
}
