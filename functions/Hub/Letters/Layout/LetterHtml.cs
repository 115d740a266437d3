using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using IntegrationHub.Functions.Plans;

namespace IntegrationHub.Functions.Letters.Layout;

/// <summary>
/// A letter as one self-contained HTML page that meets WCAG 2.2 AA, has no script and loads nothing. The page prints on A4 with the address
/// in the window of a DL envelope. All text entered by people is HTML-encoded.
/// </summary>
internal static class LetterHtml
{
    internal const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    // The window of a DL envelope, by the measurements of the government's printing services: 24.6 mm from the left edge, 39.5 mm from the
    // top.
    private const string Css = """
        body{max-width:46rem}
        h1{font-size:1.6rem}
        h2{font-size:1.2rem;border-top:0;padding-top:0;margin:1.5rem 0 .5rem}
        .council{font-weight:bold;font-size:1.2rem;border-bottom:3px solid #1d3557;padding:.75rem 0}
        .council span{display:block;font-weight:normal;font-size:1rem}
        .window,.about{margin:1rem 0}
        .about{white-space:nowrap}
        ul{margin:0 0 .75rem;padding-left:1.5rem;max-width:44rem}
        @media print{
        h1{font-size:15pt}h2{font-size:12pt;margin:10pt 0 4pt}
        body{font-size:12pt}
        .head{position:relative;height:80mm}
        .council{border:0;position:absolute;right:0;top:0;padding:0;width:70mm}
        .window{position:absolute;left:10.6mm;top:23.5mm;width:95.4mm;height:26.8mm;margin:0;line-height:1.15;overflow:hidden}
        .about{position:absolute;right:0;top:50mm;min-width:70mm;margin:0}
        .leads{break-after:avoid}
        .council span{font-size:11pt;line-height:1.25}
        ul{max-width:none}
        }

        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Renders the page. The same letter always gives the same text.</summary>
    internal static string Render(LetterLayout letter)
    {
        var html = new StringBuilder(16 * 1024);
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(Text(letter.Language == "en" ? "en-GB" : letter.Language)).Append("\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
            .Append(Text(letter.Title)).Append(" - ").Append(Text(letter.Council))
            .Append("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Append("<meta name=\"robots\" content=\"noindex\">\n<style>\n").Append(PlanHtmlStyle.Css).Append(Css).Append("</style>\n</head>\n<body>\n")
            .Append("<a class=\"skip\" href=\"#main\">Skip to the letter</a>\n<header class=\"head\">\n<p class=\"council\">").Append(Text(letter.Council)).Append(string.Concat(letter.CouncilAddress.Select(line => $"<span>{Text(line)}</span>"))).Append("</p>\n<p class=\"window\">")
            .Append(string.Join("<br>", letter.Address.Select(Text))).Append("</p>\n<p class=\"about\">").Append(Text(letter.DateInWords)).Append("<br>Our reference: ").Append(Text(letter.Reference))
            .Append("</p>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n<h1>").Append(Text(letter.Title)).Append("</h1>\n");
        Blocks(html, letter.Blocks);
        html.Append("</main>\n<footer>\n<p>").Append(Text(letter.Council));
        if (letter.Contact is { } contact)
        {
            html.Append("<br>").Append(Text(contact));
        }

        html.Append("</p>\n</footer>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void Blocks(StringBuilder html, IReadOnlyList<LetterBlock> blocks)
    {
        var inList = false;
        foreach (var block in blocks)
        {
            var (part, words) = block;
            if (inList != (part == LetterPart.Item))
            {
                html.Append(inList ? "</ul>\n" : "<ul>\n");
                inList = !inList;
            }

            var tag = part switch { LetterPart.Heading => "h2", LetterPart.Item => "li", _ => "p" };
            html.Append('<').Append(tag).Append(block.IntroducesNext ? " class=\"leads\">" : ">").Append(Text(words)).Append("</").Append(tag).Append(">\n");
        }

        html.Append(inList ? "</ul>\n" : "");
    }

    private static string Text(string text) => Encoder.Encode(PlainText.Clean(text)).Replace("&#xA;", "<br>", StringComparison.Ordinal);
}
