using Hl7.Fhir.Model;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>Finds the references inside a resource and changes them to the hub's own addresses.</summary>
public static class References
{
    /// <summary>All references in a resource, including the addresses of attachments.</summary>
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

    /// <summary>
    /// Replaces every reference that is listed in <paramref name="known"/> with the address given there, and makes addresses of this
    /// endpoint relative.
    /// </summary>
    /// <returns>The references to entries (urn:uuid) that do not exist.</returns>
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
                // A document Bundle contains references to its own entries.
                lost.Add(text);
            }
        }

        return lost;
    }

    /// <summary><c>Type/id</c> of a reference with or without a version, or null for any other kind of reference.</summary>
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
