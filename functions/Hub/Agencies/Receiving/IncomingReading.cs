using System.Text.Json;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Reads a delivered message and checks its envelope, type and schema, and whether its sender may send it. Reading never throws an
/// exception, even if the bytes are not valid.
/// </summary>
internal sealed class IncomingReading(AgencyDirectory directory, TimeProvider time)
{
    /// <summary>
    /// Name of the key with all rights, which every Service Bus namespace has. The holder of this key can send messages in any agency's
    /// name.
    /// </summary>
    private const string RootKey = "RootManageSharedAccessKey";

    internal (Incoming? Message, Fault? Fault) Read(ReceivedBusMessage arrival)
    {
        var read = CloudEventBinding.Read(arrival.Parts);
        if (read.Value is not { } envelope)
        {
            return Refuse("NotACloudEvent", read.Problem);
        }

        if (BusMessages.Find(envelope.Type) is not { } message)
        {
            return Refuse("UnknownType", "type: this bus has no such message type; for the types that exist, see contracts/schemas/asyncapi.json.");
        }

        if (message.Entity.Name != arrival.Entity)
        {
            return Refuse("WrongEntity", $"A message of this type must be sent to {message.Entity.Name}.");
        }

        if (!CloudEvent.IsId(envelope.Id))
        {
            return Refuse("EventIdNotUsable", $"id: must be 1 to {CloudEvent.MaxIdLength} visible ASCII characters.");
        }

        if (arrival.MessageId is { Length: > 0 } messageId && messageId != envelope.Id)
        {
            return Refuse("MessageIdMismatch", "The AMQP message-id must be the event's id.");
        }

        if (!ContentTypes.IsJson(envelope.DataContentType))
        {
            return Refuse("ContentTypeNotUsable", ContentTypes.Problem);
        }

        var body = MessageReader.Read(message, envelope.Data);
        if (body.Value is null)
        {
            return Refuse("NotOfTheSchema", $"{message.SchemaFile}: {body.Problem}");
        }

        // The rules that a message must follow are checked before anything is stored. Without this check, a message that no case can use
        // would wait for an officer, who could only dismiss it.
        return MessageRules.FirstViolation(body.Value, LondonDate.Of(time.GetUtcNow())) is { } broken
            ? Refuse("RuleNotKept", $"{message.SchemaFile}: {broken}")
            : WithSender(arrival, envelope, body.Value);
    }

    /// <summary>
    /// The agency to notify if a message could not be used: the holder of the key with which the message was sent, or else the agency that
    /// the message names.
    /// </summary>
    internal AgencyId? AgencyToNotify(ReceivedBusMessage arrival)
    {
        var named = CloudEventBinding.Read(arrival.Parts).Value is { } envelope ? NamedBy(envelope) : null;
        return directory.Entries.Where(entry => entry.Reach == Reach.Bus)
            .Select(entry => (AgencyId?)entry.Id)
            .FirstOrDefault(agency => IsKeyOf(arrival.SentBy, agency!.Value) || (arrival.SentBy is null or RootKey && agency == named));
    }

    private (Incoming?, Fault?) WithSender(ReceivedBusMessage arrival, CloudEvent envelope, object body)
    {
        var (sender, session) = body switch
        {
            IAdviceMessage advice => (advice.Agency, advice.Assessment.Value),
            AssessmentPushed pushed => (pushed.Agency, null),
            SchoolClosurePublished closure => (closure.School, (string?)null),
            _ => (default, null),
        };
        if (arrival.SentBy is not (null or RootKey) && !IsKeyOf(arrival.SentBy, sender))
        {
            return Refuse("NotTheSender", "The message must name the agency with whose key it was sent, but names a different agency.");
        }

        if (envelope.Extensions.ContainsKey(CloudEvent.AgencyAttribute) && Extension(envelope) != sender)
        {
            return Refuse("NotTheSender", "The attribute agency and the body must name one and the same agency.");
        }

        if (directory.For(sender).Reach != Reach.Bus)
        {
            return Refuse("NotABusAgency", "The hub's agencies.json does not list this agency with reach bus.");
        }

        return session is not null && arrival.SessionId != session
            ? Refuse("SessionMismatch", "The session id (AMQP group-id) must be the assessment's id.")
            : (new Incoming(arrival, envelope, sender, body), null);
    }

    /// <summary>The agency that a message names in the attribute <c>agency</c> or else in its body, even if the rest of the message cannot
    /// be used.</summary>
    private static AgencyId? NamedBy(CloudEvent envelope)
    {
        if (Extension(envelope) is { } agency)
        {
            return agency;
        }

        try
        {
            using var document = JsonDocument.Parse(envelope.Data);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && (root.TryGetProperty("agency", out var named) || root.TryGetProperty("school", out named))
                && named.ValueKind == JsonValueKind.String
                && AgencyId.TryParse(named.GetString(), out var body, out _)
                    ? body
                    : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The body is not JSON, or the text is not Unicode, so the body does not name an agency.
            return null;
        }
    }

    private static AgencyId? Extension(CloudEvent envelope) =>
        AgencyId.TryParse(envelope.Extensions.GetValueOrDefault(CloudEvent.AgencyAttribute), out var agency, out _) ? agency : null;

    private static bool IsKeyOf(string? key, AgencyId agency) => key is not null && key == BusEntities.SubscriptionName(agency);

    private static (Incoming?, Fault?) Refuse(string reason, string description) => (null, new Fault(reason, description));
}
