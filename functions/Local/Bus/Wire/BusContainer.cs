using System.Security.Cryptography.X509Certificates;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Local.Bus.Access;
using IntegrationHub.Local.Bus.Store;

namespace IntegrationHub.Local.Bus.Wire;

/// <summary>
/// What stands behind the AMQP listener: turns every attach into one of the bus's links, after looking at its rights. Messages are
/// decoded here, so that bytes that are no message are refused and not, as AMQPNetLite would, answered by closing the connection.
/// </summary>
internal sealed class BusContainer : IContainer, ILinkProcessor, IHandler
{
    private static readonly TimeSpan SessionPatience = TimeSpan.FromMinutes(1);

    private readonly IContainer host;
    private readonly BusStore store;
    private readonly IReadOnlyList<BusKey> keys;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Doors doors;

    internal BusContainer(BusStore store, IReadOnlyList<BusKey> keys, TimeProvider clock, ILogger log, BusListener sockets)
    {
        (this.store, this.keys, this.clock, this.log) = (store, keys, clock, log);
        doors = new Doors(store, log);
        store.MessagesFreed += doors.OnMessagesFreed;
        store.SessionFreed += doors.OnSessionFreed;
        store.SessionLost += doors.OnSessionLost;
        // Only AMQPNetLite's own container can make the context through which a link gets its endpoint; it has no listener of its own here.
        var inner = new ContainerHost(Array.Empty<Address>());
        inner.RegisterLinkProcessor(this);
        host = inner;
        inner.CustomTransports.Add(BusListener.Scheme, sockets);
    }

    X509Certificate2? IContainer.ServiceCertificate => null;

    IDictionary<string, TransportProvider> IContainer.CustomTransports => host.CustomTransports;

    Message IContainer.CreateMessage(ByteBuffer buffer) => IncomingMessage.Read(buffer.Buffer.AsSpan(buffer.Offset, buffer.Length));

    Link IContainer.CreateLink(ListenerConnection connection, ListenerSession session, Attach attach) => host.CreateLink(connection, session, attach);

    bool IContainer.AttachLink(ListenerConnection connection, ListenerSession session, Link link, Attach attach)
    {
        // The host looks into both without asking what they are.
        if (attach.Source is not (null or Source) || attach.Target is not (null or Target))
        {
            throw new AmqpException(ErrorCode.NotImplemented, "Transactions are not offered here.");
        }

        attach.Source ??= new Source();
        attach.Target ??= new Target();
        return host.AttachLink(connection, session, link, attach);
    }

    void ILinkProcessor.Process(AttachContext context)
    {
        var attach = context.Attach;
        var isReceiver = attach.Role;
        var address = Topology.Plain(isReceiver ? ((Source)attach.Source).Address : ((Target)attach.Target).Address);
        var connection = (ListenerConnection)context.Link.Session.Connection;
        var loggedIn = connection.Principal?.Identity is { IsAuthenticated: true, Name: { } name } ? keys.FirstOrDefault(key => key.Name == name) : null;
        var caller = Caller.Of(connection, loggedIn, clock);
        var isClaims = address.Equals(ClaimsNode.Address, StringComparison.OrdinalIgnoreCase);
        if (isReceiver && (isClaims || address.EndsWith(ManagementNode.Suffix, StringComparison.OrdinalIgnoreCase)))
        {
            AttachReplies(context, caller);
        }
        else if (isClaims)
        {
            context.Complete(new RequestLink(caller, ClaimsNode.Address, new ClaimsNode(caller, keys, clock, log).Handle, log), RequestLink.Credit);
        }
        else if (address.EndsWith(ManagementNode.Suffix, StringComparison.OrdinalIgnoreCase))
        {
            AttachManagement(context, caller, address[..^ManagementNode.Suffix.Length]);
        }
        else if (isReceiver)
        {
            AttachReceiver(context, caller, address);
        }
        else
        {
            AttachSender(context, caller, address);
        }
    }

    bool IHandler.CanHandle(Amqp.Handler.EventId id) => id is Amqp.Handler.EventId.SendDelivery or Amqp.Handler.EventId.LinkRemoteClose;

    void IHandler.Handle(Event protocolEvent)
    {
        if (protocolEvent is { Id: Amqp.Handler.EventId.SendDelivery, Context: IDelivery { Message: OutgoingMessage message } delivery })
        {
            delivery.Tag = message.Tag;
        }
        else if (protocolEvent is { Id: Amqp.Handler.EventId.LinkRemoteClose, Link: { } link })
        {
            doors.OnRemoteDetach(link);
        }
    }

    private static void AttachReplies(AttachContext context, Caller caller)
    {
        var replies = new ReplyLink(context.Link, caller);
        caller.AnswerAt(context.Attach.LinkName, replies);
        if (((Target)context.Attach.Target).Address is { Length: > 0 } address)
        {
            caller.AnswerAt(address, replies);
        }

        context.Complete(replies, 0);
    }

