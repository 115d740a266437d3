namespace IntegrationHub.Functions.Figures;

/// <summary>
/// Decides which figures of one year are shown, so that no count below the threshold is shown or can be calculated. Either a count is
/// suppressed in every row, or a value of a breakdown is suppressed in every table. At least two counts or values are always suppressed
/// together, so that the published figures do not reveal which of the two counts a child is in. No combination of two breakdowns is
/// shown. Counts of one table that nearly equal counts of another are treated as if each revealed the other.
/// </summary>
internal sealed class Suppression
{
    private readonly FigureSet figures;
    private readonly FigureLayout layout;
    private readonly int smallest;
    private readonly HashSet<string> populations = new(StringComparer.Ordinal);
    private readonly HashSet<string> measures = new(StringComparer.Ordinal);
    private readonly HashSet<(string By, string Value)> values = [];

    private Suppression(FigureSet figures, FigureLayout layout, int smallest) => (this.figures, this.layout, this.smallest) = (figures, layout, smallest);

    internal static Suppression Of(FigureSet figures, FigureLayout layout, int smallest)
    {
        var made = new Suppression(figures, layout, smallest);
        var all = layout.Tables.Select(table => table.Population).Distinct().ToList();
        foreach (var population in all)
        {
            made.HideMeasures(population);
        }

        // Whatever is hidden for one likeness can leave another open, so all are looked at until nothing more has to be hidden.
        bool hasHidden;
        do
        {
            hasHidden = false;
            foreach (var like in Measures.Likenesses)
            {
                hasHidden |= made.HideLikeness(like);
            }
        }
        while (hasHidden);

        foreach (var alike in Dimensions.Alike)
        {
            made.HideValues(alike, [.. alike.SelectMany(by => all.Where(one => !made.populations.Contains(one) && layout.RowsOf(one).Concat(layout.ColumnsOf(one)).Contains(by)).Select(one => (by, one)))]);
        }

        return made;
    }

    /// <summary>Whether a count is shown in the published figures.</summary>
    internal bool Shows(string population, string measure, params ReadOnlySpan<(string By, string Value)> filters)
    {
        if (filters.Length > 1 || populations.Contains(population) || measures.Contains(measure))
        {
            return false;
        }

        return filters.Length == 0 || (filters[0].By != Dimensions.Setting && !values.Contains(filters[0]));
    }

    private bool IsSmall(long count) => count > 0 && count < smallest;

    private void HideMeasures(string population)
    {
        if (IsSmall(figures.Of(population)))
        {
            populations.Add(population);
        }
        else if (population == Measures.NewPlans)
        {
            HideSpans();
        }
        else
        {
            HideGroups(population);
        }
    }

    private void HideGroups(string population)
    {
        foreach (var group in Measures.Groups[population].Where(group => (group.With is { } with && measures.Contains(with)) || group.Splits.Any(split => measures.Contains(split.Of) || HasSmall(split))))
        {
            measures.UnionWith(group.Splits.SelectMany(split => split.Into));
        }
    }

    /// <summary>
    /// Hides what somebody could calculate who takes the total of one population for a part of another. Returns whether something was hidden.
    /// </summary>
    private bool HideLikeness(Likeness like)
    {
        if (populations.Contains(like.Population))
        {
            return false;
        }

        var split = Measures.SplitOf(like.Population, like.Part);
        if (!measures.Contains(like.Part))
        {
            if (!(like.HasDifference && DiffersByFew(like)) && !(populations.Contains(like.Whole) && IsNear(like)))
            {
                return false;
            }

            measures.UnionWith(split.Into);
            HideGroups(like.Population);
            return true;
        }

        // The part is hidden, but its size is known from the other table, and so is the sum of the remaining parts.
        var rest = split.Into.Where(part => part != like.Part).Select(part => (long)figures.Of(part)).ToList();
        return !populations.Contains(like.Whole) && IsNear(like) && (rest.Exists(IsSmall) || IsSmall(rest.Sum())) && !IsEnough(rest) && populations.Add(like.Population);
    }

    /// <summary>Whether the two counts differ by a small number of children, in all or in a row that both tables have.</summary>
    private bool DiffersByFew(Likeness like) =>
        IsSmall(Math.Abs(figures.Of(like.Part) - figures.Of(like.Whole)))
        || SharedRows(like).Any(by => layout.ValuesOf(by).Any(value => IsSmall(Math.Abs(figures.Of(like.Part, (by, value)) - figures.Of(like.Whole, (by, value))))));

    /// <summary>Whether the two counts, in all or in one row, are so near to each other that one reveals the other.</summary>
    private bool IsNear(Likeness like, params ReadOnlySpan<(string By, string Value)> row) => Math.Abs(figures.Of(like.Part, row) - figures.Of(like.Whole, row)) < smallest;

    private IEnumerable<string> SharedRows(Likeness like) => layout.RowsOf(like.Population).Intersect(layout.RowsOf(like.Whole));

    private bool HasSmall(Split split)
    {
        var parts = split.Into.Select(part => figures.Of(part)).ToList();
        return parts.Any(part => IsSmall(part)) || (split.HasRest && IsSmall(figures.Of(split.Of) - parts.Sum()));
    }

