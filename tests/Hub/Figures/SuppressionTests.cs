using IntegrationHub.Functions.Figures;

namespace IntegrationHub.Hub.Tests.Figures;

/// <summary>No small count is shown, none can be computed from what is shown, and for each there is another world with the same publication.</summary>
public sealed class SuppressionTests
{
    private const int Smallest = 5;
    private static readonly FiguresOptions Options = new() { SuppressSmallCounts = true };

    /// <summary>Seeds of the generated years.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_small_count_is_shown_and_none_follows_from_what_is(int seed)
    {
        var figures = PublishedCounts.Set(GeneratedUnits.Make(new Random(seed)));
        var suppression = Suppression.Of(figures, FigureLayout.Newest, Smallest);
        var (shown, hidden) = Apart(suppression);

        Assert.DoesNotContain(shown, count => PublishedCounts.In(figures, count) is > 0 and < Smallest);
        var found = hidden.GroupBy(count => count.Population).SelectMany(of => new LinearAttack(of.Key, shown) is var attack ? of.Where(attack.Finds) : []);
        Assert.Empty(found.Where(count => PublishedCounts.In(figures, count) is > 0 and < Smallest).Select(count => count.ToString()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void For_each_small_count_there_is_another_year_of_which_the_same_would_be_published(int seed)
    {
        var units = GeneratedUnits.Make(new Random(seed));
        var figures = PublishedCounts.Set(units);
        var (shown, hidden) = Apart(Suppression.Of(figures, FigureLayout.Newest, Smallest));
        var small = hidden.Where(count => count.Filters.Count < 2 && PublishedCounts.In(figures, count) is > 0 and < Smallest).ToHashSet();

        // One child told of as another, or not there at all: where no published count changes by that, whoever reads them cannot know it.
        foreach (var unit in units.DistinctBy(unit => (unit.Population, string.Join('|', unit.Counts), string.Join('|', unit.Values))))
        {
            foreach (var other in Others(unit).Where(other => shown.All(count => count.Holds(unit) == count.Holds(other))))
            {
                small.RemoveWhere(count => count.Holds(unit) != count.Holds(other));
            }

            if (!shown.Any(count => count.Holds(unit)))
            {
                small.RemoveWhere(count => count.Holds(unit));
            }
        }

        Assert.Empty(small.Select(count => count.ToString()));
    }

    [Fact]
    public void The_attack_finds_what_only_hiding_small_counts_would_leave_open()
    {
        var found = 0;
        foreach (var seed in Enumerable.Range(1, 10))
        {
            var figures = PublishedCounts.Set(GeneratedUnits.Make(new Random(seed)));
            var attack = new LinearAttack(Measures.NewPlans, PublishedCounts.All.Where(count => PublishedCounts.In(figures, count) is 0 or >= Smallest));
            found += PublishedCounts.All.Count(count => count.Population == Measures.NewPlans && PublishedCounts.In(figures, count) is > 0 and < Smallest && attack.Finds(count));
        }

        Assert.True(found > 10, $"Only {found} were found.");
    }

    [Fact]
    public void A_share_is_shown_only_with_both_of_its_counts_and_of_ten_or_more_and_an_average_only_of_all()
    {
        foreach (var seed in Enumerable.Range(1, 10))
        {
            var figures = PublishedCounts.Set(GeneratedUnits.Make(new Random(seed)));
            var cells = new FigureCells(figures, FigureLayout.Newest, Options);
            foreach (var table in FigureLayout.Newest.Tables)
            {
                foreach (var row in table.Topics.SelectMany(topic => FigureLayout.Newest.ValuesOf(topic.By).Select(value => ((string By, string Value)?)(topic.By, value))).Prepend(null))
                {
                    foreach (var column in table.Columns.Where(column => column.Count is null && cells.Cell(table, column, row) is not (FigureCells.Suppressed or FigureCells.NotApplicable)))
                    {
                        var of = table.Columns.Where(other => other.Count is not null && (column.Of ?? column.Average)!.Split('+').Contains(other.Count) && other.By is null).ToList();
                        Assert.NotEmpty(of);
                        Assert.True(of.Sum(other => int.Parse(cells.Cell(table, other, row), System.Globalization.CultureInfo.InvariantCulture)) >= Options.SmallestDenominator, $"{table.Name} {column.Name} {row}");
                        Assert.True(column.Average is null || row is null);
                    }
                }
            }
        }
    }

    [Fact]
    public void Large_counts_are_shown_as_they_are_and_a_small_span_takes_the_smallest_other_with_it()
    {
        var figures = PublishedCounts.Set([.. Plans(40, 0), .. Plans(12, 1), .. Plans(2, 2)]);
        var cells = new FigureCells(figures, FigureLayout.Newest, Options);

        Assert.Equal(
            (54, 40, null, null), (cells.Count(Measures.NewPlans, Measures.NewPlans), cells.Count(Measures.NewPlans, Measures.InTime), cells.Count(Measures.NewPlans, Measures.Late), cells.Count(Measures.NewPlans, Measures.OverYear)));
        Assert.Equal(40, cells.Count(Measures.NewPlans, Measures.InTimeNoException));
        Assert.Null(cells.Count(Measures.NewPlans, Measures.LateNoException));
        Assert.Equal(2, new FigureCells(figures, FigureLayout.Newest, null).Count(Measures.NewPlans, Measures.OverYear));

        static IEnumerable<FigureUnit> Plans(int many, int span) => Enumerable.Range(0, many)
            .Select(n => new FigureUnit(Measures.NewPlans, [Measures.Spans[span], Measures.NoException, Measures.SpansNoException[span]], GeneratedUnits.Of(n % 2 == 0 ? "F" : "M", "ASD", "5", "special"), 100));
    }

    private static (List<CountAt> Shown, List<CountAt> Hidden) Apart(Suppression suppression)
    {
        var shown = PublishedCounts.All.Where(count => PublishedCounts.Shows(suppression, count)).ToList();
        return (shown, [.. PublishedCounts.All.Except(shown)]);
    }

    private static IEnumerable<FigureUnit> Others(FigureUnit unit) =>
        from way in GeneratedUnits.Ways[unit.Population].Append(unit.Counts)
        from sex in GeneratedUnits.Sexes
        from need in GeneratedUnits.Needs
        from age in GeneratedUnits.Ages
        from place in GeneratedUnits.Places
        where (way == unit.Counts ? 0 : 1) + (sex == unit.Values[Dimensions.Sex] ? 0 : 1) + (need == unit.Values[Dimensions.Need] ? 0 : 1)
            + (age == unit.Values[Dimensions.AgeAtRequest] ? 0 : 1) + (place == unit.Values[Dimensions.Place] ? 0 : 1) == 1
        select unit with { Counts = way, Values = GeneratedUnits.Of(sex, need, age, place) };
}
