using System.Diagnostics;
using Amqp;
using Amqp.Framing;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Ports.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>The hub serves on a disk that is slow to flush the bus's file: every good answer is taken, and none is a dead letter.</summary>
public sealed class SlowFlushTests : IDisposable
{
    private const int Answers = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string data = Directory.CreateTempSubdirectory("hub-slow-").FullName;

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(250)]
    public async Task Every_answer_is_taken_however_slow_the_disk(int milliseconds)
    {
        var stop = TestContext.Current.CancellationToken;
        var (slow, missing) = await SlowDisk.BuildAsync(data, "bus.db", milliseconds);
        Assert.False(missing is not null && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipUnless(missing is null, missing ?? "");
        var ids = (await BusLoad.OpenAsync(data, 13 * Answers, stop)).Take(Answers).ToList();
        var keys = BusKeyFile.Open(data, BusLoad.Agencies);
        var port = FreePort.Take();
        using var hub = HubProcess.At(data, new Dictionary<string, string>(slow!) { ["Bus__Embedded__Port"] = $"{port}" });
        await hub.StartAsync();

        var lasted = Stopwatch.StartNew();
        await SendAsync(port, keys.Of(BusLoad.Agencies[0]), ids);
        Assert.True(lasted.ElapsedMilliseconds >= milliseconds, "the disk is not slow");
        while (await LeftAsync(stop) > 0 && lasted.Elapsed < Patience)
        {
            await Task.Delay(100, stop);
        }

        hub.Kill();
        await HeldAsync(keys, ids, stop);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    /// <summary>Answers that are still in the bus's file; read beside the process that serves it.</summary>
    private async Task<long> LeftAsync(CancellationToken cancellationToken)
    {
        await using var file = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(data, "bus", "bus.db")};Mode=ReadOnly;Pooling=False");
        await file.OpenAsync(cancellationToken);
        await using var count = file.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM message m JOIN room r ON r.id = m.room WHERE r.path = 'advice-responses'";
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task HeldAsync(BusKeyFile keys, List<AssessmentId> ids, CancellationToken cancellationToken)
    {
        await using var bus = new BusServer(
            new BusOptions { DataFolder = Path.Combine(data, "bus"), RootSecret = keys.RootSecret, Port = 0 }, TimeProvider.System, NullLogger<BusServer>.Instance);
        await bus.StartAsync(cancellationToken);
        var answers = (await bus.CountAsync()).Single(count => count.Path == BusEntities.AdviceResponses.Name);
        Assert.Equal((0L, 0L), (answers.Active, answers.DeadLetters));

        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(data, LocalHub.StoreFile) });
        foreach (var id in ids)
        {
            Assert.True((await store.OutcomeAsync(id, $"bus {BusLoad.Agencies[0]} ack-{id}", cancellationToken))?.Accepted);
        }
    }

    private static async Task SendAsync(int port, BusKey key, IEnumerable<AssessmentId> ids)
    {
        var connection = await new ConnectionFactory().CreateAsync(new Address("localhost", port, key.Name, key.Secret, "/", "amqp"));
        var link = new SenderLink(new Session(connection), "answers", BusEntities.AdviceResponses.Name);
        await Task.WhenAll(ids.Select(id => link.SendAsync(Acknowledged(id))));
        await connection.CloseAsync();
    }

    private static Message Acknowledged(AssessmentId id)
    {
        var body = new AdviceAcknowledged { Assessment = id, Request = "educational-1", Agency = BusLoad.Agencies[0], ReceivedAt = DateTimeOffset.UtcNow };
        var parts = CloudEventBinding.Write(new CloudEvent
        {
            Id = $"ack-{id}",
            Source = "urn:school",
            Type = BusMessages.For(body).Type,
            Data = BusJson.Write(body),
            Extensions = new Dictionary<string, string> { [CloudEvent.AgencyAttribute] = BusLoad.Agencies[0].Value },
        });
        var message = new Message
        {
            Properties = new Properties { MessageId = $"ack-{id}", GroupId = id.Value, ContentType = parts.ContentType },
            ApplicationProperties = new ApplicationProperties(),
            BodySection = new Data { Binary = parts.Body.ToArray() },
        };
        foreach (var (name, value) in parts.ApplicationProperties)
        {
            message.ApplicationProperties[name] = value;
        }

        return message;
    }
}
