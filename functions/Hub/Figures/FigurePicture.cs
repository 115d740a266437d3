namespace IntegrationHub.Functions.Figures;

/// <summary>One line of a plot and its table: a value for each year.</summary>
/// <param name="Name">What the line of the plot shows.</param>
/// <param name="Counts">The count for each year, or null if it is suppressed.</param>
/// <param name="Shares">The share for each year in per cent, as shown, with the symbols <c>c</c> and <c>z</c> as in the data set.</param>
public sealed record FigureLine(string Name, IReadOnlyList<int?> Counts, IReadOnlyList<string> Shares);

/// <summary>One plot with its table.</summary>
/// <param name="Years">The years of the plot, the oldest first.</param>
/// <param name="Totals">The total for each year, on which the percentages are based, or null if it is suppressed.</param>
/// <param name="Lines">The lines of the plot.</param>
public sealed record FigurePlot(IReadOnlyList<int> Years, IReadOnlyList<int?> Totals, IReadOnlyList<FigureLine> Lines)
{
    /// <summary>Whether a value of the table is suppressed.</summary>
    public bool IsSuppressed => Totals.Contains(null) || Lines.Any(line => line.Counts.Contains(null) || line.Shares.Contains(FigureCells.Suppressed));
}

/// <summary>
/// What a council's page of figures shows. Small counts are always suppressed on the page, whether or not they are suppressed in the open
/// data.
/// </summary>
/// <param name="Council">Name of the council.</param>
/// <param name="Smallest">The smallest count that the page shows; smaller counts are suppressed.</param>
/// <param name="Years">The years that the page shows, the oldest first.</param>
public sealed record FigurePicture(string Council, int Smallest, IReadOnlyList<int> Years)
{
    /// <summary>Whether the hub has not yet read the figures since it started.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>New plans issued within the statutory time limit.</summary>
    public FigurePlot? Timeliness { get; private init; }

    /// <summary>New plans issued within the statutory time limit, leaving out plans to which an exception applies.</summary>
    public FigurePlot? WithoutExceptions { get; private init; }

    /// <summary>Plans in force by primary need.</summary>
    public FigurePlot? Needs { get; private init; }

    /// <summary>Plans in force by kind of place.</summary>
    public FigurePlot? Places { get; private init; }

    /// <summary>Plans for which a review was expected in the year, and whether it was held in the year.</summary>
    public FigurePlot? Reviews { get; private init; }

    /// <summary>Decisions after a review that were made within the statutory time limit.</summary>
    public FigurePlot? Decisions { get; private init; }

    internal static FigurePicture Of(string council, IReadOnlyList<FigureSet> newestFirst, FiguresOptions options)
    {
        var layout = FigureLayout.Newest;
        var years = newestFirst.Reverse().Select(set => (set.Year, Cells: new FigureCells(set, layout, options))).ToList();
        var picture = new FigurePicture(council, options.SmallestCount, [.. years.Select(year => year.Year)]);
        return years.Count == 0 ? picture : picture with
        {
            Timeliness = Plot(Measures.NewPlans, cells => cells.Count(Measures.NewPlans, Measures.NewPlans), [.. Spans.Zip(Measures.Spans, By)]),
            WithoutExceptions = Plot(Measures.NewPlans, cells => cells.Count(Measures.NewPlans, Measures.NoException), [.. Spans.Zip(Measures.SpansNoException, By)]),
            Needs = Plot(Measures.Plans, All, [.. layout.Needs.Select(need => (need.Value, Counted(Measures.Plans, Measures.Plans, (Dimensions.Need, need.Key))))]),
            Places = Plot(Measures.Plans, All, [.. PlaceNames.Select(place => (place.Name, Counted(Measures.Plans, Measures.Plans, (Dimensions.Place, place.Value))))]),
            Reviews = Plot(Measures.Plans, cells => cells.Count(Measures.Plans, Measures.ReviewExpected), [("Held in the year", Counted(Measures.Plans, Measures.ReviewInYear))]),
            Decisions = Plot(
                Measures.Plans, cells => cells.Count(Measures.Plans, Measures.DecidedInTime) + cells.Count(Measures.Plans, Measures.DecidedLate),
                [("In time", Counted(Measures.Plans, Measures.DecidedInTime)), ("Later", Counted(Measures.Plans, Measures.DecidedLate))]),
        };

        static int? All(FigureCells cells) => cells.Count(Measures.Plans, Measures.Plans);
        static (string, Func<FigureCells, int?>) By(string name, string measure) => (name, Counted(Measures.NewPlans, measure));
        static Func<FigureCells, int?> Counted(string population, string measure, params (string By, string Value)[] filters) => cells => cells.Count(population, measure, filters);

        FigurePlot Plot(string population, Func<FigureCells, int?> whole, IReadOnlyList<(string Name, Func<FigureCells, int?> Count)> lines) => new(
            picture.Years, [.. years.Select(year => whole(year.Cells))],
            [.. lines.Select(line => new FigureLine(
                line.Name, [.. years.Select(year => line.Count(year.Cells))],
                [.. years.Select(year => line.Count(year.Cells) is { } part && whole(year.Cells) is { } all ? year.Cells.Share(part, all) : FigureCells.Suppressed)]))]);
    }

    private static readonly string[] Spans = ["In time", "Later, within a year", "After more than a year"];

    private static readonly (string Value, string Name)[] PlaceNames =
    [
        ("mainstream", "Mainstream school"), ("special", "Special school"), ("alternative", "Alternative provision"), ("furtherEducation", "Further education and post-16"),
        ("earlyYears", "Early years provider"), ("elsewhere", "Educated elsewhere"), (Dimensions.Unknown, "Not recorded"),
    ];
}
