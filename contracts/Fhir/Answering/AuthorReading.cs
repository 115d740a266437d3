using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// Finds who wrote a document, from the name that a reference displays or from a Practitioner, PractitionerRole or Organization in the
/// document's Bundle.
/// </summary>
internal static class AuthorReading
{
    private const string Unnamed = "Health professional";

    /// <summary>All authors whose names are known, in the order in which they appear.</summary>
    internal static IReadOnlyList<(string Name, string Role)> Of(Bundle document, Composition composition, UsedElements placing)
    {
        var authors = new List<(string, string)>();
        foreach (var author in composition.Author)
        {
            if (Named(Find(document, author), author, document, placing) is { } named)
            {
                authors.Add(named);
                if (author.Display is { } display && display.Contains(named.Name, StringComparison.OrdinalIgnoreCase))
                {
                    placing.Add(author.DisplayElement);
                }
            }
        }

        return authors;
    }

    private static (string Name, string Role)? Named(Resource? resource, ResourceReference author, Bundle document, UsedElements placing)
    {
        switch (resource)
        {
            case Practitioner practitioner when Name(practitioner, placing) is { } name:
                return (name, Qualification(practitioner, placing));
            case PractitionerRole role:
                var person = Find(document, role.Practitioner) as Practitioner;
                var shown = person is null ? role.Practitioner?.Display ?? author.Display : Name(person, placing);
                placing.Add(role.Practitioner?.DisplayElement is { } display && display.Value == shown ? display : null);
                return shown is null ? null : (shown, First(role.Code, placing) ?? (person is null ? Unnamed : Qualification(person, placing)));
            case Organization { Name: { } organization } body:
                placing.Add(body.NameElement);
                return (organization, "Health service");
            default:
                return author.Display is { Length: > 0 } named ? (named, Unnamed) : null;
        }
    }

    private static string Qualification(Practitioner practitioner, UsedElements placing) =>
        First([.. practitioner.Qualification.Select(qualification => qualification.Code).OfType<CodeableConcept>()], placing) ?? Unnamed;

    private static string? First(List<CodeableConcept> concepts, UsedElements placing)
    {
        var first = concepts.Find(concept => ConceptWords.Of(concept).Count > 0);
        placing.AddWords(first);
        return first is null ? null : string.Join(", ", ConceptWords.Of(first));
    }

    private static string? Name(Practitioner practitioner, UsedElements placing)
    {
        var name = practitioner.Name.FirstOrDefault();
        var spelt = name?.Text ?? NarrativeReading.Words(string.Join(' ', [.. name?.Prefix ?? [], .. name?.Given ?? [], name?.Family ?? "", .. name?.Suffix ?? []]));
        placing.Add(name?.Text is null ? name : name.TextElement);
        return spelt.Length > 0 ? spelt : null;
    }

    private static Resource? Find(Bundle document, ResourceReference? reference) => reference?.Reference is { Length: > 0 } text
        ? document.Entry.Find(entry => entry.FullUrl == text || entry.FullUrl?.EndsWith("/" + text, StringComparison.Ordinal) == true)?.Resource
        : null;
}
