using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Hub.Tests.Returns.Independent;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>Rules of readers that nobody here wrote: each fires where it is broken and nowhere else, and our own rules name the same thing.</summary>
public sealed class StatedRulesTests
{
    [Fact]
    public void A_sound_return_breaks_no_rule_and_our_own_find_nothing_in_it()
    {
        Assert.Empty(StatedRule.BrokenIn(SoundReturn.Read()));
        Assert.Empty(Own(SoundReturn.Read()));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_rule_fires_alone_where_it_is_broken_and_our_own_name_it_too(string number)
    {
        var rule = StatedRule.All.Single(one => one.Number == number);
        var xml = SoundReturn.Read();
        rule.Break(xml.Root!);

        var (broken, person) = Assert.Single(StatedRule.BrokenIn(xml));

        Assert.Equal(number, broken.Number);
        var place = person == 0 ? "Header" : FormattableString.Invariant($"Person {person}");
        Assert.Contains(Own(xml), finding => finding.Place.Split('/')[0] == place && rule.Ours.Contains(finding.Code));
    }

    [Fact]
    public void The_table_in_the_documentation_has_each_rule_with_what_it_says_and_our_name_for_it()
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "sen2.md"));

        Assert.Equal([], StatedRule.All.Select(Row).Where(row => !page.Contains(row, StringComparison.Ordinal)));
        Assert.Equal(StatedRule.All.Count, StatedRule.All.Select(rule => rule.Number).Distinct().Count());
    }

    public static IEnumerable<TheoryDataRow<string>> Numbers() => StatedRule.All.Select(rule => new TheoryDataRow<string>(rule.Number));

    private static string Row(StatedRule rule) => $"| {rule.Number} | {rule.Says} | {string.Join(", ", rule.Ours.Select(code => $"`{code}`"))} |";

    private static IReadOnlyList<Sen2Finding> Own(XDocument xml)
    {
        var read = Sen2Xml.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml.ToString())), Sen2Layout.Newest);
        return Takeover.Of(read, new(2026, 1, 20), RuleSet.England2014, CountingPractice.AfterTheDay, Sen2Generator.Schools).Findings;
    }

    private static string Here([CallerFilePath] string here = "") => here;
}
