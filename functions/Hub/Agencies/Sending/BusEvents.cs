using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Agencies.Sending;

/// <summary>Turns the hub's messages to agencies into events on the bus.</summary>
internal static class BusEvents
{
    /// <summary>Creates an event for one agency.</summary>
    /// <param name="id">The event id and MessageId, which does not change between attempts, so that a repeat can be dropped.</param>
    /// <param name="source">The council on whose behalf the event is sent, or null if the hub sends the event for itself.</param>
    /// <param name="agency">The agency that the event is for; subscriptions filter by this value.</param>
    /// <param name="subject">The assessment, or null if there is none.</param>
    /// <param name="body">The content, as one of the record types for bus messages.</param>
    /// <param name="at">The time of the event.</param>
    internal static CloudEvent For(string id, LocalAuthorityCode? source, AgencyId agency, AssessmentId? subject, object body, DateTimeOffset at)
    {
        var message = BusMessages.For(body);
        return new CloudEvent
        {
            Id = id,
            Source = source is { } council ? $"urn:integrationhub:{council.Value}" : "urn:integrationhub",
            Type = message.Type,
            Subject = subject?.Value,
            Time = at,
            DataSchema = $"urn:integrationhub:schema:{message.Type}",
            Extensions = new Dictionary<string, string> { [CloudEvent.AgencyAttribute] = agency.Value },
            Data = BusJson.Write(body),
        };
    }
}
