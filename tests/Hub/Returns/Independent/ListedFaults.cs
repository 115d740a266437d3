using System.Globalization;
using System.Xml.Linq;
using CsvHelper;

namespace IntegrationHub.Hub.Tests.Returns.Independent;

/// <summary>The files of a built return, read as they lie in a folder.</summary>
internal static class ListedFaults
{
    /// <summary>
    /// Rules that the return breaks and that its own list of faults does not name for that person. The list is of the cases, so what is about the header,
    /// and about two persons at once, cannot be in it: a built return breaks no such rule.
    /// </summary>
    internal static IReadOnlyList<string> NotNamed(string folder)
    {
        var named = Read(Path.Combine(folder, "faults.csv"));
        return [.. Broken(folder).Where(one => !one.Rule.Ours.Any(code => named.Contains((one.Person, code)))).Select(one => FormattableString.Invariant($"{one.Rule.Number}, person {one.Person}"))];
    }

    /// <summary>Rules that it breaks.</summary>
    internal static IReadOnlyList<(StatedRule Rule, int Person)> Broken(string folder) => [.. StatedRule.BrokenIn(XDocument.Load(Path.Combine(folder, "sen2.xml")))];

    private static HashSet<(int Person, string Code)> Read(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        var found = new HashSet<(int, string)>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            var person = csv.GetField("place")!.Split('/')[0].Split(' ')[1];
            found.Add((int.Parse(person, CultureInfo.InvariantCulture), csv.GetField("what")!.Split(": ")[1]));
        }

        return found;
    }
}
