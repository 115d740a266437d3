using System.Globalization;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>The plans of one band.</summary>
/// <param name="Band">Its code; null for plans without one.</param>
/// <param name="Plans">How many; null where the count is hidden because it, or another that could be found with it, is small.</param>
/// <param name="Place">Values of their places, pounds a year; null where hidden.</param>
/// <param name="TopUp">Their top-ups, pounds a year; null where hidden.</param>
public sealed record BandFigures(string? Band, int? Plans, decimal? Place, decimal? TopUp);

/// <summary>
/// What the plans of a council cost on a day, summed from what was recorded. Small counts are hidden, and with them so many others that they
/// cannot be computed: where anything is hidden, the sums of all bands are hidden too.
/// </summary>
/// <param name="Bands">By band, the plans without one last.</param>
/// <param name="Plans">All plans in force; null where hidden.</param>
/// <param name="Place">Values of all places, pounds a year; null where hidden.</param>
/// <param name="TopUp">All top-ups, pounds a year; null where hidden.</param>
/// <param name="PlansWithLines">Plans with costs of lines; null where hidden.</param>
/// <param name="OfLines">The costs of these lines, pounds a year; null where hidden.</param>
/// <param name="IsComplete">Whether every case of the council has been read.</param>
public sealed record CostFigures(IReadOnlyList<BandFigures> Bands, int? Plans, decimal? Place, decimal? TopUp, int? PlansWithLines, decimal? OfLines, bool IsComplete)
{
    /// <summary>Sums the plans of a council.</summary>
    /// <param name="board">The cases.</param>
    /// <param name="council">The council.</param>
    /// <param name="smallest">The smallest count that is shown.</param>
    public static CostFigures Of(Snapshot board, LocalAuthorityCode council, int smallest)
    {
        ArgumentNullException.ThrowIfNull(board);
        return Of([.. board.Of(council).Select(row => row.Cost).OfType<CaseCost>()], smallest, board.HasRead(council));
    }

    /// <summary>Sums some plans.</summary>
    internal static CostFigures Of(IReadOnlyList<CaseCost> plans, int smallest, bool isComplete)
    {
        var groups = plans.GroupBy(one => one.Band).Select(group => (Band: group.Key, Plans: group.Count(), Place: group.Sum(one => one.Place), TopUp: group.Sum(one => one.TopUp))).OrderBy(group => group.Plans).ToList();
        var hidden = groups.Where(group => group.Plans < smallest).ToList();

        // Two at least are hidden together, and enough plans, or the rest of the sum would say what each is.
        while (hidden.Count > 0 && hidden.Count < groups.Count && (hidden.Count == 1 || hidden.Sum(group => group.Plans) < smallest))
        {
            hidden.Add(groups.First(group => !hidden.Contains(group)));
        }

        var isAllHidden = plans.Count < smallest || (hidden.Count == groups.Count && groups.Count == 1);
        var lines = plans.Where(one => one.Lines is not null).ToList();
        var areLinesHidden = lines.Count > 0 && (lines.Count < smallest || (plans.Count > lines.Count && plans.Count - lines.Count < smallest));
        return new CostFigures(
            [
                .. groups.OrderBy(group => group.Band is null).ThenBy(group => group.Band, StringComparer.Ordinal).Select(group =>
                    hidden.Contains(group) ? new BandFigures(group.Band, null, null, null) : new BandFigures(group.Band, group.Plans, group.Place, group.TopUp)),
            ],
            isAllHidden && plans.Count > 0 ? null : plans.Count,
            hidden.Count > 0 ? null : groups.Sum(group => group.Place),
            hidden.Count > 0 ? null : groups.Sum(group => group.TopUp),
            areLinesHidden ? null : lines.Count,
            areLinesHidden ? null : lines.Sum(one => one.Lines ?? 0),
            isComplete);
    }

    /// <summary>The same as a file. <c>c</c> stands for what is hidden, as in the council's other figures.</summary>
    public byte[] Csv()
    {
        var text = new StringBuilder();
        CsvLines.Line(text, ["What", "Band", "Plans", "Place, pounds a year", "Top-up, pounds a year", "Lines, pounds a year"]);
        foreach (var band in Bands)
        {
            CsvLines.Line(text, ["Band", band.Band ?? "", Number(band.Plans), Number(band.Place), Number(band.TopUp), ""]);
        }

        CsvLines.Line(text, ["All plans in force", "", Number(Plans), Number(Place), Number(TopUp), ""]);
        CsvLines.Line(text, ["Plans with costs of lines", "", Number(PlansWithLines), "", "", Number(OfLines)]);
        return CsvLines.Bytes(text);

        static string Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "c";
    }

    /// <summary>A sum for people; "Not recorded" where there is none.</summary>
    internal static string Pounds(decimal? pounds) => pounds is { } sum ? Words.Pounds(sum) : "Not recorded";
}
