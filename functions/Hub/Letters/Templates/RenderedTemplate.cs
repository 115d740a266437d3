using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Letters.Templates;

/// <summary>The output of a template, with marks in place of facts and around the points that the law requires.</summary>
/// <param name="Text">The text with its marks.</param>
/// <param name="Points">The number that marks each rendered point in the text, by the name of the point.</param>
/// <param name="Undefined">Names in the template that do not exist in any letter.</param>
/// <param name="Broken">The reason why the template could not be rendered, or null if it was rendered.</param>
internal sealed record RenderedTemplate(string Text, IReadOnlyDictionary<string, int> Points, IReadOnlySet<string> Undefined, string? Broken)
{
    private const int FewestOwnWords = 3;

    /// <summary>What a rule requires and the template lacks.</summary>
    internal IReadOnlyList<string> Faults(LetterRule rule, IReadOnlyList<string> facts)
    {
        if (Broken is not null)
        {
            return [$"The template cannot be rendered: {Broken}"];
        }

        var faults = Undefined.Order(StringComparer.Ordinal).Select(name => $"The template uses the name \"{name}\", which does not exist in any letter.").ToList();
        if (MarkedText.IsCut(Text))
        {
            faults.Add("The template must not shorten a fact.");
        }

        var titles = Text.Split('\n').Count(line => line.StartsWith("# ", StringComparison.Ordinal));
        if (titles != 1 || !Text.TrimStart().StartsWith("# ", StringComparison.Ordinal))
        {
            faults.Add("The template must begin with exactly one line \"# \" for the letter's title.");
        }

        foreach (var required in rule.Points)
        {
            var point = LetterLaw.England2014.Point(required.Point);
            var said = TextOf(required.Point);
            if (said is null || MarkedText.OwnWords(said) < FewestOwnWords)
            {
                faults.Add($"The template does not contain the point \"{point.Title}\" ({point.Key}; {required.Citation}).");
                continue;
            }

            var present = MarkedText.FactsIn(said);
            faults.AddRange(point.Facts.Where(fact => !present.Contains(Index(facts, fact))).Select(fact => $"The point \"{point.Key}\" leaves out the fact {fact} ({required.Citation})."));
        }

        return faults;
    }

    /// <summary>The text rendered for a required point, or null if the point was not rendered.</summary>
    private string? TextOf(string key)
    {
        if (!Points.TryGetValue(key, out var number))
        {
            return null;
        }

        var start = MarkedText.Point(number);
        var said = new List<string>();
        for (var at = Text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = Text.IndexOf(start, at + 1, StringComparison.Ordinal))
        {
            var end = Text.IndexOf(MarkedText.PointEnd, at);
            said.Add(end < 0 ? Text[(at + start.Length)..] : Text[(at + start.Length)..end]);
        }

        return said.Count == 0 ? null : string.Join(' ', said);
    }

    private static int Index(IReadOnlyList<string> facts, string fact)
    {
        for (var at = 0; at < facts.Count; at++)
        {
            if (facts[at] == fact)
            {
                return at;
            }
        }

        return -1;
    }
}
