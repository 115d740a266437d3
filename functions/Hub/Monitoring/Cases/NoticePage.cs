using System.Globalization;
using IntegrationHub.Functions.Notices;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Monitoring.Cases;

/// <summary>One page of notices, newest first. All pages together contain every notice, however old.</summary>
/// <param name="Notices">The notices on this page.</param>
/// <param name="Number">Number of the page, counted from 1.</param>
/// <param name="HasOlder">Whether the next page has older notices.</param>
public sealed record NoticePage(IReadOnlyList<KeptNotice> Notices, int Number, bool HasOlder)
{
    /// <summary>Number of notices on a page.</summary>
    public const int Size = 50;

    /// <summary>Name of the query parameter with the page number.</summary>
    public const string Parameter = "notices";

    // The highest page number. Finding a page requires reading all pages before it, and nobody reads beyond this page.
    private const int MaxPages = 100_000;

    /// <summary>The page whose number is in the query, or the first page if the query has no valid page number.</summary>
    public static NoticePage Of(IEnumerable<KeptNotice> newestFirst, IQueryCollection query)
    {
        var number = int.TryParse(query[Parameter], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1 and <= MaxPages ? asked : 1;
        var rows = newestFirst.Skip((number - 1) * Size).Take(Size + 1).ToList();
        return new NoticePage([.. rows.Take(Size)], number, rows.Count > Size);
    }
}
