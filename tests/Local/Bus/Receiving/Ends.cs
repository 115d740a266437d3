using System.Text.Json;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Receiving;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>Where a message ends. There is no other end than these.</summary>
internal enum End
{
    /// <summary>The transfer itself is refused: its sender hears at once.</summary>
    AtOnce,

    /// <summary>In its case; an acknowledgement that was overtaken counts, since the case knows more.</summary>
    Case,

    /// <summary>Held, for a time that its sender knows, until a case comes that it concerns.</summary>
    Held,

    /// <summary>Held, and before a person in a case.</summary>
    Person,

    /// <summary>A dead letter of which its sender hears.</summary>
    Told,

    /// <summary>A dead letter of which nobody can be told: neither its key nor its words name an agency of the bus.</summary>
    Untold,
}

/// <summary>Finds the end of a message by looking where it should be, not by what the receiver says about it.</summary>
/// <param name="hub">The receiver with everything behind it.</param>
/// <param name="assessment">The case that messages belong to.</param>
internal sealed class Ends(Receiver hub, AssessmentId assessment)
{
    private static readonly AgencyId[] OnTheBus = [Receiver.School, Receiver.SocialCare];

    /// <summary>Its end; null when it is nowhere, or its sender should have heard and has not.</summary>
    internal async Task<End?> OfAsync(ReceivedBusMessage arrival, BusDecision verdict) => verdict.Settlement switch
    {
        Settlement.Complete => await CompletedAsync(arrival),
        Settlement.DeadLetter when string.IsNullOrEmpty(verdict.Reason) || string.IsNullOrEmpty(verdict.Description) => null,
        Settlement.DeadLetter => (Sender(arrival), hub.Heard.TryGetValue(arrival.CorrelationId!, out var told) ? told : (AgencyId?)null) switch
        {
            (null, null) => End.Untold,
            ({ } sender, { } heard) when sender == heard => End.Told,
            _ => null,
        },
        _ => null,
    };

    private async Task<End?> CompletedAsync(ReceivedBusMessage arrival)
    {
        var envelope = CloudEventBinding.Read(arrival.Parts).Value!;
        switch (MessageReader.Read(envelope).Value)
        {
            case IAdviceMessage message:
                var outcome = await hub.Store.OutcomeAsync(message.Assessment, $"bus {message.Agency.Value} {envelope.Id}");
                var overtaken = message is AdviceAcknowledged or AdviceAccepted && outcome?.Refusal?.Code == "request-not-there";
                return outcome is { Accepted: true } || overtaken ? End.Case : null;
            case AssessmentPushed push:
                var key = new Incoming(arrival, envelope, push.Agency, push).Key;
                return await IsThereAsync($"held/pushed/{key}.json") ? await IsThereAsync($"held/candidates/{key}/{assessment.Value}.json") ? End.Person : End.Held
                    : (await hub.StateAsync(assessment)).Existing.Any(existing => existing.Id == $"pushed-{key}") ? End.Case
                    : null;
            case SchoolClosurePublished closure:
                return await IsThereAsync($"held/closures/{new Incoming(arrival, envelope, closure.School, closure).Key}.json") ? End.Held : null;
            default:
                return null;
        }
    }

    private async Task<bool> IsThereAsync(string name) => (await hub.Documents.ReadAsync(name, CancellationToken.None)).Succeeded;

    /// <summary>Who should hear: the holder of the key, or where the bus names none, the agency that the message names.</summary>
    private static AgencyId? Sender(ReceivedBusMessage arrival)
    {
        AgencyId? found = arrival.SentBy is { } key
            ? OnTheBus.Where(agency => BusEntities.SubscriptionName(agency) == key).Cast<AgencyId?>().FirstOrDefault()
            : CloudEventBinding.Read(arrival.Parts).Value is { } envelope ? Named(envelope) : null;
        return found is { } agency && OnTheBus.Contains(agency) ? agency : null;
    }

    private static AgencyId? Named(CloudEvent envelope)
    {
        if (AgencyId.TryParse(envelope.Extensions.GetValueOrDefault("agency"), out var attribute, out _))
        {
            return attribute;
        }

        try
        {
            using var body = JsonDocument.Parse(envelope.Data);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && (body.RootElement.TryGetProperty("agency", out var name) || body.RootElement.TryGetProperty("school", out name))
                && AgencyId.TryParse(name.GetString(), out var named, out _) ? named : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Not JSON, or no text: it names nobody.
            return null;
        }
    }
}
