using Hl7.Fhir.Model;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>References inside a resource: found, and pointed to where the hub keeps what they mean.</summary>
public static class References
{
    /// <summary>Every place in <paramref name="resource"/> that refers to something: references and the addresses of attachments.</summary>
    public static IEnumerable<(string Text, Action<string> Set)> In(Base resource)
    {
        switch (resource)
        {
            case ResourceReference { Reference: { Length: > 0 } text } reference:
                yield return (text, to => reference.Reference = to);
                break;
            case Attachment { Url: { Length: > 0 } url } attachment:
                yield return (url, to => attachment.Url = to);
                break;
        }

        foreach (var (_, child) in resource.EnumerateElements())
        {
            var children = child switch
            {
                PrimitiveType => [],
                Base single => [single],
                IEnumerable<Base> list => list,
                _ => [],
            };
            foreach (var found in children.SelectMany(In))
            {
                yield return found;
            }
        }
    }

    /// <summary>Points every reference to where <paramref name="known"/> says, and makes addresses of this endpoint relative.</summary>
    /// <returns>Those that name an entry (urn:uuid) which is not there.</returns>
    public static IReadOnlyList<string> Resolve(Resource resource, IReadOnlyDictionary<string, string> known, string endpoint)
    {
        var lost = new List<string>();
        foreach (var (text, set) in In(resource).ToList())
        {
            if (known.TryGetValue(text, out var target))
            {
                set(target);
            }
            else if (endpoint.Length > 0 && text.StartsWith(endpoint, StringComparison.OrdinalIgnoreCase) && text.Length > endpoint.Length && text[endpoint.Length] == '/')
            {
                set(text[(endpoint.Length + 1)..]);
            }
            else if (text.StartsWith("urn:uuid:", StringComparison.Ordinal) && resource is not Bundle)
            {
                // A document Bundle refers to its own entries.
                lost.Add(text);
            }
        }

        return lost;
    }

    /// <summary><c>Type/id</c> of a reference that may name a version; null when it is of another kind.</summary>
    public static string? Local(string? reference)
    {
        if (reference is null || reference.StartsWith('#') || reference.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = reference.Split('/');
        return parts.Length is 2 || (parts.Length == 4 && parts[2] == "_history") ? $"{parts[0]}/{parts[1]}" : null;
    }
}
