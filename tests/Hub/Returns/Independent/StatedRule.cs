using System.Xml.Linq;

namespace IntegrationHub.Hub.Tests.Returns.Independent;

/// <summary>A rule of somebody else's reader, in our words and code. docs/sen2.md has the same rules as a table, with the source of each.</summary>
/// <param name="Number">A letter for the source, and the number or name that the rule has there.</param>
/// <param name="Says">What it says.</param>
/// <param name="Broken">The elements of a return that break it.</param>
/// <param name="Break">Breaks it, and no other rule, in <see cref="SoundReturn"/>.</param>
/// <param name="Ours">The codes by which our own list of faults names the same thing: one of them must be there.</param>
internal sealed record StatedRule(string Number, string Says, Func<ReadReturn, IEnumerable<XElement>> Broken, Action<XElement> Break, params string[] Ours)
{
    internal static IReadOnlyList<StatedRule> All { get; } = [.. CensusRules.All, .. TableRules.All, .. GuideRules.All, .. InspectionRules.All, .. ReaderRules.All];

    /// <summary>Each rule that a return breaks, with the number of the person; 0 is the header.</summary>
    internal static IEnumerable<(StatedRule Rule, int Person)> BrokenIn(XDocument xml)
    {
        var read = new ReadReturn(xml);
        return All.SelectMany(rule => rule.Broken(read).Select(element => (rule, read.PersonOf(element))).Distinct());
    }

    public override string ToString() => Number;
}
