using System.Globalization;
using System.Text;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>The review as a page that a person reads beside the file in which they decide. It repeats none of the data: those are in the case.</summary>
public static class ReviewPage
{
    /// <summary>Makes the page.</summary>
    public static string Render(Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>What to decide before data are given out</title><style>body { font: 1.1875rem/1.4 arial, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .5rem .5rem .5rem 0; border-bottom: 1px solid #b1b4b6; }</style></head>\n<body><main><h1>What to decide before data are given out</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{review.Rows.Count} to decide, {review.Rows.Count(row => row.Proposed is null)} of them without a proposal. Look at each place in the case, and write the decision (withhold or disclose) and the reason into review.json. A row with a proposal and no decision stands as proposed once the person who signs gives the data out.</p>\n");
        page.Append("<table><thead><tr><th scope=\"col\">Row</th><th scope=\"col\">About</th><th scope=\"col\">Why</th><th scope=\"col\">Where</th><th scope=\"col\">Proposed</th></tr></thead><tbody>\n");
        foreach (var row in review.Rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{row.Id}</td><td>{SubjectAccessPage.Html(row.About)}</td><td>{Why(row.Rule)}</td><td>{SubjectAccessPage.Html(row.Case)}: {SubjectAccessPage.Html(string.Join(", ", row.Places))}</td><td>{(row.Proposed is { } proposed ? Word(proposed) : "decide")}</td></tr>\n");
        }

        return page.Append("</tbody></table></main></body></html>\n").ToString();
    }

    /// <summary>Why something may be left out, for the person themselves too.</summary>
    internal static string Why(ReviewRule rule) => rule switch
    {
        ReviewRule.OtherPerson => "it is about somebody else, who has not agreed to it",
        ReviewRule.OtherChild => "it names a child of another case",
        ReviewRule.Professional => "it names somebody who wrote in their work",
        ReviewRule.SeriousHarm => "whether telling it could do serious harm is for a person to judge",
        _ => "a person must read the document first",
    };

    private static string Word(ReviewDecision decision) => decision == ReviewDecision.Withhold ? "withhold" : "disclose";
}
