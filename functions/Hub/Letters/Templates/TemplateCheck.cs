using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Letters.Templates;

/// <summary>
/// Checks whether a template contains everything that the law requires. The template is rendered with marked facts for the parent and for
/// the young person, detained or not, for every kind of request, with all facts and with only the compulsory facts.
/// </summary>
internal static class TemplateCheck
{
    internal static IReadOnlyList<string> Of(LetterTemplate template)
    {
        var known = LetterVocabulary.Facts.Order(StringComparer.Ordinal).ToList();
        var required = Required(template.Rule);
        var faults = new List<string>();
        foreach (var facts in (IReadOnlyList<string>[])[known, required])
        {
            foreach (var truths in Truths())
            {
                faults.AddRange(template.Render(facts, truths).Faults(template.Rule, facts));
            }
        }

        return [.. faults.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The facts without which the letter must not be sent.</summary>
    internal static IReadOnlyList<string> Required(LetterRule rule) =>
        [.. rule.Points.SelectMany(p => LetterLaw.England2014.Point(p.Point).Facts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    internal static IEnumerable<IReadOnlySet<string>> Truths()
    {
        foreach (var route in LetterVocabulary.Routes)
        {
            yield return new HashSet<string>(StringComparer.Ordinal) { route };
            yield return new HashSet<string>(StringComparer.Ordinal) { route, LetterVocabulary.YoungPerson };
            yield return new HashSet<string>(StringComparer.Ordinal) { route, LetterVocabulary.Detained };
            yield return new HashSet<string>(StringComparer.Ordinal) { route, LetterVocabulary.YoungPerson, LetterVocabulary.Detained };
        }
    }
}
