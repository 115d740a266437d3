using System.Collections.Concurrent;
using System.Security.Principal;
using Amqp;
using Amqp.Listener;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// Work that is done between two frames of a connection: what AMQPNetLite would count wrongly if a flow were read at the same instant.
/// An attach that is completed later than its frame belongs here, or the credit of the flow would be counted twice; and so does a transfer,
/// or the window of the flow would be taken for the one before it.
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

    /// <summary>Has the work done by the connection's own loop, or here when that has ended.</summary>
    internal void Post(Action action)
    {
        waiting.Enqueue(action);
        posted.TrySetResult();
        if (isClosed)
        {
            Run();
        }
    }

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
