using IntegrationHub.Functions.Figures;

namespace IntegrationHub.Hub.Tests.Figures;

/// <summary>
/// Invented children of one year who are counted in several tables, as in a return: most requests become assessments, most of these become plans, and most of these are
/// too new for a review. So counts of one table nearly equal counts of another.
/// </summary>
internal static class GeneratedLives
{
    internal static List<FigureUnit> Make(Random random)
    {
        var units = new List<FigureUnit>();
        var exceptions = random.Next(3) == 0 ? 0 : random.Next(12);
        var (refusals, rare) = (random.Next(3) == 0 ? 0 : random.Next(25), new Rare(random, exceptions));
        for (var n = random.Next(8, 120); n > 0; n--)
        {
            var values = GeneratedUnits.Values(random);
            if (!rare.Happens())
            {
                var refused = random.Next(100) < refusals;
                Add(Measures.Requests, values, refused ? "requestsNotToAssess" : rare.Happens() ? "requestsWithdrawn" : "requestsToAssess");
                if (refused)
                {
                    continue;
                }
            }

            var noPlan = random.Next(100) < refusals;
            Add(Measures.Assessments, values, noPlan ? "noPlan" : rare.Happens() ? "assessmentsUndecided" : "plansAgreed");
            if (noPlan ? rare.Happens() : !rare.Happens())
            {
                Add(Measures.NewPlans, values, Measures.Spans[random.Next(3)]);
                if (!rare.Happens())
                {
                    Add(Measures.Plans, values, "reviewNotExpected");
                }
            }
        }

        for (var n = random.Next(2) == 0 ? random.Next(8) : random.Next(8, 200); n > 0; n--)
        {
            Add(Measures.Plans, GeneratedUnits.Values(random), Measures.ReviewExpected);
        }

        return units;

        void Add(string population, IReadOnlyDictionary<string, string> values, string count)
        {
            var ways = GeneratedUnits.Ways[population].Where(way => way.Contains(count)).ToList();
            units.Add(new(population, ways[random.Next(4) == 0 ? random.Next(ways.Count) : 0], values, population == Measures.NewPlans ? random.Next(60, 400) : 0));
        }
    }

    private sealed class Rare(Random random, int percent)
    {
        internal bool Happens() => random.Next(100) < percent;
    }
}
