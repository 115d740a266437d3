using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Local.Hosting;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// As many invented councils as England has, in one <c>councils.json</c>, and how plans are shared among them: the first keeps 2 in a hundred, as the
/// largest cities do, the last 3 in a thousand.
/// </summary>
internal static class EnglandsCouncils
{
    private const int Councils = 153;
    private const int Evenness = 25;

    // The first is the one that the officer of the benchmark signs in to.
    private static readonly LocalAuthorityCode[] Codes = [.. Enumerable.Range(0, Councils).Select(n => Parse(FormattableString.Invariant($"{(n == 0 ? 330 : 700 + n)}")))];

    private static readonly double[] UpTo = Shares();

    /// <summary>The council of the officer who is signed in.</summary>
    internal static LocalAuthorityCode Largest => Codes[0];

    /// <summary>Writes the file that tells a hub of them.</summary>
    internal static void WriteTo(string folder) => File.WriteAllText(
        Path.Combine(folder, CouncilsFile.Name),
        JsonSerializer.Serialize(Codes.Select(code => new
        {
            code = code.Value,
            name = $"Council {code}",
            socialCare = new { id = $"la:{code}/social-care", name = "Children's social care" },
            educationalPsychology = new { id = $"la:{code}/educational-psychology", name = "Educational psychology service" },
            icb = new { id = IcbOf(code), name = "Integrated care board" },
            mediationAdviser = "Invented mediation, 0300 000 0001",
            mediationContact = "SEND team, 0300 000 0002",
            disagreementResolution = "Invented resolution, 0300 000 0003",
            informationAndAdvice = "Invented advice service, 0300 000 0004",
        })));

    /// <summary>The council of a case: its share of every thousand in a row is the same.</summary>
    internal static LocalAuthorityCode Of(int number)
    {
        // The golden ratio spreads consecutive numbers evenly.
        var place = number * 0.6180339887498949 % 1;
        var at = Array.BinarySearch(UpTo, place);
        return Codes[Math.Min(Councils - 1, at < 0 ? ~at : at)];
    }

    /// <summary>One of 42 integrated care boards.</summary>
    internal static string IcbOf(LocalAuthorityCode council) =>
        FormattableString.Invariant($"ods:Q{int.Parse(council.Value, CultureInfo.InvariantCulture) % 42:D2}");

    private static double[] Shares()
    {
        var weights = Enumerable.Range(0, Councils).Select(n => 1.0 / (n + Evenness)).ToArray();
        var (all, sum) = (weights.Sum(), 0.0);
        return [.. weights.Select(weight => (sum += weight) / all)];
    }

    private static LocalAuthorityCode Parse(string code) => LocalAuthorityCode.TryParse(code, out var value, out var problem) ? value : throw new FormatException(problem);
}
