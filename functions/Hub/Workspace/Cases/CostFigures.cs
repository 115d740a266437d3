using System.Globalization;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>The cost of the plans in one funding band.</summary>
/// <param name="Band">Code of the band, or null for plans without a band.</param>
/// <param name="Plans">Number of plans, or null if the count is hidden because it is small or would reveal another small count.</param>
/// <param name="Place">Total value of the places in pounds a year, or null if hidden.</param>
/// <param name="TopUp">Total of the top-ups in pounds a year, or null if hidden.</param>
public sealed record BandFigures(string? Band, int? Plans, decimal? Place, decimal? TopUp);

/// <summary>
/// What a council's plans cost on a given day, added up from the recorded costs. Small counts are hidden, together with enough other counts
/// to prevent anybody from calculating the small counts. If anything is hidden, the totals of all bands are hidden too.
/// </summary>
/// <param name="Bands">The costs by band, with plans that have no band last.</param>
/// <param name="Plans">Number of all plans in force, or null if hidden.</param>
/// <param name="Place">Total value of all places in pounds a year, or null if hidden.</param>
/// <param name="TopUp">Total of all top-ups in pounds a year, or null if hidden.</param>
/// <param name="PlansWithLines">Number of plans with costs for individual lines, or null if hidden.</param>
/// <param name="OfLines">Total cost of individual lines of plans, in pounds a year, or null if hidden.</param>
/// <param name="IsComplete">Whether every case of the council has been read.</param>
public sealed record CostFigures(IReadOnlyList<BandFigures> Bands, int? Plans, decimal? Place, decimal? TopUp, int? PlansWithLines, decimal? OfLines, bool IsComplete)
{
    /// <summary>Adds up the costs of one council's plans.</summary>
    /// <param name="board">The board with the cases.</param>
    /// <param name="council">The council.</param>
    /// <param name="smallest">The smallest count that is shown; smaller counts are hidden.</param>
    public static CostFigures Of(Snapshot board, LocalAuthorityCode council, int smallest)
    {
        ArgumentNullException.ThrowIfNull(board);
        return Of([.. board.Of(council).Select(row => row.Cost).OfType<CaseCost>()], smallest, board.HasRead(council));
    }

    /// <summary>Adds up the costs of the given plans.</summary>
    internal static CostFigures Of(IReadOnlyList<CaseCost> plans, int smallest, bool isComplete)
    {
        var groups = plans.GroupBy(one => one.Band).Select(group => (Band: group.Key, Plans: group.Count(), Place: group.Sum(one => one.Place), TopUp: group.Sum(one => one.TopUp))).OrderBy(group => group.Plans).ToList();
        var hidden = groups.Where(group => group.Plans < smallest).ToList();

        // At least two groups are hidden, and together they have enough plans, because a hidden count could otherwise be calculated from
        // the total. Every band that is listed has a plan, so as many hidden plans as hidden bands would mean one plan in each.
        while (hidden.Count > 0 && hidden.Count < groups.Count && (hidden.Count == 1 || (hidden.Sum(group => group.Plans) is var sum && (sum < smallest || sum == hidden.Count))))
        {
            hidden.Add(groups.First(group => !hidden.Contains(group)));
        }

        var isAllHidden = plans.Count < smallest || (hidden.Count == groups.Count && (groups.Count == 1 || plans.Count == groups.Count));
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

    /// <summary>The figures as a CSV file. Hidden values are shown as "<c>c</c>", as in the council's other figures.</summary>
    public byte[] Csv()
    {
        var text = new StringBuilder();
        CsvLines.Line(text, ["What", "Band", "Plans", "Place, pounds a year", "Top-up, pounds a year", "Lines, pounds a year"]);
        foreach (var band in Bands)
        {
            CsvLines.Line(text, ["Band", band.Band ?? "", Number(band.Plans), Number(band.Place), Number(band.TopUp), ""]);
        }

        CsvLines.Line(text, ["All plans in force", "", Number(Plans), Number(Place), Number(TopUp), ""]);
        CsvLines.Line(text, ["Plans with costs for single lines", "", Number(PlansWithLines), "", "", Number(OfLines)]);
        return CsvLines.Bytes(text);

        static string Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "c";
    }

    /// <summary>A sum in pounds as shown on a page, or "Not recorded" if there is no sum.</summary>
    internal static string Pounds(decimal? pounds) => pounds is { } sum ? Words.Pounds(sum) : "Not recorded";
}
