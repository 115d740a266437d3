using IntegrationHub.Functions.Figures;

namespace IntegrationHub.Hub.Tests.Figures;

/// <summary>
/// Somebody who has every published count and a computer: each count is an equation over how many units there are of each kind, and a suppressed one is
/// found out when its own equation follows from the others. Arithmetic is modulo a large prime, so that nothing is rounded.
/// </summary>
internal sealed class LinearAttack
{
    private const long Prime = 1_000_000_007;

    private readonly List<FigureUnit> kinds;
    private readonly List<(int Pivot, long[] Row)> known = [];

    internal LinearAttack(string population, IEnumerable<CountAt> published)
    {
        kinds = [.. from sex in GeneratedUnits.Sexes from need in GeneratedUnits.Needs from age in GeneratedUnits.Ages from place in GeneratedUnits.Places
            where population == Measures.Plans || place == GeneratedUnits.Places[0]
            from way in GeneratedUnits.Ways[population]
            select new FigureUnit(population, way, GeneratedUnits.Of(sex, need, age, place))];
        Learn(published.Where(count => count.Population == population).Select(RowOf));
    }

    /// <summary>The same with every table at once, and with what the reader takes to be equal: two counts of different tables. Needs and places are left out.</summary>
    internal LinearAttack(IEnumerable<CountAt> published, IEnumerable<(CountAt One, CountAt Other)> equal)
    {
        kinds = [.. from sex in GeneratedUnits.Sexes from age in GeneratedUnits.Ages from ways in GeneratedUnits.Ways from way in ways.Value
            select new FigureUnit(ways.Key, way, GeneratedUnits.Of(sex, GeneratedUnits.Needs[0], age, GeneratedUnits.Places[0]))];
        Learn(published.Where(IsCovered).Select(RowOf));
        Learn(equal.Select(pair => RowOf(pair.One).Zip(RowOf(pair.Other), (one, other) => (Prime + one - other) % Prime).ToArray()));
    }

    /// <summary>Whether the attack over every table covers a count.</summary>
    internal static bool IsCovered(CountAt count) => count.Filters.All(filter => filter.By is not (Dimensions.Need or Dimensions.Place or Dimensions.Setting));

    /// <summary>Whether a count follows from those that are published.</summary>
    internal bool Finds(CountAt count) => Array.TrueForAll(Reduced(RowOf(count)), value => value == 0);

    private void Learn(IEnumerable<long[]> equations)
    {
        foreach (var equation in equations)
        {
            var row = Reduced(equation);
            if (Array.FindIndex(row, value => value != 0) is var pivot and >= 0)
            {
                var inverse = Power(row[pivot], Prime - 2);
                known.Add((pivot, [.. row.Select(value => value * inverse % Prime)]));
            }
        }
    }

    private long[] RowOf(CountAt count) => [.. kinds.Select(kind => count.Holds(kind) ? 1L : 0)];

    private long[] Reduced(long[] row)
    {
        foreach (var (pivot, equation) in known)
        {
            if (row[pivot] is not 0 and var times)
            {
                for (var n = 0; n < row.Length; n++)
                {
                    row[n] = (row[n] + ((Prime - times) * equation[n])) % Prime;
                }
            }
        }

        return row;
    }

    private static long Power(long of, long to)
    {
        var result = 1L;
        for (; to > 0; to >>= 1, of = of * of % Prime)
        {
            result = (to & 1) == 1 ? result * of % Prime : result;
        }

        return result;
    }
}
