using System.Globalization;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>Converts a stored line into the event that a reader of the feed receives.</summary>
/// <param name="Hub">The hub's public address; links to cases begin with it.</param>
internal sealed record FeedEventMaking(string Hub)
{
    /// <summary>Prefix of the type of every event.</summary>
    internal const string TypePrefix = "uk.integrationhub.case.";

    internal FeedEvent Event(FeedLine line, LocalAuthorityCode council)
    {
        var erased = line.What == FeedLine.Erased;
        return new FeedEvent
        {
            Specversion = CloudEvent.SpecVersion,
            Id = erased ? $"{line.Case}/erased" : FormattableString.Invariant($"{line.Case}/{line.Sequence}"),
            Source = $"urn:integrationhub:{council}",
            Type = TypePrefix + line.What,
            Subject = line.Id,
            Time = line.At,
            Sequence = line.Number.ToString("D12", CultureInfo.InvariantCulture),
            Data = new FeedEventData
            {
                What = line.What,
                Version = line.Sequence,
                Limits = line.Limits,
                Link = erased ? null : $"{Hub.TrimEnd('/')}{ApiAddress.Cases}/{line.Case}",
            },
        };
    }
}
