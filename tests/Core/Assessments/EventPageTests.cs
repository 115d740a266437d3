using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>docs/assessment-events.md names every event, what each carries, and nothing else.</summary>
public partial class EventPageTests
{
    [Fact]
    public void The_page_lists_every_event_with_what_it_carries()
    {
        var page = Row().Matches(File.ReadAllText(PagePath()))
            .ToDictionary(row => row.Groups["event"].Value, row => Member().Matches(row.Groups["carries"].Value).Select(m => m.Groups[1].Value).Order().ToList());
        var types = StepCatalogue.Facts
            .ToDictionary(fact => fact.Definition.Name, fact => fact.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != "EqualityContract").Select(p => Camel(p.Name)).Order().ToList());
        Assert.Equal(types.Keys.Order(), page.Keys.Order());
        Assert.All(types, type => Assert.Equal(type.Value, page[type.Key]));
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string PagePath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "assessment-events.md");

    [GeneratedRegex(@"^\| `(?<event>\w+)` \| .* \| (?<carries>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Member();
}
