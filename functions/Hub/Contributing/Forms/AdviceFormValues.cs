using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Workspace.Forms;

namespace IntegrationHub.Functions.Contributing.Forms;

/// <summary>Converts between advice and the values in the form, where people write line numbers instead of ids.</summary>
internal static class AdviceFormValues
{
    // What people write for a line that is linked to none of the lines above, because an empty field means all of them.
    private const string ForNone = "none";

    /// <summary>The form's values for advice that was sent earlier and is to be corrected.</summary>
    internal static FormValues Of(AdviceContent content)
    {
        var values = FormValues.None.With("content.author", content.Author).With("content.authorRole", content.AuthorRole).WithDay("content.writtenOn", content.WrittenOn);
        Put("views", content.Views, v => [("text", v.Text)]);
        Put("needs", content.Needs, n => [("text", n.Text), ("area", n.Area.ToString())]);
        Put("outcomes", content.Outcomes, o => [("text", o.Text), ("needs", NumbersOf(o.Needs, [.. content.Needs.Select(n => n.Id)]))]);
        Put("provision", content.Provision, p =>
        [
            ("text", p.Text), ("kind", p.Kind.ToString()), ("who", p.Who ?? ""), ("howOften", p.HowOften ?? ""), ("howLong", p.HowLong ?? ""),
            ("outcomes", NumbersOf(p.Outcomes, [.. content.Outcomes.Select(o => o.Id)])), ("preparesForAdulthood", p.PreparesForAdulthood ? "true" : ""),
        ]);
        Put("notes", content.Notes, n => [("heading", n.Heading), ("text", n.Text)]);
        return values;

        void Put<T>(string list, IReadOnlyList<T> rows, Func<T, IEnumerable<(string Name, string Text)>> members)
        {
            for (var n = 0; n < rows.Count; n++)
            {
                foreach (var (name, text) in members(rows[n]))
                {
                    values = values.With($"{FormField.At($"content.{list}", n)}.{name}", text);
                }
            }
        }
    }

    /// <summary>
    /// The values of a draft that an earlier version stored, with the word for none at each line that is linked to nothing in the advice to
    /// be corrected. Earlier versions left the field of such a line empty.
    /// </summary>
    /// <param name="stored">The values of the draft.</param>
    /// <param name="sent">The advice to be corrected.</param>
    internal static FormValues WithNone(FormValues stored, AdviceContent sent) =>
        sent.Outcomes.Select((o, n) => (Row: FormField.At("content.outcomes", n), Of: "needs", Links: o.Needs))
            .Concat(sent.Provision.Select((p, n) => (Row: FormField.At("content.provision", n), Of: "outcomes", Links: p.Outcomes)))
            .Where(line => line.Links.Count == 0 && stored.HasValueAt(line.Row) && !stored.HasValueAt($"{line.Row}.{line.Of}"))
            .Aggregate(stored, (all, line) => all.With($"{line.Row}.{line.Of}", ForNone));

    /// <summary>
    /// The ids of the lines whose numbers were written, of every line that is filled in if nothing was written, or of no line if the word
    /// for none was written.
    /// </summary>
    /// <param name="written">The numbers, such as "1, 2"; empty for all lines, "none" for no line.</param>
    /// <param name="typed">All values typed in the form.</param>
    /// <param name="list">The path of the list to which the numbers refer.</param>
    /// <param name="prefix">The letters with which the ids of lines in the list begin.</param>
    internal static (IReadOnlyList<string> Ids, string? Wrong) Numbers(string written, FormValues typed, string list, string prefix)
    {
        var there = Enumerable.Range(0, typed.CountAt(list)).Where(n => IsThere(typed, FormField.At(list, n))).Select(n => n + 1).ToList();
        var parts = written.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(p => p != "and").ToList();
        var numbers = parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).ToList();
        return IsNone(written) ? ([], null)
            : numbers.Count == 0 ? ([.. there.Select(Id)], null)
            : numbers.TrueForAll(there.Contains) ? ([.. numbers.Distinct().Select(Id)], null)
            : ([], there.Count == 0 ? "There are no numbered lines above yet, so leave this empty" : $"Write the numbers of lines above, for example {there[^1]}, or none");

        string Id(int n) => FormattableString.Invariant($"{prefix}{n}");
    }

    /// <summary>The given choice of a form, with a label that people outside the council understand.</summary>
    internal static Choice InWords(Choice choice) => choice.Value switch
    {
        nameof(NeedArea.Education) => choice with { Label = "Special educational", Hint = "" },
        nameof(NeedArea.Health) => choice with { Label = "Health", Hint = "" },
        nameof(NeedArea.SocialCare) => choice with { Label = "Social care", Hint = "" },
        nameof(ProvisionKind.SocialCareSection2) => choice with { Label = "Social care at home or in the community for a disabled child", Hint = "" },
        nameof(ProvisionKind.SocialCareOther) => choice with { Label = "Other social care", Hint = "" },
        _ => choice,
    };

    // An outcome whose text was removed is not there any more, even if the word for none is still in its field.
    private static bool IsThere(FormValues typed, string row) => typed.HasValueAt(row) && (typed.HasValueAt($"{row}.text") || !IsNone(typed[$"{row}.needs"]));

    private static bool IsNone(string written) => written.Trim().Equals(ForNone, StringComparison.OrdinalIgnoreCase);

    private static string NumbersOf(IReadOnlyList<string> ids, List<string> lines) =>
        ids.Count == 0 ? ForNone : string.Join(", ", ids.Select(id => lines.IndexOf(id) + 1).Order().Select(n => n.ToString(CultureInfo.InvariantCulture)));
}
