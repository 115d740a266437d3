using System.Globalization;
using System.Net;
using System.Text;

namespace IntegrationHub.Simulation.Reporting;

/// <summary>The report as one HTML page that needs nothing beside itself: the text, and charts as inline SVG with their figures in words.</summary>
public static class HtmlReport
{
    private const int Height = 160;

    /// <summary>The page; the same for the same seed.</summary>
    public static string Of(YearReport report)
    {
        var tally = report.Tally;
        var months = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames;
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>A statutory year - IntegrationHub</title>
            <style>
            body { font: 16px/1.4 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #0b0c0c; background: #fff }
            pre { overflow-x: auto; font-size: 14px }
            svg { display: block; width: 100%; height: auto }
            .in { fill: #00703c } .out { fill: #8a2b06 } text { font-size: 10px; fill: #0b0c0c }
            </style>
            </head>
            <body>
            <main>
            <h1>A statutory year</h1>
            <p>{{(report.IsSound ? "Every case was lived through, and every invariant holds." : "At least one invariant is broken: see below.")}}</p>
            <h2>Weeks from request to plan</h2>
            {{Chart($"Plans by week from the request; {TextReport.Share(tally.PlansInTime, tally.Plans)} came within 20 weeks", tally.PlansByWeek.Select((n, week) => (week % 10 == 0 ? week.ToString(CultureInfo.InvariantCulture) : "", week < 20 ? n : 0, week < 20 ? 0 : n)))}}
            <p>Plans issued by week; green within 20 weeks, brown later. The last column holds all later weeks.</p>
            <h2>Timeliness by month of the request</h2>
            {{Chart("Plans within 20 weeks and later, by month of the request", tally.PlansByMonth.Select((m, n) => (months[n], m.InTime, m.All - m.InTime)))}}
            <h2>Who answers on time</h2>
            {{Chart("Requests for advice answered on time and otherwise, by kind of agency", tally.Answers.Select(a => (a.Key, a.Value.OnTime, a.Value.Asked - a.Value.OnTime)))}}
            <p>Green: advice within six weeks. Brown: late, declined or never.</p>
            <h2>All figures</h2>
            <pre>{{WebUtility.HtmlEncode(TextReport.Of(report))}}</pre>
            </main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Columns of two parts, the good one below.</summary>
    private static string Chart(string title, IEnumerable<(string Name, int Good, int Other)> columns)
    {
        var all = columns.ToList();
        var most = Math.Max(1, all.Max(c => c.Good + c.Other));
        var width = 720.0 / all.Count;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 720 {Height + 24}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">");
        for (var n = 0; n < all.Count; n++)
        {
            var (name, good, other) = all[n];
            var (low, high) = (Height * (double)good / most, Height * (double)other / most);
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"in\" x=\"{n * width:F1}\" y=\"{Height - low:F1}\" width=\"{width * 0.8:F1}\" height=\"{low:F1}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"out\" x=\"{n * width:F1}\" y=\"{Height - low - high:F1}\" width=\"{width * 0.8:F1}\" height=\"{high:F1}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{n * width:F1}\" y=\"{Height + 14}\">{WebUtility.HtmlEncode(name)}</text>");
        }

        return svg.Append("</svg>").ToString();
    }
}
