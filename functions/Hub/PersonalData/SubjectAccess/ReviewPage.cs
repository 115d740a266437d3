using System.Globalization;
using System.Text;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>Shows the review of a person's data as a page, to be read together with the file in which the officer enters the decisions. The
/// page does not repeat the data, which can be read in the case.</summary>
public static class ReviewPage
{
    /// <summary>Creates the page of a review.</summary>
    public static string Render(Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>What to decide before data are released</title><style>body { font: 1.1875rem/1.4 arial, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .5rem .5rem .5rem 0; border-bottom: 1px solid #b1b4b6; }</style></head>\n<body><main><h1>What to decide before data are released</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{review.Rows.Count} rows to decide, of which {review.Rows.Count(row => row.Proposed is null)} have no proposal. Check each place in the case, and write your decision (withhold or disclose) and your reason in review.json. If a row has a proposal but no decision, the proposal applies when the data are released.</p>\n");
        page.Append("<table><thead><tr><th scope=\"col\">Row</th><th scope=\"col\">About</th><th scope=\"col\">Why</th><th scope=\"col\">Where</th><th scope=\"col\">Proposed</th></tr></thead><tbody>\n");
        foreach (var row in review.Rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{row.Id}</td><td>{SubjectAccessPage.Html(row.About)}</td><td>{Why(row.Rule)}</td><td>{SubjectAccessPage.Html(row.Case)}: {SubjectAccessPage.Html(string.Join(", ", row.Places))}</td><td>{(row.Proposed is { } proposed ? Word(proposed) : "decide")}</td></tr>\n");
        }

        return page.Append("</tbody></table></main></body></html>\n").ToString();
    }

    /// <summary>The reason why data can be left out, in the same words that the person receives.</summary>
    internal static string Why(ReviewRule rule) => rule switch
    {
        ReviewRule.OtherPerson => "the data are about somebody else, who has not agreed to their release",
        ReviewRule.OtherChild => "the data name a child in another case",
        ReviewRule.Professional => "the data name a professional who wrote in the course of their work",
        ReviewRule.SeriousHarm => "an officer must judge whether releasing the data could cause serious harm",
        _ => "an officer must read the document first",
    };

    private static string Word(ReviewDecision decision) => decision == ReviewDecision.Withhold ? "withhold" : "disclose";
}
