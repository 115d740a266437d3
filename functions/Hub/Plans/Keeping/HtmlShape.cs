using System.Buffers;
using System.Collections.Frozen;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Measures how deeply the elements of a web page are nested before the page is parsed into a tree. The parser compares each element with
/// all the elements that contain it, so a deeply nested page of 200 KB can take as long as thousands of ordinary pages.
/// </summary>
internal static class HtmlShape
{
    internal const int MaxDepth = 1_000;

    private const int LongestName = 16;

    // These elements need no closing tag; the next element of their kind, or the element around them, closes them.
    private static readonly FrozenSet<string> Unclosed = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr");

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    /// <summary>Whether a page's elements are nested no more deeply than on an ordinary page.</summary>
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
