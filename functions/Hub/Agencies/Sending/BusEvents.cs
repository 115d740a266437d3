using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Agencies.Sending;

/// <summary>The hub's messages, as events.</summary>
internal static class BusEvents
{
    /// <summary>An event for one agency.</summary>
    /// <param name="id">Event id and MessageId: the same for every attempt, so that a repeat can be dropped.</param>
    /// <param name="source">Council on whose behalf it is sent; null where the hub sends it for itself.</param>
    /// <param name="agency">The agency that it is for; its subscription filters on it.</param>
    /// <param name="subject">The assessment; null where there is none.</param>
    /// <param name="body">A record of the bus's messages.</param>
    /// <param name="at">When it happened.</param>
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
