using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans;

/// <summary>
/// Writes a plan as one self-contained HTML page that meets WCAG 2.2 AA, has no scripts or external resources, and prints on A4. All text
/// that people wrote is encoded, so that a browser cannot read any of it as HTML.
/// </summary>
public static class PlanHtml
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The HTML page. The same plan and facts give the same text.</summary>
    public static string Render(PlanDocument plan, PlanSummaryFacts facts)
    {
        var layout = PlanLayout.Of(plan, facts);
        var html = new StringBuilder(64 * 1024);
        Head(html, layout);
        Summary(html, layout);
        Contents(html, layout);
        foreach (var section in layout.Sections)
        {
            Section(html, section);
        }

        LeftOut(html, layout);
        html.Append("</main>\n<footer>\n<p>").Append(Text(layout.Title)).Append(". ").Append(Text(layout.StatusLine)).Append("</p>\n</footer>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void Head(StringBuilder html, PlanLayout layout)
    {
        html.Append("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>").Append(Attribute(layout.Title))
            .Append("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            // With this policy the page could not run or fetch anything even if the encoding failed.
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Append("<meta name=\"robots\" content=\"noindex\">\n<style>\n").Append(PlanHtmlStyle.Css).Append("</style>\n</head>\n<body>\n")
            .Append("<a class=\"skip\" href=\"#main\">Skip to the plan</a>\n<header>\n<h1>").Append(Text(layout.Title)).Append("</h1>\n<p class=\"status\">")
            .Append(Text(layout.StatusLine)).Append("</p>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n");
    }

    private static void Summary(StringBuilder html, PlanLayout layout)
    {
        var facts = layout.Summary;
        html.Append("<section class=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n<dl>\n");
        foreach (var (label, value) in layout.About)
        {
            html.Append("<div><dt>").Append(Text(label)).Append("</dt><dd>").Append(Text(value)).Append("</dd></div>\n");
        }

        html.Append("</dl>\n<h3>What was decided</h3>\n");
        foreach (var paragraph in facts.Decided)
        {
            html.Append("<p>").Append(Text(paragraph)).Append("</p>\n");
        }

        html.Append("<h3 id=\"next\">What happens next</h3>\n");
        Table(html, "next", "What happens next, by when, and who does it", [("What", 52), ("By when", 26), ("Who", 22)],
            [.. facts.Next.Select(step => new RowLayout("", [new(step.What), new(step.Time), new(step.Who)]))]);
        html.Append("<h3>Who to ask</h3>\n<p>").Append(Text(facts.Contact.Name));
        if (facts.Contact.Telephone is { } telephone)
        {
            html.Append("<br>Telephone: ").Append(Text(telephone));
        }

        if (facts.Contact.Email is { } email)
        {
            html.Append("<br>Email: <a href=\"mailto:").Append(Attribute(Uri.EscapeDataString(email).Replace("%40", "@", StringComparison.Ordinal))).Append("\">").Append(Text(email)).Append("</a>");
        }

        html.Append("</p>\n<p>").Append(Text(facts.IndependentHelp)).Append("</p>\n</section>\n");
    }

    private static void Contents(StringBuilder html, PlanLayout layout)
    {
        html.Append("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ul>\n");
        foreach (var section in layout.Sections)
        {
            html.Append("<li><a href=\"#section-").Append(section.Letter).Append("\">").Append(Text(section.Heading)).Append("</a></li>\n");
        }

        if (layout.LeftOut.Count > 0)
        {
            html.Append("<li><a href=\"#left-out\">Advice that is not in the plan</a></li>\n");
        }

        html.Append("</ul>\n</nav>\n");
    }

    private static void Section(StringBuilder html, SectionLayout section)
    {
        var id = $"section-{section.Letter}";
        html.Append("<section>\n<h2 id=\"").Append(id).Append("\">").Append(Text(section.Heading)).Append("</h2>\n");
        if (section.Rows.Count == 0)
        {
            html.Append("<p>").Append(Text(section.Empty)).Append("</p>\n");
        }
        else
        {
            Table(html, id, section.Caption, section.Columns, section.Rows);
        }

        html.Append("</section>\n");
    }

    private static void LeftOut(StringBuilder html, PlanLayout layout)
    {
        if (layout.LeftOut.Count == 0)
        {
            return;
        }

        html.Append("<section>\n<h2 id=\"left-out\">Advice that is not in the plan</h2>\n");
        Table(html, "left-out", "Lines of advice that are not in the plan, and why", [(PlanLayout.LeftOutColumns[0], 22), (PlanLayout.LeftOutColumns[1], 40), (PlanLayout.LeftOutColumns[2], 38)], layout.LeftOut);
        html.Append("</section>\n");
    }

    private static void Table(StringBuilder html, string headingId, string caption, IReadOnlyList<(string Heading, int Share)> columns, IReadOnlyList<RowLayout> rows)
    {
        // On a narrow screen the table scrolls within its own frame, so the keyboard must be able to reach the frame (WCAG 1.4.10, 2.1.1).
        html.Append("<div class=\"frame\" role=\"region\" tabindex=\"0\" aria-labelledby=\"").Append(headingId).Append("\">\n<table>\n<caption>").Append(Text(caption)).Append("</caption>\n<colgroup>");
        foreach (var (_, share) in columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<col class=\"w{share}\">");
        }

        html.Append("</colgroup>\n<thead>\n<tr>");
        foreach (var (heading, _) in columns)
        {
            html.Append("<th scope=\"col\">").Append(Text(heading)).Append("</th>");
        }

        html.Append("</tr>\n</thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            html.Append(row.Reference.Length > 0 ? $"<tr id=\"{Attribute(Anchor(row.Reference))}\">" : "<tr>");
            for (var i = 0; i < row.Cells.Count; i++)
            {
                html.Append(i == 0 ? "<th scope=\"row\">" : "<td>");
                Cell(html, row.Cells[i]);
                html.Append(i == 0 ? "</th>" : "</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private static void Cell(StringBuilder html, CellLayout cell)
    {
        html.Append(Text(cell.Text));
        if (cell.Text.Length == 0 && cell.Links.Count == 0)
        {
            html.Append("None");
        }

        for (var i = 0; i < cell.Links.Count; i++)
        {
            html.Append(i == 0 ? "" : ", ").Append("<a href=\"#").Append(Attribute(Anchor(cell.Links[i]))).Append("\">").Append(Text(cell.Links[i])).Append("</a>");
        }

        if (cell.Under is { Length: > 0 } under)
        {
            html.Append("<span class=\"under\">").Append(Text(under)).Append("</span>");
        }
    }

    private static string Anchor(string reference) => "line-" + string.Concat(reference.Select(c => char.IsWhiteSpace(c) ? '_' : c));

    private static string Text(string text) => Encoder.Encode(PlainText.Clean(text)).Replace("&#xA;", "<br>", StringComparison.Ordinal);

    private static string Attribute(string text) => Encoder.Encode(PlainText.Clean(text));
}
