using IntegrationHub.Functions.Figures;

namespace IntegrationHub.Hub.Tests.Figures;

/// <summary>Invented requests, assessments and plans of one year, few of each kind, so that many counts are small.</summary>
internal static class GeneratedUnits
{
    internal static readonly string[] Sexes = ["F", "M", Dimensions.Unknown];
    internal static readonly string[] Needs = ["ASD", "SEMH", "SLCN", "MSI", Dimensions.Unknown];
    internal static readonly string[] Ages = ["2", "5", "11", "20"];
    internal static readonly string[] Places = ["mainstream", "special", "elsewhere", Dimensions.Unknown];

    /// <summary>Every way in which a unit of a population can be counted.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<string>>> Ways { get; } = new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>>
    {
        [Measures.NewPlans] = [.. Enumerable.Range(0, 3).SelectMany(span => new IReadOnlyList<string>[] { [Measures.Spans[span]], [Measures.Spans[span], Measures.NoException, Measures.SpansNoException[span]] })],
        [Measures.Requests] =
        [
            .. from outcome in new[] { "requestsToAssess", "requestsNotToAssess" } from speed in new[] { "requestsInTime", "requestsLate" } from flags in Flags("request") select (IReadOnlyList<string>)[outcome, speed, .. flags],
            ["requestsUndecided"], ["requestsWithdrawn"], ["requestsToAssess", "requestsInTime", "requestsInYouthAccommodation"],
        ],
        [Measures.Assessments] =
        [
            ["plansAgreed"], ["assessmentsUndecided"], ["assessmentsWithdrawn"], ["noPlan", "noPlanInTime"], ["noPlan", "noPlanLate"],
            .. Flags("assessment").Select(flags => (IReadOnlyList<string>)["noPlan", "noPlanInTime", .. flags]), .. Flags("other").Select(flags => (IReadOnlyList<string>)["plansAgreed", .. flags]),
        ],
        [Measures.Plans] =
        [
            ["reviewNotExpected"], [Measures.ReviewExpected, "reviewNone"],
            .. from when in new[] { Measures.ReviewInYear, "reviewAfterYear", "reviewBeforeYear" } from decided in new string[][] { [], [Measures.DecidedInTime], [Measures.DecidedLate] } select (IReadOnlyList<string>)[Measures.ReviewExpected, Measures.ReviewHeld, when, .. decided],
        ],
    };

    internal static List<FigureUnit> Make(Random random)
    {
        var units = new List<FigureUnit>();
        foreach (var (population, ways) in Ways.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            // Some ways are common and others rare, as in life.
            var common = ways.OrderBy(_ => random.Next()).Take(1 + random.Next(3)).ToList();
            for (var n = random.Next(4) == 0 ? random.Next(12) : random.Next(12, 90); n > 0; n--)
            {
                units.Add(new(population, random.Next(8) == 0 ? ways[random.Next(ways.Count)] : common[random.Next(common.Count)], Values(random), population == Measures.NewPlans ? random.Next(60, 400) : 0));
            }
        }

        return units;
    }

    internal static Dictionary<string, string> Of(string sex, string need, string age, string place) => new(StringComparer.Ordinal)
    {
        [Dimensions.Sex] = sex,
        [Dimensions.Need] = need,
        [Dimensions.Place] = place,
        [Dimensions.Setting] = place == "elsewhere" ? "EHE" : "",
        [Dimensions.AgeAtRequest] = age,
        [Dimensions.AgeAtStart] = age,
        [Dimensions.AgeAtCensus] = age,
    };

    internal static Dictionary<string, string> Values(Random random) => Of(Often(random, Sexes), Often(random, Needs), Often(random, Ages), Often(random, Places));

    private static string Often(Random random, string[] values) => values[Math.Min(random.Next(values.Length), random.Next(values.Length + 1))];

    private static IEnumerable<string[]> Flags(string of) => [[], [$"{of}Mediation"], [$"{of}Tribunal"], [$"{of}Mediation", $"{of}Tribunal", $"{of}MediationAndTribunal"]];
}