    /// <summary>
    /// Hides a span of time that has a small count of new plans, together with the smallest of the other spans, so that the percentage
    /// issued in time can usually be shown. The same spans are hidden for the plans without an exception. All figures for the plans
    /// without an exception are hidden if one of them is small, or if a small count can be calculated from them and the figures for all new
    /// plans.
    /// </summary>
    private void HideSpans()
    {
        var hidden = Enumerable.Range(0, Measures.Spans.Count).Where(span => IsSmall(Spans(span))).ToHashSet();
        while (hidden.Count > 0 && hidden.Count < Measures.Spans.Count && !IsEnough(hidden.Select(span => (long)Spans(span))))
        {
            var next = Enumerable.Range(0, Measures.Spans.Count).Where(span => !hidden.Contains(span)).OrderBy(span => Spans(span) == 0).ThenBy(Spans).First();
            hidden.Add(next);
        }

        measures.UnionWith(hidden.SelectMany(span => new[] { Measures.Spans[span], Measures.SpansNoException[span] }));
        var shown = Enumerable.Range(0, Measures.Spans.Count).Where(span => !hidden.Contains(span)).ToList();
        long[] computable =
        [
            figures.Of(Measures.NoException), Differs(Measures.NewPlans, Measures.NoException), hidden.Sum(NoException), hidden.Sum(span => Spans(span) - NoException(span)),
            .. shown.Select(span => (long)NoException(span)), .. shown.Select(span => (long)Differs(Measures.Spans[span], Measures.SpansNoException[span])),
        ];
        if (computable.Any(IsSmall))
        {
            measures.UnionWith([Measures.NoException, .. Measures.SpansNoException]);
        }

        int Spans(int span) => figures.Of(Measures.Spans[span]);
        int NoException(int span) => figures.Of(Measures.SpansNoException[span]);
        int Differs(string all, string without) => figures.Of(all) - figures.Of(without);
    }

    /// <summary>
    /// Hides the values of a breakdown that have a small count in a table. The smallest of the other values are hidden too until the hidden
    /// total, which anybody can calculate, is not small and can be divided in more than one way.
    /// </summary>
    private void HideValues(IReadOnlyList<string> alike, IReadOnlyList<(string By, string Population)> of)
    {
        var all = layout.ValuesOf(alike[0]);
        var counts = of.SelectMany(one => CountsIn(one.Population, one.By)).ToList();
        var hidden = all.Where(value => counts.Any(count => IsSmall(count(value)))).ToHashSet(StringComparer.Ordinal);
        if (hidden.Count == 0)
        {
            return;
        }

        var next = new Queue<string>(all.Where(value => !hidden.Contains(value) && Size(value) > 0).OrderBy(Size));
        while (next.Count > 0 && !(counts.All(count => !IsSmall(hidden.Sum(count))) && of.All(IsEnoughOf)))
        {
            hidden.Add(next.Dequeue());
        }

        // If too few values could be hidden, none of the breakdown is shown, not even that a value has a count of 0.
        values.UnionWith(alike.SelectMany(by => (next.Count == 0 ? all : [.. hidden]).Select(value => (by, value))));

        long Size(string value) => of.Sum(one => (long)figures.Of(one.Population, (one.By, value)));
        bool IsEnoughOf((string By, string Population) one) =>
            hidden.All(value => figures.Of(one.Population, (one.By, value)) == 0) || IsEnough(hidden.Select(value => (long)figures.Of(one.Population, (one.By, value))));
    }

    /// <summary>The counts that a breakdown shows for each of its values, and the counts that can be calculated from them.</summary>
    private IEnumerable<Func<string, long>> CountsIn(string population, string by)
    {
        yield return value => Of(population, value);
        if (!layout.RowsOf(population).Contains(by))
        {
            yield break;
        }

        foreach (var measure in Measures.Of(population).Where(measure => !measures.Contains(measure)))
        {
            yield return value => Of(measure, value);
        }

        foreach (var split in Measures.Groups[population].SelectMany(group => group.Splits).Where(split => split.HasRest && !split.Into.Any(measures.Contains)))
        {
            yield return value => Of(split.Of, value) - split.Into.Sum(part => Of(part, value));
        }

        foreach (var like in Measures.Likenesses.Where(like => like.Population == population && measures.Contains(like.Part) && !populations.Contains(like.Whole) && SharedRows(like).Contains(by)))
        {
            yield return value => IsNear(like) || IsNear(like, (by, value)) ? Math.Abs(Of(population, value) - Of(like.Whole, value)) : 0;
        }

        if (population != Measures.NewPlans)
        {
            yield break;
        }

        var shown = Enumerable.Range(0, Measures.Spans.Count).Where(span => !measures.Contains(Measures.Spans[span])).ToList();
        yield return value => Of(Measures.NewPlans, value) - shown.Sum(span => Of(Measures.Spans[span], value));
        if (!measures.Contains(Measures.NoException))
        {
            yield return value => Of(Measures.NewPlans, value) - Of(Measures.NoException, value);
            yield return value => Of(Measures.NoException, value) - shown.Sum(span => Of(Measures.SpansNoException[span], value));
            foreach (var span in shown)
            {
                yield return value => Of(Measures.Spans[span], value) - Of(Measures.SpansNoException[span], value);
            }
        }

        long Of(string measure, string value) => figures.Of(measure, (by, value));
    }

    /// <summary>
    /// Whether the hidden counts include enough children to be divided in more than one way, even by somebody who knows that no count is 0.
    /// </summary>
    private bool IsEnough(IEnumerable<long> hidden)
    {
        var some = hidden.Where(count => count > 0).ToList();
        return some.Count > 1 && some.Sum() >= smallest && some.Sum() > some.Count;
    }
}
