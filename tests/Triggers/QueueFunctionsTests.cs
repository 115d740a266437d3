using System.Reflection;
using System.Text;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Azure.Triggers;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Triggers.Tests;

/// <summary>A message of Service Bus goes through its trigger to the hub's receiver, and is settled as the receiver says.</summary>
public sealed class QueueFunctionsTests
{
    public static TheoryData<string> Queues => [.. BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Queue).Select(entity => entity.Name)];

    public static TheoryData<BusDecision, string> Verdicts => new()
    {
        { new BusDecision(Settlement.Complete), "complete m-1" },
        { new BusDecision(Settlement.Abandon), "abandon m-1" },
        { new BusDecision(Settlement.DeadLetter, "NotAsked", "Nobody asked for it."), "dead-letter m-1: NotAsked, Nobody asked for it." },
    };

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task What_arrives_on_a_queue_reaches_the_receiver_whole(string queue)
    {
        var receiver = new ScriptedReceiver(new BusDecision(Settlement.Complete));

        await RunAsync(queue, receiver, new ServiceBusMessageActions());

        var arrival = Assert.Single(receiver.Arrivals);
        Assert.Equal((queue, "m-1", "session-1", "correlation-1", 3), (arrival.Entity, arrival.MessageId, arrival.SessionId, arrival.CorrelationId, arrival.DeliveryCount));
        Assert.Equal("application/json", arrival.Parts.ContentType);
        Assert.Equal("1.0", arrival.Parts.ApplicationProperties["cloudEvents_specversion"]);
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(arrival.Parts.Body.Span));
    }

    [Theory]
    [MemberData(nameof(Verdicts))]
    public async Task It_is_settled_as_the_receiver_says(BusDecision verdict, string expected)
    {
        var actions = new ServiceBusMessageActions();

        await RunAsync(BusEntities.AdviceResponses.Name, new ScriptedReceiver(verdict), actions);

        Assert.Equal([expected], actions.Asked);
    }

    [Fact]
    public async Task What_the_receiver_throws_leaves_the_message_unsettled()
    {
        var actions = new ServiceBusMessageActions();

        await Assert.ThrowsAsync<IOException>(() => RunAsync(BusEntities.AdviceResponses.Name, new ScriptedReceiver(null), actions));

        Assert.Empty(actions.Asked);
    }

    [Fact]
    public async Task What_the_receiver_throws_at_the_last_delivery_is_given_up_so_that_its_sender_hears()
    {
        var actions = new ServiceBusMessageActions();
        var last = ServiceBusModelFactory.ServiceBusReceivedMessage(BinaryData.FromString("{}"), messageId: "m-1", deliveryCount: BusEntities.AdviceResponses.MaxDeliveryCount);

        await RunAsync(BusEntities.AdviceResponses.Name, new ScriptedReceiver(null), actions, last);

        Assert.Equal(["dead-letter m-1: MaxDeliveryCountExceeded, told"], actions.Asked);
    }

    [Fact]
    public void Every_queue_has_one_trigger_with_the_settings_of_its_queue()
    {
        var triggers = typeof(QueueFunctions).GetMethods()
            .Select(method => (Function: method.GetCustomAttribute<FunctionAttribute>(), Trigger: TriggerOf(method)))
            .Where(method => method.Function is not null)
            .ToDictionary(method => method.Trigger!.QueueName, method => method.Trigger!);

        var queues = BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Queue).ToList();
        Assert.Equal(queues.Select(queue => queue.Name).Order(), triggers.Keys.Order());
        Assert.All(queues, queue => Assert.Equal(queue.RequiresSession, triggers[queue.Name].IsSessionsEnabled));
        Assert.All(triggers.Values, trigger => Assert.False(trigger.AutoCompleteMessages));
        Assert.All(triggers.Values, trigger => Assert.Equal("ServiceBus", trigger.Connection));
    }

    public static TheoryData<string, string> Bodies => new() { { "value", "{}" }, { "number", "" }, { "sequence", "" }, { "sections", "{}" } };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_no_data_section_reaches_the_receiver_too(string kind, string expected)
    {
        var body = kind switch
        {
            "value" => AmqpMessageBody.FromValue("{}"),
            "number" => AmqpMessageBody.FromValue(7),
            "sequence" => AmqpMessageBody.FromSequence([["{}"]]),
            _ => AmqpMessageBody.FromData(["{"u8.ToArray(), "}"u8.ToArray()]),
        };
        var raw = new AmqpAnnotatedMessage(body);
        raw.Header.DeliveryCount = 0;
        var receiver = new ScriptedReceiver(new BusDecision(Settlement.Complete));

        await RunAsync(
            BusEntities.SchoolClosures.Name, receiver, new ServiceBusMessageActions(),
            ServiceBusReceivedMessage.FromAmqpMessage(raw, BinaryData.FromBytes(Guid.Empty.ToByteArray())));

        Assert.Equal(expected, Encoding.UTF8.GetString(Assert.Single(receiver.Arrivals).Parts.Body.Span));
    }

    private static ServiceBusTriggerAttribute? TriggerOf(MethodInfo method) =>
        method.GetParameters().FirstOrDefault()?.GetCustomAttribute<ServiceBusTriggerAttribute>();

    private static async Task RunAsync(string queue, IBusReceiver receiver, ServiceBusMessageActions actions, ServiceBusReceivedMessage? given = null)
    {
        var trigger = typeof(QueueFunctions).GetMethods().Single(method => TriggerOf(method)?.QueueName == queue);
        var message = given ?? ServiceBusModelFactory.ServiceBusReceivedMessage(
            BinaryData.FromString("""{"a":1}"""),
            messageId: "m-1",
            sessionId: "session-1",
            correlationId: "correlation-1",
            contentType: "application/json",
            properties: new Dictionary<string, object> { ["cloudEvents_specversion"] = "1.0" },
            deliveryCount: 3);
        await using var client = new GrpcDurableTaskClient("test", new GrpcDurableTaskClientOptions { Address = "http://127.0.0.1:1" }, NullLogger.Instance);

        await (Task)trigger.Invoke(
            new QueueFunctions(receiver, new CurrentDurableClient()), [message, actions, client, TestContext.Current.CancellationToken])!;
    }

    private sealed class ScriptedReceiver(BusDecision? verdict) : IBusReceiver
    {
        public List<ReceivedBusMessage> Arrivals { get; } = [];

        public ValueTask<BusDecision> ReceiveAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default)
        {
            Arrivals.Add(arrival);
            return verdict is null ? throw new IOException("The store does not answer.") : ValueTask.FromResult(verdict);
        }

        public ValueTask<BusDecision> GiveUpAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new BusDecision(Settlement.DeadLetter, "MaxDeliveryCountExceeded", "told"));
    }
}
