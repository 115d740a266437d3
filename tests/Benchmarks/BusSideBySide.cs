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
        var folder = Directory.CreateTempSubdirectory("hub-benchmark-");
        try
        {
            await using (var bus = new BusServer(new BusOptions { DataFolder = folder.FullName, RootSecret = Secret, Port = 0 }, TimeProvider.System, NullLogger<BusServer>.Instance))
            {
                await bus.StartAsync();
                await MeasureAsync("embedded bus, no sessions", new Address("localhost", bus.Port, BusKey.RootName, Secret, "/", "amqp"), Queue, messages);
            }

            await using var rabbit = await BareRabbit.StartAsync(Queue);
            if (rabbit is null)
            {
                Console.WriteLine("RabbitMQ is not installed: apt-get install rabbitmq-server");
                return;
            }

            await MeasureAsync("RabbitMQ 3.10, AMQP 1.0 plugin", new Address("127.0.0.1", rabbit.Port, "guest", "guest", "/", "amqp"), $"/amq/queue/{Queue}", messages);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string what, Address broker, string address, int messages)
    {
        // A tenth first, that nobody counts: code is compiled, queues are opened.
        await SendAsync(broker, address, messages / 10);
        await ReceiveAsync(broker, address, messages / 10);
        var sent = await SendAsync(broker, address, messages);
        var received = await ReceiveAsync(broker, address, messages);
        Console.WriteLine(FormattableString.Invariant($"{what,-48} {sent,10:N0} /s sent   {received,10:N0} /s received and accepted"));
    }

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
