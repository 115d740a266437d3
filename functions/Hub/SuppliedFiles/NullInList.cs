using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Functions.SuppliedFiles;

/// <summary>
/// Finds a <c>null</c> in a list of the given JSON. The serializer refuses <c>null</c> for a member that needs a value, but not for an
/// element of a list: the serializer cannot distinguish a nullable element type from one that is not nullable. In the files that are
/// checked by this class, no element of a list is allowed to be null.
/// </summary>
internal static class NullInList
{
    /// <summary>The path of the first null, such as <c>$.advisers[2]</c>, or null if there is none.</summary>
    /// <param name="json">Well-formed JSON.</param>
    internal static string? PathOfFirst(ReadOnlySpan<byte> json) => First(json)?.Path;

    /// <summary>The path of the first null and its line, counted from 0; null if there is none.</summary>
    /// <param name="json">Well-formed JSON.</param>
    internal static (string Path, long Line)? First(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var places = new Stack<Place>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    places.Peek().Name = reader.GetString()!;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    places.Pop();
                    break;
                default:
                    var inList = places.TryPeek(out var around) && around.IsList;
                    if (inList)
                    {
                        around!.Index++;
                    }

                    if (inList && reader.TokenType == JsonTokenType.Null)
                    {
                        return ("$" + string.Concat(places.Reverse()), json[..(int)reader.TokenStartIndex].Count((byte)'\n'));
                    }

                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        places.Push(new Place(reader.TokenType == JsonTokenType.StartArray));
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>The JSON reader's position within one object or list.</summary>
    private sealed class Place(bool isList)
    {
        internal bool IsList { get; } = isList;

        internal int Index { get; set; } = -1;

        internal string Name { get; set; } = "";

        public override string ToString() => IsList ? string.Create(CultureInfo.InvariantCulture, $"[{Index}]") : "." + Name;
    }
}
