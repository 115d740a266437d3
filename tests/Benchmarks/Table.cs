using System.Globalization;

namespace IntegrationHub.Benchmarks;

/// <summary>One table of everything that was measured in one run: what, its figure, its aim, and what stands beside it in the same run.</summary>
internal sealed class Table
{
    private readonly List<string[]> lines = [["measured", "figure", "aim", "met", "beside it, in the same run", "its figure", "share"]];

    /// <summary>Adds a line.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="figure">Its figure.</param>
    /// <param name="unit">The figure's unit.</param>
    /// <param name="aim">The figure that it is to reach; null for none. It is one to reach at least, unless <paramref name="atMost"/>.</param>
    /// <param name="atMost">The aim is not to be passed, as for times and memory.</param>
    /// <param name="beside">What else was measured in the same run, and its figure in the same unit.</param>
    internal void Add(string what, double figure, string unit, double? aim = null, bool atMost = false, (string What, double Figure)? beside = null) => lines.Add(
    [
        what,
        Number(figure, unit),
        aim is { } number ? (atMost ? "at most " : "") + Number(number, unit) : "",
        aim is null ? "" : (atMost ? figure <= aim : figure >= aim) ? "yes" : "no",
        beside?.What ?? "",
        beside is { } peer ? Number(peer.Figure, unit) : "",
        beside is { } of ? string.Create(CultureInfo.InvariantCulture, $"{100 * figure / of.Figure:N1} %") : "",
    ]);

    /// <summary>Adds a line whose aim is a share of what stands beside it.</summary>
    internal void Add(string what, double figure, string unit, (string What, double Figure) beside, double share)
    {
        Add(what, figure, unit, beside: beside);
        lines[^1][2] = string.Create(CultureInfo.InvariantCulture, $"{100 * share:N0} % of it");
        lines[^1][3] = figure >= share * beside.Figure ? "yes" : "no";
    }

    /// <summary>The lines as a table of Markdown, its columns of one width.</summary>
    internal IEnumerable<string> Lines()
    {
        var widths = Enumerable.Range(0, lines[0].Length).Select(n => lines.Max(line => line[n].Length)).ToList();
        var rows = lines.ConvertAll(line => Row(line.Select((text, n) => text.PadRight(widths[n]))));
        return rows.Take(1).Append(Row(widths.Select(width => new string('-', width)))).Concat(rows.Skip(1));
    }

    private static string Row(IEnumerable<string> columns) => "| " + string.Join(" | ", columns) + " |";

    private static string Number(double number, string unit) =>
        number.ToString(number >= 100 ? "N0" : "N1", CultureInfo.InvariantCulture) + " " + unit;
}
