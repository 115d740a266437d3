using System.Text.Json;
using Spectre.Console;

namespace IntegrationHub.Local.Demo;

/// <summary>The limits of an assessment, and when each was met.</summary>
internal static class LimitTable
{
    private const int WidthOfAFile = 200;

    internal static void Write(JsonElement assessment)
    {
        var table = new Table().AddColumns("Limit", "Due", "Met on", "Status", "Relieved by", "Law").Border(TableBorder.Simple);
        foreach (var limit in assessment.GetProperty("limits").EnumerateArray())
        {
            var relieved = string.Join(", ", limit.GetProperty("relievedBy").EnumerateArray().Select(g => g.GetString()));
            table.AddRow(Text(limit, "key"), Text(limit, "due", "as soon as practicable"), Text(limit, "metOn"), Text(limit, "standing"), Markup.Escape(relieved), Text(limit, "citation"));
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfAFile;
        }

        AnsiConsole.Write(table);
    }

    private static string Text(JsonElement item, string name, string otherwise = "") =>
        Markup.Escape(item.TryGetProperty(name, out var value) ? value.ToString() : otherwise);
}
