using System.Text.Json.Serialization.Metadata;

namespace IntegrationHub.Functions.Council;

/// <summary>Finds what the serializer expects at a JSON path.</summary>
internal static class JsonPlace
{
    /// <summary>
    /// The serializer's metadata at <paramref name="path"/> (<c>$.child.dateOfBirth</c>, <c>$.advisers[0].kind</c>); null if the path does
    /// not exist.
    /// </summary>
    internal static JsonTypeInfo? Find(JsonTypeInfo root, string path)
    {
        var at = root;
        foreach (var step in path.TrimStart('$').Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            var next = at.Kind switch
            {
                JsonTypeInfoKind.Object => at.Properties.FirstOrDefault(p => p.Name == step)?.PropertyType,
                JsonTypeInfoKind.Enumerable => at.ElementType,
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            at = root.Options.GetTypeInfo(next);
        }

        return at;
    }
}
