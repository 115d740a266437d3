using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Simulation.Witness;
using Bus = IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Simulation.Doors;

/// <summary>An agency whose system speaks to the bus: its message is delivered to the hub's receiver, again until the hub settles it.</summary>
internal sealed class BusDoor(DoorHub hub, Topics topics, TimeProvider time)
{
    /// <summary>Hands a message in.</summary>
    internal async Task GiveAsync(CaseLedger ledger, Message message, Actor by, AssessmentInput input)
    {
        var (agency, now) = (by.Agency!.Value, time.GetUtcNow());
        var id = FormattableString.Invariant($"{ledger.Person.Number}-{message.Id}");
        ledger.GoesUnder(message, $"bus {agency.Value} {id}");
        var body = Body(ledger, message, by, input);
        var said = new CloudEvent
        {
            Id = id,
            Source = $"urn:example:{BusEntities.SubscriptionName(agency)}",
            Type = BusMessages.For(body).Type,
            Subject = ledger.Person.Id.Value,
            Time = now,
            Data = BusJson.Write(body),
        };
        var arrival = new ReceivedBusMessage(BusEntities.AdviceResponses.Name, id, ledger.Person.Id.Value, null, CloudEventBinding.Write(said), message.Sent, BusEntities.SubscriptionName(agency));
        var verdict = await hub.CallAsync(ledger.Person.Id, async () => await hub.Bus.ReceiveAsync(arrival));
        switch (verdict.Settlement)
        {
            case Settlement.Abandon:
                throw new StoreUnavailableException(StoreFault.InputOutput, "The hub could not take the message in.");
            case Settlement.Complete:
                message.ReceiptAt ??= now;
                // What comes after a later message of the same request has nothing left to do, and is settled all the same.
                Answered(message, body is AdviceAcknowledged or AdviceAccepted ? null : true);
                break;
            default:
                // A refusal in the case's own words has a code in small letters; those of the door itself begin with a capital.
                message.RefusedAtDoor = char.IsAsciiLetterUpper(verdict.Reason![0]);
                message.RefusalTold |= topics.WasTold(id);
                Answered(message, false);
                break;
        }
    }

    internal static void Answered(Message message, bool? accepted)
    {
        message.AnsweredOtherwise |= message.Accepted is { } before && accepted is { } now && before != now;
        message.Accepted ??= accepted;
    }

    private static object Body(CaseLedger ledger, Message message, Actor by, AssessmentInput input)
    {
        var (assessment, agency) = (ledger.Person.Id, by.Agency!.Value);
        return input switch
        {
            AcknowledgeAdviceRequest i => new AdviceAcknowledged { Assessment = assessment, Request = i.RequestId, Agency = agency, ReceivedAt = new DateTimeOffset((message.BodyReceivedOn ?? message.Day).ToDateTime(new TimeOnly(11, 0)), TimeSpan.Zero) },
            AcceptAdviceRequest i => new AdviceAccepted { Assessment = assessment, Request = i.RequestId, Agency = agency },
            DeclineAdviceRequest i => new AdviceDeclined { Assessment = assessment, Request = i.RequestId, Agency = agency, Reason = DeclineReason.NotKnown, Explanation = i.Reason },
            SubmitAdvice i => new AdviceSubmitted { Assessment = assessment, Request = i.RequestId, Agency = agency, Advice = i.Content, Correction = i.Correction },
            RetractAdvice i => new Bus.AdviceRetracted { Assessment = assessment, Request = i.RequestId, Agency = agency, Reason = i.Reason },
            _ => throw new ArgumentOutOfRangeException(nameof(input), input.GetType().Name, "not said over the bus"),
        };
    }
}
