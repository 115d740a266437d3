using System.Text.Json;
using Spectre.Console;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// The limits of a case over the years, and when each was met. A case shows those of its last review and its last amendment only, so they are taken
/// down as the years go by.
/// </summary>
internal sealed class LimitTable
{
    private const int WidthOfAFile = 200;

    private readonly List<(string Part, JsonElement Limit)> rows = [];

    /// <summary>The one-line status that was taken last.</summary>
    internal string? Status { get; private set; }

    /// <summary>Every limit as it stood last.</summary>
    internal IReadOnlyList<JsonElement> All => [.. rows.Select(row => row.Limit)];

    /// <summary>Takes down how the limits of a case stand; one that was not there before belongs to this part of the story.</summary>
    internal void Take(string part, JsonElement shown)
    {
        Status = Text(shown, "status");
        var limits = shown.GetProperty("limits").EnumerateArray().ToList();

        // The next of its kind has taken the place of one that was open when it was seen last: only its case knows how it ended.
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
