using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>Which councils have a feed of events for their other systems, and how long it is kept. docs/events-feed.md.</summary>
public sealed record EventsFeedOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "EventsFeed";

    /// <summary>Codes of the councils that have one, separated by commas or spaces. None unless it is set; nothing is done or stored then.</summary>
    public string Councils { get; init; } = "";

    /// <summary>Days after which an event is removed from the feed. The case keeps it.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 90;

    /// <summary>The codes.</summary>
    internal IEnumerable<string> Codes => Councils.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a council has one.</summary>
    public bool IsOf(LocalAuthorityCode council) => Codes.Contains(council.Value, StringComparer.Ordinal);
}
