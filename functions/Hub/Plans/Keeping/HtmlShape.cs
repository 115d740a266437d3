using System.Buffers;
using System.Collections.Frozen;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Measures how deep the elements of a web page are nested before it is read as a tree: each element would be compared with all those around it, so
/// that a page of 200 KB can take the time of thousands.
/// </summary>
internal static class HtmlShape
{
    internal const int MaxDepth = 1_000;

    private const int LongestName = 16;

    // Nobody has to close these; the next one of their kind, or what is around them, does.
    private static readonly FrozenSet<string> Unclosed = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr");

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    /// <summary>Whether a page is nested no deeper than an ordinary one.</summary>
    internal static bool IsModest(ReadOnlySpan<char> page)
    {
        var names = Unclosed.GetAlternateLookup<ReadOnlySpan<char>>();
        var depth = 0;
        while (page.IndexOf('<') is >= 0 and var at)
        {
            page = page[(at + 1)..];
            var closes = page.StartsWith("/");
            var name = page[(closes ? 1 : 0)..];
            var length = name.IndexOfAnyExcept(Letters);
            name = name[..Math.Min(length < 0 ? name.Length : length, LongestName)];
            if (name.Length == 0 || names.Contains(name))
            {
                continue;
            }

            depth = closes ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > MaxDepth)
            {
                return false;
            }
        }

        return true;
    }
}
