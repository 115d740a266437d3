using System.Security.Cryptography.X509Certificates;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// The container behind the AMQP listener, which checks the rights of every attach and creates the matching link of the bus. Messages are
/// decoded here, so that bytes that are not a message are rejected. AMQPNetLite itself would close the whole connection because of such
/// bytes.
/// </summary>
internal sealed class BusContainer : IContainer, ILinkProcessor, IHandler
{
    private readonly IContainer host;
    private readonly BusStore store;
    private readonly IReadOnlyList<BusKey> keys;
    private readonly TimeProvider clock;
    private readonly TimeProvider tokenClock;
    private readonly ILogger log;
    private readonly LinkRegistry links;

    internal BusContainer(BusStore store, IReadOnlyList<BusKey> keys, TimeProvider clock, TimeProvider tokenClock, ILogger log, BusListener sockets)
    {
        (this.store, this.keys, this.clock, this.tokenClock, this.log) = (store, keys, clock, tokenClock, log);
        links = new LinkRegistry(store, log);
        store.MessagesAvailable += links.OnMessagesFreed;
        store.SessionAvailable += links.OnSessionFreed;
        store.SessionLockExpired += links.OnSessionLost;
        // Only AMQPNetLite's own container can create the context through which a link gets its endpoint. This container is created
        // without addresses, so it does not listen itself.
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
        // AMQPNetLite's host uses the source and the target of an attach without checking their types.
        if (attach.Source is not (null or Source) || attach.Target is not (null or Target))
        {
            throw new AmqpException(ErrorCode.NotImplemented, "This bus does not support transactions.");
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
        var caller = Caller.Of(connection, loggedIn, tokenClock);
        var isClaims = address.Equals(ClaimsNode.Address, StringComparison.OrdinalIgnoreCase);
        if (isReceiver && (isClaims || address.EndsWith(ManagementNode.Suffix, StringComparison.OrdinalIgnoreCase)))
        {
            AttachReplies(context, caller);
        }
        else if (isClaims)
        {
            context.Complete(new RequestLink(caller, ClaimsNode.Address, new ClaimsNode(caller, keys, tokenClock, log).HandleAsync, log), RequestLink.Credit);
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
            links.OnRemoteDetach(link);
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
        var messageQueue = store.Topology.FindQueue(path);
        var target = store.Topology.FindTarget(path);
        if (messageQueue is null && target is null)
        {
            throw NoEntity();
        }

        caller.Demand(messageQueue?.Path ?? target!.Path, BusRights.Listen | BusRights.Send);
        context.Complete(new RequestLink(caller, path, new ManagementNode(caller, messageQueue, target, store).HandleAsync, log), RequestLink.Credit);
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
        var messageQueue = store.Topology.FindQueue(path) ?? throw NoEntity();
        caller.Demand(messageQueue.Path, BusRights.Listen);
        var filters = ((Source)context.Attach.Source).FilterSet;
        var asksSession = filters is not null && filters.ContainsKey(Annotation.SessionFilter);
        if (asksSession != messageQueue.UsesSessions)
        {
            throw new AmqpException(ErrorCode.NotAllowed, messageQueue.UsesSessions
                ? "This entity uses sessions: attach with the filter com.microsoft:session-filter."
                : "This entity does not use sessions.");
        }

        if (!asksSession)
        {
            ReceiverLink.Open(context, caller, messageQueue, session: null, store, links, log);
            return;
        }

        var sessionId = (filters![Annotation.SessionFilter] is DescribedValue described ? described.Value : filters[Annotation.SessionFilter]) as string;
        new SessionAttach(context, caller, messageQueue, store, links, log).Begin(sessionId, clock);
    }

    private static AmqpException NoEntity() => new(ErrorCode.NotFound, "The messaging entity of this address could not be found: this bus has no such queue, topic or subscription.");
}
