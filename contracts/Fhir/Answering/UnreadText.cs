using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>Finds the text in a resource of a type that the hub does not otherwise read.</summary>
public static class UnreadText
{
    /// <summary>All texts in the resource that somebody wrote, each with the path of its element.</summary>
    public static IEnumerable<(string Path, string Text)> Of(Resource resource) => Below(resource, resource.TypeName);

    private static IEnumerable<(string Path, string Text)> Below(Base element, string path)
    {
        foreach (var (name, child) in element.EnumerateElements())
        {
            if (name is "identifier" or "meta" or "id")
            {
                continue;
            }

            foreach (var below in child switch { Base single => [single], IEnumerable<Base> list => list, _ => Enumerable.Empty<Base>() })
            {
                if (Text(name, below) is { Length: > 0 } text)
                {
                    yield return ($"{path}.{name}", text);
                }

                foreach (var deeper in below is XHtml ? [] : Below(below, $"{path}.{name}"))
                {
                    yield return deeper;
                }
            }
        }
    }

    // References, addresses of systems and versions are only links to other data; they are not text.
    private static string? Text(string name, Base element) => element switch
    {
        XHtml narrative => string.Join(' ', NarrativeReading.Read(narrative.Value).Lines),
        FhirString text when name is not ("reference" or "version") => NarrativeReading.Words(text.Value ?? ""),
        Markdown text => NarrativeReading.Words(text.Value ?? ""),

        // The fact that a child has died is not text, but must be reported too.
        PrimitiveType died when name == "deceased" && died is not FhirBoolean { Value: not true } => died.ToString(),
        _ => null,
    };
}
