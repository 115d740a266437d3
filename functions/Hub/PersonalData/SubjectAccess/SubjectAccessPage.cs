using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>The page that shows a person the data held about them: one file, without scripts or external content.</summary>
internal static class SubjectAccessPage
{
    private const string Style = """
        body { font: 1.1875rem/1.4 arial, sans-serif; color: #0b0c0c; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 2rem; } h2 { font-size: 1.6rem; border-top: 4px solid #1d70b8; padding-top: 1rem; margin-top: 3rem; } h3 { font-size: 1.3rem; }
        a { color: #1d70b8; } summary { cursor: pointer; padding: .4rem 0; } :focus { outline: 3px solid #fd0; }
        dl { margin: 0 0 0 .5rem; padding-left: .75rem; border-left: 2px solid #b1b4b6; } dt { font-weight: bold; } dd { margin: 0 0 .4rem 0; white-space: pre-line; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .5rem .5rem .5rem 0; border-bottom: 1px solid #b1b4b6; }
        """;

    private static readonly (HeldItemKind Kind, string Heading)[] Parts =
    [
        (HeldItemKind.Event, "What happened"), (HeldItemKind.Plan, "Plans"), (HeldItemKind.Letter, "Letters"), (HeldItemKind.Notice, "Messages"),
        (HeldItemKind.Document, "Documents"), (HeldItemKind.Message, "Mail"), (HeldItemKind.Reading, "Who viewed the case"),
    ];

    internal static string Render(IReadOnlyList<(AssessmentId Case, bool IsTheirs, IReadOnlyList<HeldItem> Items)> cases, IReadOnlyList<ReviewRow> rows, DateOnly on)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>What is held about you</title><style>{Style}</style></head>\n<body><main><h1>What is held about you</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>This is what the council’s system for education, health and care plans held about you on {PlainText.Day(on)}. The same data are in data.json in machine-readable form.</p>\n<ul>");
        foreach (var (id, theirs, items) in cases)
        {
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{Html(id.Value)}\">Case {Html(id.Value)}</a>: {(theirs ? "your own case" : "you are named in it")}, {items.Count} {(items.Count == 1 ? "item" : "items")}</li>");
        }

        page.Append("<li><a href=\"#left-out\">What was left out, and why</a></li></ul>\n");
        foreach (var (id, _, items) in cases)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2 id=\"{Html(id.Value)}\">Case {Html(id.Value)}</h2>\n");
            foreach (var (kind, heading) in Parts)
            {
                Part(page, heading, [.. items.Where(item => item.Kind == kind)]);
            }
        }

        LeftOut(page, [.. rows.Where(row => row.Applies == ReviewDecision.Withhold)]);
        return page.Append("</main></body></html>\n").ToString();
    }

    /// <summary>Encodes a text so that a browser does not read any of it as HTML.</summary>
    internal static string Html(string text) => WebUtility.HtmlEncode(PlainText.Clean(text));

    private static void Part(StringBuilder page, string heading, IReadOnlyList<HeldItem> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<h3>{heading}</h3>\n");
        foreach (var item in items)
        {
            var day = item.At is { } at ? $"{PlainText.Day(DateOnly.FromDateTime(at.UtcDateTime))}: " : "";
            var link = item.Document is null ? "" : $"<p><a href=\"{Html(SubjectAccessPackage.NameOf(item))}\">Open the document</a></p>";
            page.Append(CultureInfo.InvariantCulture, $"<details><summary>{day}{Html(item.Title)}</summary>{link}{Node(item.Content)}</details>\n");
        }
    }

    private static string Node(JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } found => $"<dl>{string.Concat(found.Where(member => member.Value is not null).Select(member => $"<dt>{Html(Label(member.Key))}</dt><dd>{Node(member.Value)}</dd>"))}</dl>",
        JsonArray list => string.Join("<br>", list.Select(Node)),
        JsonValue value => Html(value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => value.ToJsonString(),
        }),
        _ => "",
    };

    // Turns the name of a JSON member into a label: for example, "receivedOn" becomes "Received on".
    private static string Label(string name)
    {
        var words = string.Concat(name.Select((c, n) => n > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static void LeftOut(StringBuilder page, IReadOnlyList<ReviewRow> rows)
    {
        page.Append("<h2 id=\"left-out\">What was left out, and why</h2>\n");
        if (rows.Count == 0)
        {
            page.Append("<p>Nothing was left out.</p>\n");
            return;
        }

        page.Append("<p>An officer of the council decided this. You can ask the council to review the decision, and you can complain to the Information Commissioner’s Office.</p>\n<table><thead><tr><th scope=\"col\">What</th><th scope=\"col\">Why</th><th scope=\"col\">Where</th></tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(row.About)}</td><td>{ReviewPage.Why(row.Rule)}</td><td>{Html(row.Case)}: {Html(string.Join(", ", row.Places))}</td></tr>\n");
        }

        page.Append("</tbody></table>\n");
    }
}
