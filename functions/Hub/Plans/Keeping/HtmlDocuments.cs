using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Cleans web pages so that they can be stored as documents. All the text of a page is preserved, and all active content, content loaded
/// from elsewhere and form fields are removed. Text that would otherwise be lost (comments, values of fields, descriptions) is listed at
/// the end of the page.
/// </summary>
internal static class HtmlDocuments
{
    internal const string MediaType = "text/html";

    private const string Start = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"generator\" content=\"IntegrationHub\"><title>";

    private static readonly byte[] StartBytes = Encoding.UTF8.GetBytes(Start);

    private static readonly string[] WordedAttributes = ["alt", "title", "value", "placeholder", "label", "summary", "content", "aria-label", "abbr"];

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The cleaned page, or null if its text cannot be read, is nested too deeply, or contains no text.</summary>
    internal static byte[]? Clean(byte[] bytes, string declaredType)
    {
        if (TextOf(bytes, declaredType) is not { } text || !HtmlShape.IsModest(text))
        {
            return null;
        }

        var page = new HtmlParser().ParseDocument(text);
        foreach (var program in page.QuerySelectorAll("script, style, template, meta[name=generator]").ToList())
        {
            program.Remove();
        }

        var pieces = Pieces(page).ToList();
        if (pieces.Count == 0)
        {
            return null;
        }

        var title = Words(page.Title ?? "");
        var clean = Cleaner().SanitizeDom(page);
        var shown = $"{title} {Words(clean.Body?.TextContent ?? "")}";
        var hidden = pieces.Where(piece => !shown.Contains(piece, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        var end = hidden.Count == 0 ? "" : $"<hr><p>Text of this page that was hidden:</p><ul>{string.Concat(hidden.Select(piece => $"<li>{WebUtility.HtmlEncode(piece)}</li>"))}</ul>";
        return Encoding.UTF8.GetBytes($"{Start}{WebUtility.HtmlEncode(title)}</title></head><body>{clean.Body?.InnerHtml}{end}</body></html>");
    }

    /// <summary>Whether these bytes are a page that the hub has already cleaned.</summary>
    internal static bool IsClean(byte[] bytes) => bytes.AsSpan().StartsWith(StartBytes);

    // Each text node is a piece of its own, so a word that is split across two nodes becomes two pieces.
    private static IEnumerable<string> Pieces(IHtmlDocument page)
    {
        foreach (var node in page.Descendants())
        {
            switch (node)
            {
                case IText or IComment when Words(node.TextContent) is { Length: > 0 } words:
                    yield return words;
                    break;
                case IElement element:
                    foreach (var name in WordedAttributes)
                    {
                        if (element.GetAttribute(name) is { } value && !(name == "content" && element.HasAttribute("http-equiv")) && Words(value) is { Length: > 0 } words)
                        {
                            yield return words;
                        }
                    }

                    break;
            }
        }
    }

    private static HtmlSanitizer Cleaner()
    {
        var cleaner = new HtmlSanitizer { KeepChildNodes = true };
        cleaner.AllowedTags.ExceptWith(["form", "input", "button", "select", "textarea", "option", "optgroup", "datalist", "fieldset", "label", "keygen", "output", "menu", "menuitem", "audio", "video", "source", "track", "area", "map"]);
        cleaner.AllowedAttributes.ExceptWith(["style", "background", "action", "method", "accesskey", "usemap", "srcset"]);
        cleaner.AllowedSchemes.Clear();
        cleaner.AllowedSchemes.UnionWith(["http", "https", "mailto", "data"]);
        cleaner.PostProcessNode += (_, node) =>
        {
            // Nothing is loaded when the page is opened, so nobody outside learns who opens it and when. A picture that is embedded in the
            // page is not removed.
            if (node.Node is IElement element)
            {
                foreach (var name in (string[])["src", "href", "cite", "longdesc"])
                {
                    var value = element.GetAttribute(name);
                    if (value is not null && (name is "src" ? !value.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) || value.StartsWith("data:image/svg", StringComparison.OrdinalIgnoreCase) : value.StartsWith("data:", StringComparison.OrdinalIgnoreCase)))
                    {
                        element.RemoveAttribute(name);
                    }
                }
            }
        };
        return cleaner;
    }

    private static string? TextOf(byte[] bytes, string declaredType)
    {
        try
        {
            return bytes switch
            {
                [0xEF, 0xBB, 0xBF, ..] => Utf8.GetString(bytes.AsSpan(3)),
                [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes.AsSpan(2)),
                [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)),
                _ => Utf8.GetString(bytes),
            };
        }
        catch (DecoderFallbackException)
        {
            // Older systems write Windows-1252, whether or not they declare it. In Windows-1252 every byte is a character.
            var charset = MediaTypeHeaderValue.TryParse(declaredType, out var type) ? type.CharSet?.Trim('"') : null;
            return charset is null || charset.Equals("windows-1252", StringComparison.OrdinalIgnoreCase) || charset.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase)
                ? CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes)
                : null;
        }
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
