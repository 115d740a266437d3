using System.Globalization;
using System.Text;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// A list as a file for a spreadsheet (RFC 4180, UTF-8 with a byte order mark, which Excel needs). Text that a spreadsheet would treat as a
/// formula is preceded by an apostrophe, so that typed text is never run as a formula.
/// </summary>
public static class CsvLines
{
    private static readonly char[] Formula = ['=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20'];

    /// <summary>A list of an officer's work as a CSV file.</summary>
    /// <param name="officer">The officer who downloads the file. Children's names are in the file only if this officer is allowed to search
    /// by name.</param>
    /// <param name="items">The cases in the list.</param>
    public static byte[] Of(Officer officer, IReadOnlyList<WorkItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var named = officer.MayOpen(Page.Search);
        var text = new StringBuilder();
        Line(text, [.. named ? ["Given name", "Family name", "Date of birth", "NHS number", "School or setting"] : Array.Empty<string>(),
            "Case", "Stage", "Case officer", "Request received", "Next statutory date", "Final plan due", "Urgency", "Why", "What next"]);
        foreach (var item in items)
        {
            var (state, facts) = (item.File.State, item.File.State.Facts!);
            Line(text, [.. named
                    ? [facts.Child.GivenName, facts.Child.FamilyName, Day(facts.Child.DateOfBirth), facts.Child.NhsNumber?.Value ?? "", facts.Setting?.Name ?? ""]
                    : Array.Empty<string>(),
                state.Id.Value, Words.Of(state.Stage), state.CaseOfficer ?? "", Day(facts.ReceivedOn), Day(item.Due),
                Forecasts.Of(state, item.File.Today, item.File.Rules).FirstOrDefault(forecast => forecast.Weeks == 20) is { } plan ? Day(plan.Due) : "",
                Labels.Apart(item.Urgency.ToString()), named ? item.Next.Reason : "", item.Next.Title]);
        }

        return Bytes(text);
    }

    /// <summary>Adds a line to a file.</summary>
    internal static void Line(StringBuilder text, IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    /// <summary>The file in UTF-8, with the byte order mark from which a spreadsheet program recognises the encoding.</summary>
    internal static byte[] Bytes(StringBuilder text) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];

    // Every field is written in quotes.
    private static string Field(string value) =>
        $"\"{(value.Length > 0 && Formula.Contains(value.TrimStart(' ').FirstOrDefault()) ? "'" : "")}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