    private void AttachManagement(AttachContext context, Caller caller, string path)
    {
        var room = store.Topology.FindRoom(path);
        var target = store.Topology.FindTarget(path);
        if (room is null && target is null)
        {
            throw NoEntity();
        }

        caller.Demand(room?.Path ?? target!.Path, BusRights.Listen | BusRights.Send);
        context.Complete(new RequestLink(caller, path, new ManagementNode(caller, room, target, store).Handle, log), RequestLink.Credit);
    }

    private void AttachSender(AttachContext context, Caller caller, string path)
    {
        var target = store.Topology.FindTarget(path) ?? throw NoEntity();
        caller.Demand(target.Path, BusRights.Send);
        context.Attach.MaxMessageSize = BusEntities.MaxMessageBytes;
        context.Complete(new SenderLink(caller, target, store, log), SenderLink.Credit);
    }

    private void AttachReceiver(AttachContext context, Caller caller, string path)
    {
        var room = store.Topology.FindRoom(path) ?? throw NoEntity();
        caller.Demand(room.Path, BusRights.Listen);
        var filters = ((Source)context.Attach.Source).FilterSet;
        var asksSession = filters is not null && filters.ContainsKey(Annotation.SessionFilter);
        if (asksSession != room.TakesSessions)
        {
            throw new AmqpException(ErrorCode.NotAllowed, room.TakesSessions
                ? "This entity takes sessions: attach with the filter com.microsoft:session-filter."
                : "This entity does not take sessions.");
        }

        if (!asksSession)
        {
            Open(context, caller, room, session: null);
            return;
        }

        var sessionId = (filters![Annotation.SessionFilter] is DescribedValue described ? described.Value : filters[Annotation.SessionFilter]) as string;
        if (sessionId is null)
        {
            AwaitSession(context, caller, room);
        }
        else
        {
            _ = OpenSession(context, caller, room, sessionId);
        }
    }

    private async Task OpenSession(AttachContext context, Caller caller, WaitingRoom room, string sessionId)
    {
        try
        {
            if (await store.AcceptSession(room, sessionId) is { } session)
            {
                OpenOn(context, caller, room, session);
            }
            else
            {
                context.Complete(new Error(Annotation.SessionCannotBeLocked) { Description = "Another receiver holds this session." });
            }
        }
        catch (ObjectDisposedException)
        {
            // The bus is closing, and the connection with it.
        }
        catch (Exception exception)
        {
            // The edge of the process: a receiver that gets no answer would wait for ever.
            BusLog.ReceiveFailed(log, room.Path, exception);
            context.Complete(new Error(ErrorCode.InternalError) { Description = "The bus cannot read. Try again." });
        }
    }

    private void AwaitSession(AttachContext context, Caller caller, WaitingRoom room)
    {
        var waiter = new SessionWaiter(context, session => OpenOn(context, caller, room, session));
        var patience = context.Attach.Properties?[Annotation.Timeout] switch
        {
            uint milliseconds => TimeSpan.FromMilliseconds(milliseconds),
            int milliseconds and > 0 => TimeSpan.FromMilliseconds(milliseconds),
            long milliseconds and > 0 and < int.MaxValue => TimeSpan.FromMilliseconds(milliseconds),
            _ => SessionPatience,
        };
        context.Link.AddClosedCallback((_, _) => waiter.Forget());
        waiter.StartTimer(clock, patience < SessionPatience ? patience : SessionPatience);
        doors.AwaitSession(room, waiter);
    }

    private void OpenOn(AttachContext context, Caller caller, WaitingRoom room, HeldSession session)
    {
        if (context.Link.IsClosed)
        {
            _ = store.ReleaseSession(room, session);
            return;
        }

        // The receiver learns here which session it got, and until when.
        var filters = ((Source)context.Attach.Source).FilterSet;
        filters[Annotation.SessionFilter] = filters[Annotation.SessionFilter] is DescribedValue described
            ? new DescribedValue(described.Descriptor, session.SessionId)
            : session.SessionId;
        context.Attach.Properties ??= [];
        context.Attach.Properties[Annotation.SessionLockedUntil] = session.LockedUntil.UtcTicks;
        caller.Hold(room, session);
        try
        {
            Open(context, caller, room, session);
        }
        catch (AmqpException)
        {
            // The receiver's connection broke at this moment: nobody holds the session.
            caller.LetGo(room, session);
            _ = store.ReleaseSession(room, session);
        }
    }

    private void Open(AttachContext context, Caller caller, WaitingRoom room, HeldSession? session)
    {
        var receiver = new ReceiverLink(context.Link, caller, room, session, store, doors, log);
        doors.Enter(receiver);
        context.Attach.MaxMessageSize = BusEntities.MaxMessageBytes;
        context.Complete(receiver, 0);
    }

    private static AmqpException NoEntity() => new(ErrorCode.NotFound, "There is no such queue, topic or subscription on this bus.");
}
