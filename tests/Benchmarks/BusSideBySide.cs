using System.Diagnostics;
using Amqp;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.EmbeddedBus.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// The embedded bus and RabbitMQ with the same client in one run, without sessions: durable messages of 500 bytes, each sender told when
/// its message is kept, each message accepted by the receiver.
/// </summary>
internal static class BusSideBySide
{
    private const string Secret = "benchmark";
    private static readonly string Queue = BusEntities.SchoolClosures.Name;

    internal static async Task RunAsync(int messages)
    {
        var (own, rabbit) = await MeasureAsync(messages);
        Tell("embedded bus, no sessions", own);
        if (rabbit is { } measured)
        {
            Tell("RabbitMQ 3.10, AMQP 1.0 plugin", measured);
        }
        else
        {
            Console.WriteLine("RabbitMQ is not installed: apt-get install rabbitmq-server");
        }
    }

    /// <summary>Messages a second of both; RabbitMQ's null where it is not installed.</summary>
    internal static async Task<((double Sent, double Received) Own, (double Sent, double Received)? Rabbit)> MeasureAsync(int messages)
    {
        using var doing = Doing.Now($"bus: {messages:N0} messages through the embedded bus, then through RabbitMQ");
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            (double, double) own;
            await using (var bus = new BusServer(new BusOptions { DataFolder = folder.FullName, RootSecret = Secret, Port = 0 }, TimeProvider.System, NullLogger<BusServer>.Instance))
            {
                await bus.StartAsync();
                own = await MeasureAsync(new Address("localhost", bus.Port, BusKey.RootName, Secret, "/", "amqp"), Queue, messages);
            }

            await using var rabbit = await BareRabbit.StartAsync(Queue);
            return (own, rabbit is null ? null : await MeasureAsync(new Address("127.0.0.1", rabbit.Port, "guest", "guest", "/", "amqp"), $"/amq/queue/{Queue}", messages));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Sent, double Received)> MeasureAsync(Address broker, string address, int messages)
    {
        // A tenth first, that nobody counts: code is compiled, queues are opened.
        await SendAsync(broker, address, messages / 10);
        await ReceiveAsync(broker, address, messages / 10);
        return (await SendAsync(broker, address, messages), await ReceiveAsync(broker, address, messages));
    }

    private static void Tell(string what, (double Sent, double Received) rate) =>
        Console.WriteLine(FormattableString.Invariant($"{what,-48} {rate.Sent,10:N0} /s sent   {rate.Received,10:N0} /s received and accepted"));

    private static async Task<double> SendAsync(Address broker, string address, int messages)
    {
        var connection = await new ConnectionFactory().CreateAsync(broker);
        var link = new SenderLink(new Session(connection), "s", address);
        var body = new byte[500];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, messages).Select(n => link.SendAsync(new Message
        {
            Header = new Amqp.Framing.Header { Durable = true },
            Properties = new Amqp.Framing.Properties { MessageId = $"{Guid.NewGuid():N}" },
            BodySection = new Amqp.Framing.Data { Binary = body },
        })));
        var rate = messages / clock.Elapsed.TotalSeconds;
        connection.Close(TimeSpan.Zero);
        return rate;
    }

    private static async Task<double> ReceiveAsync(Address broker, string address, int messages)
    {
        var connection = await new ConnectionFactory().CreateAsync(broker);
        var link = new ReceiverLink(new Session(connection), "r", address);
        var clock = Stopwatch.StartNew();
        // Whole batches of credit: RabbitMQ's plugin stops sending when credit is topped up while some is left.
        for (var taken = 0; taken < messages;)
        {
            var batch = Math.Min(200, messages - taken);
            link.SetCredit(batch, CreditMode.Manual);
            for (var n = 0; n < batch; n++, taken++)
            {
                using var message = await link.ReceiveAsync(TimeSpan.FromSeconds(30)) ?? throw new TimeoutException($"{taken} of {messages} came.");
                link.Accept(message);
            }
        }

        var rate = messages / clock.Elapsed.TotalSeconds;
        connection.Close(TimeSpan.Zero);
        return rate;
    }
}
