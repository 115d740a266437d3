using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>Which councils have a feed of events for their other systems, and how long events stay in the feed. See
/// docs/events-feed.md.</summary>
public sealed record EventsFeedOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "EventsFeed";

    /// <summary>Codes of the councils that have a feed, separated by commas or spaces. By default no council has a feed, and nothing is
    /// stored for it.</summary>
    public string Councils { get; init; } = "";

    /// <summary>Days after which an event is removed from the feed. The event stays in the case.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 90;

    /// <summary>Codes of the councils that have a feed.</summary>
    internal IEnumerable<string> Codes => Councils.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a council has a feed.</summary>
    public bool HasFeed(LocalAuthorityCode council) => Codes.Contains(council.Value, StringComparer.Ordinal);
}
