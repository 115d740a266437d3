using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Figures;

/// <summary>Which figures are published, and how small a published count can be.</summary>
public sealed record FiguresOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Figures";

    /// <summary>
    /// Codes of the councils whose page of figures is public, separated by commas or spaces. If the list is empty, no council's figures are
    /// public.
    /// </summary>
    public string Public { get; init; } = "";

    /// <summary>
    /// Suppress small counts in the open data too. DfE publishes the same tables without suppression; the public page always suppresses small
    /// counts.
    /// </summary>
    public bool SuppressSmallCounts { get; init; }

    /// <summary>The smallest count that is still shown if small counts are suppressed.</summary>
    [Range(3, 100)]
    public int SmallestCount { get; init; } = 5;

    /// <summary>The smallest total for which a percentage or an average is shown if small counts are suppressed.</summary>
    [Range(5, 1000)]
    public int SmallestDenominator { get; init; } = 10;

    /// <summary>Whether a council's figures are public.</summary>
    public bool IsPublic(LocalAuthorityCode council) => Codes.Contains(council.Value, StringComparer.Ordinal);

    /// <summary>Codes of the councils whose figures are public.</summary>
    internal IEnumerable<string> Codes => Public.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
