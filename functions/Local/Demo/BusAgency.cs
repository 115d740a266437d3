using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// A school, social care or psychology service that uses only the hub's bus. The service receives the messages in its own subscription,
/// acknowledges them, and answers after a given number of days.
/// </summary>
internal sealed class BusAgency : IDemoPartner, IAsyncDisposable
{
    private readonly AgencyId id;
    private readonly IReadOnlyDictionary<AdviceKind, (string Advice, int AfterDays)> story;
    private readonly BusIdleWait quiet;
    private readonly Connection connection;
    private readonly SenderLink answers;
    private readonly ConcurrentQueue<object> arrived = new();
    private readonly Dictionary<string, AdviceRequested> open = [];
    private int sent;

    private BusAgency(Agency agency, IReadOnlyDictionary<AdviceKind, (string Advice, int AfterDays)> story, BusIdleWait quiet, Connection connection)
    {
        (id, this.story, this.quiet, this.connection) = (agency.Id, story, quiet, connection);
        var session = new Session(connection);
        answers = new SenderLink(session, "answers", BusEntities.AdviceResponses.Name);
        foreach (var subscription in BusEntities.SubscriptionsOf(id))
        {
            new ReceiverLink(session, subscription.Topic, subscription.Path).Start(20, Take);
        }
    }

    /// <summary>Connects an agency to the bus with the agency's own key.</summary>
    internal static async Task<BusAgency> ConnectAsync(
        Agency agency, BusKey key, int port, BusIdleWait quiet, params (AdviceKind Kind, string Advice, int AfterDays)[] story) =>
        new(
            agency,
            story.ToDictionary(part => part.Kind, part => (part.Advice, part.AfterDays)),
            quiet,
            await new ConnectionFactory().CreateAsync(new Address("localhost", port, key.Name, key.Secret, "/", "amqp")));

    public async Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken)
    {
        await quiet.WaitUntilDeliveredAsync(id, cancellationToken);
        while (arrived.TryDequeue(out var said))
        {
            await HearAsync(said, today);
        }

        if (WorkingCalendar.England.IsWorkingDay(today))
        {
            foreach (var request in open.Values.Where(request => today >= request.RequestedOn.AddDays(story[request.Kind].AfterDays)).ToList())
            {
                open.Remove(request.Request);
                await SayAsync(new AdviceSubmitted
                {
                    Assessment = request.Assessment,
                    Request = request.Request,
                    Agency = id,
                    Advice = Cast.Advice(story[request.Kind].Advice, today),
                });
            }
        }

        await quiet.WaitUntilProcessedAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync() => await connection.CloseAsync(TimeSpan.FromSeconds(5), null);

    private async Task HearAsync(object said, DateOnly today)
    {
        switch (said)
        {
            case AdviceRequested request when story.ContainsKey(request.Kind):
                open[request.Request] = request;
                await SayAsync(new AdviceAcknowledged
                {
                    Assessment = request.Assessment,
                    Request = request.Request,
                    Agency = id,
                    ReceivedAt = new DateTimeOffset(today.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero),
                });
                break;
            case AdviceRequestWithdrawn withdrawn:
                open.Remove(withdrawn.Request);
                break;
            case MessageRejected rejected:
                throw new HubRefusedException($"{id}: {rejected.Reason}");
        }
    }

    private Task SayAsync(object body)
    {
        var said = new CloudEvent
        {
            Id = $"{BusEntities.SubscriptionName(id)}-{++sent}",
            Source = $"urn:demo:{id}",
            Type = BusMessages.For(body).Type,
            Extensions = new Dictionary<string, string> { [CloudEvent.AgencyAttribute] = id.Value },
            Data = BusJson.Write(body),
        };
        var parts = CloudEventBinding.Write(said);
        var message = new Message
        {
            Properties = new Properties { MessageId = said.Id, GroupId = ((IAdviceMessage)body).Assessment.Value, ContentType = parts.ContentType },
            ApplicationProperties = new ApplicationProperties(),
            BodySection = new Data { Binary = parts.Body.ToArray() },
        };
        foreach (var (name, value) in parts.ApplicationProperties)
        {
            message.ApplicationProperties[name] = value;
        }

        return answers.SendAsync(message);
    }

    private void Take(IReceiverLink link, Message message)
    {
        var parts = new AmqpParts(
            message.Properties?.ContentType,
            message.ApplicationProperties.Map.ToDictionary(pair => (string)pair.Key, pair => (object?)pair.Value),
            ((Data)message.BodySection).Binary);
        if (CloudEventBinding.Read(parts).Value is { } said && MessageReader.Read(said).Value is { } body)
        {
            arrived.Enqueue(body);
            link.Accept(message);
        }
        else
        {
            link.Reject(message);
        }
    }
}
