using System.Globalization;
using IntegrationHub.Functions.Notices;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Monitoring.Cases;

/// <summary>One page of notices, newest first; all pages together contain every notice, however old.</summary>
/// <param name="Notices">The notices of this page.</param>
/// <param name="Number">Number of the page, from 1.</param>
/// <param name="HasOlder">Whether there are older ones on the next page.</param>
public sealed record NoticePage(IReadOnlyList<KeptNotice> Notices, int Number, bool HasOlder)
{
    /// <summary>Notices on a page.</summary>
    public const int Size = 50;

    /// <summary>Name of the page number in an address.</summary>
    public const string Parameter = "notices";

    // Nobody reads a page beyond this number, and all pages before it must be read to find it.
    private const int MaxPages = 100_000;

    /// <summary>The page that an address asks for; the first by default.</summary>
    public static NoticePage Of(IEnumerable<KeptNotice> newestFirst, IQueryCollection query)
    {
        var number = int.TryParse(query[Parameter], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1 and <= MaxPages ? asked : 1;
        var rows = newestFirst.Skip((number - 1) * Size).Take(Size + 1).ToList();
        return new NoticePage([.. rows.Take(Size)], number, rows.Count > Size);
    }
}
