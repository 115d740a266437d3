using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>The parts of a resource that the hub's code for reading it did not use.</summary>
/// <param name="HasWords">Whether any text that somebody wrote was not used; in that case the resource is stored as received and an officer
/// is notified.</param>
/// <param name="Labels">The sender's labels as text: identifiers, names given with references, and times.</param>
internal sealed record Leftover(bool HasWords, IReadOnlyList<string> Labels)
{
    /// <summary>The labels as a note; empty if there are no labels.</summary>
    internal IEnumerable<AdviceNote> Notes => Labels.Count == 0 ? [] : [new AdviceNote("Sender's references", string.Join('\n', Labels.Distinct()))];
}

/// <summary>
/// Records which elements of a resource the hub's code for reading it has used, and finds the elements not used. If that code overlooks an
/// element, nothing is lost, because the element is found to be unused and the complete resource is stored.
/// </summary>
internal sealed class UsedElements
{
    // Elements that form the structure of a resource and never contain what an author wrote.
    private static readonly HashSet<string> Structure = new(StringComparer.Ordinal)
    {
        "id", "versionId", "lastUpdated", "profile", "fullUrl", "linkId", "questionnaire", "language", "implicitRules", "system", "version", "userSelected",
        "use", "mode", "status", "docStatus", "reference", "contentType", "size", "hash", "rank",
    };

    private static readonly HashSet<string> Labelled = new(StringComparer.Ordinal)
    {
        "identifier", "meta", "masterIdentifier", "subject", "patient", "encounter", "basedOn", "source", "author", "custodian", "timestamp", "date", "authored",
        "format", "securityLabel", "relatesTo",
    };

    private readonly HashSet<Base> placed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Records this element and everything inside it, except extensions, as used.</summary>
    internal void Add(Base? element)
    {
        if (element is not null)
        {
            placed.Add(element);
        }
    }

    /// <summary>Records the text and displays of a concept as used, but not codes that have a display.</summary>
    internal void AddWords(CodeableConcept? concept)
    {
        Add(concept?.TextElement);
        foreach (var coding in concept?.Coding ?? [])
        {
            Add(string.IsNullOrWhiteSpace(coding.Display) ? coding.CodeElement : coding.DisplayElement);
        }
    }

    /// <summary>The parts of an element that the hub's code for reading the resource has not used.</summary>
    internal Leftover In(Base element)
    {
        var walk = new Walking(placed);
        walk.Into(element, isLabel: false, isPlaced: false);
        return new Leftover(walk.HasWords, walk.Labels);
    }

    private sealed class Walking(HashSet<Base> placed)
    {
        internal List<string> Labels { get; } = [];

        internal bool HasWords { get; private set; }

        internal void Into(Base element, bool isLabel, bool isPlaced)
        {
            foreach (var (name, child) in element.EnumerateElements())
            {
                // Code that used an element has read the element's standard members, but not any extensions that the sender added.
                var isForeign = name is "extension" or "modifierExtension";
                var label = !isForeign && (isLabel || Labelled.Contains(name));
                var settled = isPlaced && !isForeign;
                foreach (var below in child switch { Base single => [single], IEnumerable<Base> list => list, _ => Enumerable.Empty<Base>() })
                {
                    Meet(name, below, label, settled || placed.Contains(below));
                }
            }
        }

        private void Meet(string name, Base element, bool isLabel, bool isPlaced)
        {
            if (element is not PrimitiveType primitive)
            {
                Into(element, isLabel, isPlaced);
                return;
            }

            foreach (var extension in primitive.Extension)
            {
                Into(extension, isLabel: false, isPlaced: placed.Contains(extension));
            }

            if (isPlaced || primitive.JsonValue is null || IsStructure(name, primitive))
            {
                return;
            }

            if (isLabel || element is Code)
            {
                Labels.Add(primitive.ToString()!);
            }
            else
            {
                HasWords = true;
            }
        }

        private static bool IsStructure(string name, PrimitiveType value) =>
            Structure.Contains(name) || (name == "type" && value is not FhirString) || (name == "url" && value is FhirUri);
    }
}
