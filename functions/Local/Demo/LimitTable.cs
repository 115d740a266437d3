using System.Text.Json;
using Spectre.Console;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// The time limits of a case over the years, and when each was met. A case shows only the time limits of its last review and last amendment,
/// so earlier limits are recorded as the years pass.
/// </summary>
internal sealed class LimitTable
{
    private const int WidthOfAFile = 200;

    private readonly List<(string Part, JsonElement Limit)> rows = [];

    /// <summary>The one-line status of the case when it was last recorded.</summary>
    internal string? Status { get; private set; }

    /// <summary>Every time limit as it was last recorded.</summary>
    internal IReadOnlyList<JsonElement> All => [.. rows.Select(row => row.Limit)];

    /// <summary>Records the current time limits of a case. A time limit that was not recorded before is recorded under the given part of
    /// the demonstration.</summary>
    internal void Record(string part, JsonElement shown)
    {
        Status = Text(shown, "status");
        var limits = shown.GetProperty("limits").EnumerateArray().ToList();

        // A time limit that was open when last recorded, and is no longer shown, has been replaced by the next limit of its kind. How
        // the earlier limit ended is recorded only in the case itself.
        rows.RemoveAll(row => Text(row.Limit, "standing") is "open" or "runs" && !limits.Exists(limit => IsSame(limit, row.Limit)));
        foreach (var limit in limits)
        {
            var at = rows.FindIndex(row => IsSame(limit, row.Limit));
            if (at < 0)
            {
                rows.Add((part, limit));
            }
            else
            {
                rows[at] = (rows[at].Part, limit);
            }
        }
    }

    internal void Write()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfAFile;
        }

        foreach (var part in rows.GroupBy(row => row.Part))
        {
            Console.WriteLine(part.Key);
            var table = new Table().AddColumns("Limit", "Due", "Met on", "Status", "Relieved by", "Law").Border(TableBorder.Simple);
            foreach (var (_, limit) in part)
            {
                var relieved = string.Join(", ", limit.GetProperty("relievedBy").EnumerateArray().Select(g => g.GetString()));
                table.AddRow(new[] { Text(limit, "key"), Text(limit, "due", "as soon as practicable"), Text(limit, "metOn"), Text(limit, "standing"), relieved, Text(limit, "citation") }.Select(Markup.Escape).ToArray());
            }

            AnsiConsole.Write(table);
        }
    }

    private static bool IsSame(JsonElement one, JsonElement other) => Text(one, "key") == Text(other, "key") && Text(one, "from") == Text(other, "from");

    private static string Text(JsonElement item, string name, string otherwise = "") => item.TryGetProperty(name, out var value) ? value.ToString() : otherwise;
}
