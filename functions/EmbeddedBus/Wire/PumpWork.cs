using System.Collections.Concurrent;
using System.Security.Principal;
using Amqp;
using Amqp.Listener;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// Work that is done between two frames of a connection: everything that is written to one of its links.
/// An attach that is completed later than its frame belongs here, or AMQPNetLite would count the credit of a flow twice; and so does a transfer,
/// or the window of the flow would be taken for the one before it. Dispositions, drains and detaches belong here because the library queues the
/// frames of a session behind the thread that is writing one of them, but frees the channel when it has only queued the end: the begin of the
/// next session would go out on that channel before the end, and the client would close the connection.
/// </summary>
internal sealed class PumpWork
{
    private readonly ConcurrentQueue<Action> waiting = new();
    private volatile TaskCompletionSource posted = New();
    private volatile bool isClosed;

    /// <summary>The work of a link's connection: its principal comes from the transport, and with it the connection's own loop.</summary>
    internal static PumpWork Of(Link link) => ((BusPrincipal)((ListenerConnection)link.Session.Connection).Principal).Work;

    /// <summary>Ends when there is work.</summary>
    internal Task Posted => posted.Task;

    /// <summary>Lets the connection's own loop do the work, or does it here when that loop has ended.</summary>
    internal void Post(Action action)
    {
        waiting.Enqueue(action);
        posted.TrySetResult();
        if (isClosed)
        {
            Run();
        }
    }

    /// <summary>Writes to a link on its connection's loop; does nothing when the link or its connection has closed by then.</summary>
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
            // It closed at this moment: the peer has been told that, and of a settlement it asks again.
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

    /// <summary>No more frames will come: what is waiting, and what is posted from now on, is done at once.</summary>
    internal void Close()
    {
        isClosed = true;
        Run();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Who is behind a connection, and its loop.</summary>
internal sealed class BusPrincipal(IIdentity? identity, PumpWork work) : IPrincipal
{
    /// <summary>Null when nobody has logged in.</summary>
    public IIdentity? Identity => identity;

    internal PumpWork Work => work;

    public bool IsInRole(string role) => false;
}
