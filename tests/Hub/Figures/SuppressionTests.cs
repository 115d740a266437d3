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
    public void No_small_count_follows_for_somebody_who_rightly_takes_a_count_of_one_table_for_one_of_another(int seed)
    {
        foreach (var figures in Years(seed))
        {
            var (shown, hidden) = Apart(Suppression.Of(figures, FigureLayout.Newest, Smallest));
            var attack = new LinearAttack(shown, Pairs().Where(pair => PublishedCounts.In(figures, pair.Part) == PublishedCounts.In(figures, pair.Whole)).Select(pair => (pair.Part, pair.Whole)));

            Assert.Empty(hidden.Where(count => LinearAttack.IsCovered(count) && PublishedCounts.In(figures, count) is > 0 and < Smallest && attack.Finds(count)).Select(count => count.ToString()));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plans_agreed_less_new_plans_is_never_small_and_neither_is_what_is_left_of_a_total_without_the_like_of_a_hidden_part(int seed)
    {
        foreach (var figures in Years(seed))
        {
            var shown = Apart(Suppression.Of(figures, FigureLayout.Newest, Smallest)).Shown.Select(count => count.ToString()).ToHashSet();
            foreach (var (like, part, whole, all) in Pairs().Where(pair => shown.Contains(pair.Whole.ToString())))
            {
                var difference = Math.Abs(PublishedCounts.In(figures, part) - PublishedCounts.In(figures, whole));
                if (shown.Contains(part.ToString()))
                {
                    Assert.False(like.HasDifference && difference is > 0 and < Smallest, $"{part} {difference}");
                }
                else if (difference == 0 && shown.Contains(all.ToString()) && PublishedCounts.In(figures, all) - PublishedCounts.In(figures, whole) is > 0 and < Smallest and var left)
                {
                    Assert.Fail($"{left} of {all} are left without {whole}");
                }
            }
        }
    }

    [Fact]
    public void Plans_agreed_are_hidden_where_new_plans_would_tell_how_many_got_none()
    {
        // 40 plans agreed and issued, and two refusals: without new plans, the two could be any part of the 42.
        List<FigureUnit> units =
        [
            .. Enumerable.Range(0, 40).Select(n => Unit(Measures.Assessments, "plansAgreed", n)), Unit(Measures.Assessments, "noPlan", 0), Unit(Measures.Assessments, "noPlan", 1),
            .. Enumerable.Range(0, 40).Select(n => Unit(Measures.NewPlans, Measures.InTime, n)),
        ];
        var cells = new FigureCells(PublishedCounts.Set(units), FigureLayout.Newest, Options);

        Assert.Equal(40, cells.Count(Measures.NewPlans, Measures.NewPlans));
        Assert.Equal((null, null, null), (cells.Count(Measures.Assessments, Measures.Assessments), cells.Count(Measures.Assessments, "plansAgreed"), cells.Count(Measures.Assessments, "noPlan")));

        // Three more plans followed a refusal: plans agreed less new plans would tell their number.
        units.RemoveAll(unit => unit.Counts.Contains("noPlan"));
        units.AddRange(Enumerable.Range(0, 3).Select(n => Unit(Measures.NewPlans, Measures.InTime, n)));
        cells = new FigureCells(PublishedCounts.Set(units), FigureLayout.Newest, Options);

        Assert.Equal((43, 40, null), (cells.Count(Measures.NewPlans, Measures.NewPlans), cells.Count(Measures.Assessments, Measures.Assessments), cells.Count(Measures.Assessments, "plansAgreed")));

        static FigureUnit Unit(string population, string count, int n) => new(
            population, [count], GeneratedUnits.Of(n % 2 == 0 ? "F" : "M", "ASD", "5", "special"), population == Measures.NewPlans ? 100 : 0);
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

    /// <summary>Years of which the tables have nothing to do with each other, and years of which each child is in several.</summary>
    private static IEnumerable<FigureSet> Years(int seed)
    {
        yield return PublishedCounts.Set(GeneratedUnits.Make(new Random(seed)));
        for (var n = 0; n < 4; n++)
        {
            yield return PublishedCounts.Set(GeneratedLives.Make(new Random((seed * 4) + n)));
        }
    }

    /// <summary>The counts that can stand for each other, in all and in each row that both tables have, with the total of the part.</summary>
    private static IEnumerable<(Likeness Like, CountAt Part, CountAt Whole, CountAt All)> Pairs()
    {
        foreach (var like in Measures.Likenesses)
        {
            var rows = FigureLayout.Newest.RowsOf(like.Population).Intersect(FigureLayout.Newest.RowsOf(like.Whole));
            foreach (var row in rows.SelectMany(by => FigureLayout.Newest.ValuesOf(by).Select(value => new[] { (by, value) })).Prepend([]))
            {
                yield return (like, new CountAt(like.Population, like.Part, row), new CountAt(like.Whole, like.Whole, row), new CountAt(like.Population, like.Population, row));
            }
        }
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
