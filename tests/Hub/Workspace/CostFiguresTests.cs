using System.Text;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Cases;

namespace IntegrationHub.Hub.Tests.Workspace;

/// <summary>Costs are summed as recorded; a small count is hidden, and nothing that is shown says what it is.</summary>
public sealed class CostFiguresTests
{
    private static IEnumerable<CaseCost> Plans(string? band, int count, decimal place, decimal? lines = null) => Enumerable.Repeat(new CaseCost(band, place, 100, lines), count);

    [Fact]
    public void Sums_are_those_of_what_was_recorded()
    {
        var figures = CostFigures.Of([.. Plans("B1", 6, 1000.50m, 20), .. Plans("B2", 5, 2000), .. Plans(null, 7, 0)], 5, true);

        Assert.Equal([new BandFigures("B1", 6, 6003, 600), new BandFigures("B2", 5, 10000, 500), new BandFigures(null, 7, 0, 700)], figures.Bands);
        Assert.Equal((18, 16003m, 1800m, 6, 120m), (figures.Plans, figures.Place, figures.TopUp, figures.PlansWithLines, figures.OfLines));
        Assert.Contains("\"Band\",\"B1\",\"6\",\"6003.00\",\"600\"", Encoding.UTF8.GetString(figures.Csv()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_count_is_hidden_with_another_and_with_the_sums_that_would_say_it()
    {
        var figures = CostFigures.Of([.. Plans("B1", 2, 1000, 20), .. Plans("B2", 8, 2000), .. Plans("B3", 30, 0)], 5, true);

        Assert.Equal([new BandFigures("B1", null, null, null), new BandFigures("B2", null, null, null), new BandFigures("B3", 30, 0, 3000)], figures.Bands);
        Assert.Equal((40, null, null, null, null), (figures.Plans, figures.Place, figures.TopUp, figures.PlansWithLines, figures.OfLines));
        Assert.Contains("\"Band\",\"B1\",\"c\",\"c\",\"c\"", Encoding.UTF8.GetString(figures.Csv()), StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_hidden_plans_as_hidden_bands_do_not_say_that_each_has_one()
    {
        List<CaseCost> single = [.. Enumerable.Range(1, 5).SelectMany(n => Plans($"B{n}", 1, 1000))];

        var more = CostFigures.Of([.. single, .. Plans("B6", 6, 1000), .. Plans(null, 80, 0)], 5, true);
        Assert.Equal(91, more.Plans);
        Assert.Equal([80], more.Bands.Where(band => band.Plans is not null).Select(band => band.Plans!.Value));

        Assert.Null(CostFigures.Of(single, 5, true).Plans);
    }

    [Fact]
    public void A_council_with_few_plans_shows_none_of_them()
    {
        var figures = CostFigures.Of([.. Plans("B1", 3, 1000)], 5, true);

        Assert.Equal((null, null, null), (figures.Plans, figures.Place, figures.TopUp));
        Assert.Null(Assert.Single(figures.Bands).Plans);
        Assert.Equal((0, 0m), (CostFigures.Of([], 5, true).Plans, CostFigures.Of([], 5, true).Place));
    }
}
