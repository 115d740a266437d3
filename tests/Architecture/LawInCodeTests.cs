using System.Text.RegularExpressions;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Architecture.Tests;

/// <summary>
/// The law drives: no length of a limit and no citation of one stands in shipped code. Both come from the rule set, so that a change of the
/// law is a change of data.
/// </summary>
public sealed partial class LawInCodeTests
{
    /// <summary>Times in words that nothing is decided by: file and text, each of which must still be there.</summary>
    private static readonly (string File, string Text)[] NoLimits =
    [
        ("orchestrations/Core/Gathering/SubmitAdvice.cs", "every six months"),
        ("orchestrations/Core/Planning/EditPlan.cs", "every three months"),
        ("orchestrations/Core/Delaying/RecordDelayReason.cs", "two weeks late"),
        ("functions/Hub/Monitoring/Wording/MonitorWords.cs", "three weeks or more late"),
        ("functions/Hub/Monitoring/Pages/ActionPage.razor", "The pause can last up to four weeks"),
        // The timeline of stored cases reads as it did when they were recorded (golden histories).
        ("orchestrations/Core/Gathering/AdviceRequestMoved.cs", "its six weeks run from there"),
        ("orchestrations/Core/Process/TimelineWords.cs", "school closed for four weeks or more"),
        ("orchestrations/Core/Process/TimelineWords.cs", "early years provider closed for four weeks or more"),
        ("orchestrations/Core/Process/TimelineWords.cs", "absent from the area for four weeks or more"),
        // The name of a refusal, which callers know by now.
        ("orchestrations/Core/Gathering/RecordMissedAppointment.cs", "outside-the-six-weeks"),
    ];

    /// <summary>Days of the demonstration's own story that happen to be a length of the law.</summary>
    private static readonly string[] DaysOfTheDemonstration = ["functions/Local/Demo/FakeFamily.cs", "functions/Local/Demo/Officer.cs"];

    [Fact]
    public void No_length_of_a_limit_stands_in_shipped_code()
    {
        var found = Shipped().SelectMany(file => Code(file).SelectMany(line => Texts(file, line).Where(text => LengthInWords().IsMatch(text)).Select(text => (file, text))))
            .Where(hit => !NoLimits.Any(no => no.File == hit.file && hit.text.Contains(no.Text, StringComparison.Ordinal)))
            .Select(hit => $"{hit.file}: {hit.text.Trim()}");

        Assert.Empty(found);
        Assert.All(NoLimits, no => Assert.Contains(Code(no.File), line => line.Contains(no.Text, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_number_of_days_of_a_limit_stands_in_shipped_code()
    {
        // Weeks of the set in days: 42, 98, 112, 140 and so on; short ones are everyday numbers. A width in a document is none.
        var lengths = RuleSet.England2014.Rules.Where(rule => rule is { Unit: LengthUnit.Weeks, Length: >= 6 }).Select(rule => FormattableString.Invariant($"{7 * rule.Length!.Value}")).ToHashSet();
        Assert.Contains("140", lengths);
        var found = Shipped().Except(DaysOfTheDemonstration, StringComparer.Ordinal)
            .SelectMany(file => Code(file).Where(line => Literal().Replace(line, "\"\"") is var bare && Number().Matches(bare).Any(n => lengths.Contains(n.Value)))
                .Where(line => !line.Contains("(\"Details\", 70)", StringComparison.Ordinal))
                .Select(line => $"{file}: {line.Trim()}"));

        Assert.Empty(found);
    }

    [Fact]
    public void No_citation_of_a_limit_or_a_ground_stands_in_shipped_code()
    {
        var (regulations, sections) = Cited();
        Assert.True(regulations.IsSupersetOf(["4", "5", "8", "10", "13", "42", "44", "45"]) && sections.IsSupersetOf(["36(4)", "39(2)", "40(3)"]), "The citations of the set were not read.");

        // What law a step rests on, the step says itself: that is what a reader of the step looks for.
        var found = Shipped().SelectMany(file => Code(file).Where(line => !line.TrimStart().StartsWith("Law = ", StringComparison.Ordinal)).SelectMany(line => Texts(file, line))
            .Where(text => Regulation().Matches(text).Any(m => regulations.Contains(m.Groups[1].Value)) || Section().Matches(text).Any(m => sections.Contains(m.Groups[1].Value)))
            .Select(text => $"{file}: {text.Trim()}"));

        Assert.Empty(found);
    }

    private static (HashSet<string> Regulations, HashSet<string> Sections) Cited()
    {
        var citations = RuleSet.England2014.Rules.Select(rule => rule.Citation).Concat(RuleSet.England2014.Grounds.SelectMany(ground => ground.Relieves).Select(relief => relief.Citation)).ToList();
        return (
            [.. citations.SelectMany(c => Regulations().Matches(c)).SelectMany(m => WholeNumber().Matches(Paragraph().Replace(m.Value, ""))).Select(m => m.Value)],
            [.. citations.SelectMany(c => Sections().Matches(c)).SelectMany(m => SectionNumber().Matches(m.Value)).Select(m => m.Value)]);
    }

    private static IEnumerable<string> Shipped() =>
        from root in new[] { "orchestrations", "functions" }
        from file in Directory.EnumerateFiles(Path.Combine(SourceGraph.Root, root), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".razor"
        let name = Path.GetRelativePath(SourceGraph.Root, file).Replace('\\', '/')
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
        select name;

    /// <summary>Lines that are no comment.</summary>
    private static IEnumerable<string> Code(string file) => File.ReadLines(Path.Combine(SourceGraph.Root, file)).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    /// <summary>What people may read of a line: its texts in C#, all of it on a page.</summary>
    private static IEnumerable<string> Texts(string file, string line) =>
        file.EndsWith(".razor", StringComparison.Ordinal) || !line.Contains('"', StringComparison.Ordinal) || !Literal().IsMatch(line) ? file.EndsWith(".razor", StringComparison.Ordinal) ? [line] : [] : Literal().Matches(line).Select(m => m.Value);

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\b(?:\d+|two|three|four|five|six|ten|twelve|fifteen|sixteen|twenty)[ -](?:working )?(?:day|week|month)s?\b", RegexOptions.IgnoreCase)]
    private static partial Regex LengthInWords();

    [GeneratedRegex(@"(?<![\w.])\d+(?![\w.])")]
    private static partial Regex Number();

    [GeneratedRegex(@"\bregs? (\d+)")]
    private static partial Regex Regulation();

    [GeneratedRegex(@"\bss?(\d+\(\d+\))")]
    private static partial Regex Section();

    [GeneratedRegex(@"\bregs? \d+[^;]*")]
    private static partial Regex Regulations();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"(?<!\w)\d{1,2}(?![\d/])")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"\bss?\d+(?:\(\d+\))?(?:, \d+(?:\(\d+\))?)*")]
    private static partial Regex Sections();

    [GeneratedRegex(@"\d+(?:\(\d+\))?")]
    private static partial Regex SectionNumber();
}
