using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// Reads a message strictly: every required member must be present and valid. In a message to the hub an unknown member is rejected by its
/// path, because its content would otherwise be lost. In a message from the hub an unknown member is ignored, so that an agency can read a
/// later minor version. The reader never throws, and its report on a bad message gives the path and the reason but never the value (which
/// may be a child's name).
/// </summary>
public static class MessageReader
{
    /// <summary>At most this many problems are listed: if there are more, something else is wrong.</summary>
    private const int MaxProblems = 10;

    private const int LongestName = 40;

    /// <summary>Reads the data of an event according to the event's type.</summary>
    /// <param name="cloudEvent">The event.</param>
    /// <returns>A message record (see <see cref="BusMessages"/>), or a sentence stating what is wrong.</returns>
    public static Reading<object> Read(CloudEvent cloudEvent)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        return BusMessages.Find(cloudEvent.Type) is { } message
            ? ContentTypes.IsJson(cloudEvent.DataContentType) ? Read(message, cloudEvent.Data) : Reading<object>.Failed(ContentTypes.Problem)
            : Reading<object>.Failed("type: is not a message type of this bus; contracts/schemas/asyncapi.json lists the types.");
    }

    /// <summary>Reads bytes as this message type.</summary>
    /// <param name="message">The message type.</param>
    /// <param name="body">The bytes to read, which need not be valid.</param>
    public static Reading<object> Read(BusMessage message, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var document = CloudEventJson.Parse(body, out var problem);
        if (document is null)
        {
            return Reading<object>.Failed(problem);
        }

        var type = BusJson.TypeOf(message);
        var problems = new List<string>();
        Check(document.RootElement, type, "$", problems, message.IsToHub);
        if (problems.Count > 0)
        {
            return Reading<object>.Failed(string.Join(" ", problems.Take(MaxProblems)));
        }

        try
        {
            return Reading<object>.Of(document.RootElement.Deserialize(type)!);
        }
        catch (JsonException)
        {
            // Not expected, as Check() covers all that the types require. The exception's text may quote the message, so it is not
            // passed on.
            return Reading<object>.Failed("$: is not in the form that the schema requires.");
        }
    }

    private static void Check(JsonElement element, JsonTypeInfo type, string path, List<string> problems, bool strict)
    {
        if (problems.Count >= MaxProblems)
        {
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind == JsonValueKind.Object:
                CheckMembers(element, type, path, problems, strict);
                break;
            case JsonTypeInfoKind.Object:
                problems.Add($"{path}: must be an object.");
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array:
                var items = type.Options.GetTypeInfo(type.ElementType!);
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.Null)
                    {
                        problems.Add($"{path}[{index}]: must not be null.");
                    }
                    else
                    {
                        Check(item, items, $"{path}[{index}]", problems, strict);
                    }

                    index++;
                }

                break;
            case JsonTypeInfoKind.Enumerable:
                problems.Add($"{path}: must be an array.");
                break;
            default:
                if (WireForms.Problem(element, type) is { } problem)
                {
                    problems.Add($"{path}: {problem}");
                }

                break;
        }
    }

    private static void CheckMembers(JsonElement element, JsonTypeInfo type, string path, List<string> problems, bool strict)
    {
        var atFirst = problems.Count;
        if (strict)
        {
            // Members that the hub calculates and writes itself (AdviceContent.IsDocumentOnly) are known members, and hold nothing from the
            // sender.
            problems.AddRange(element.EnumerateObject()
                .Select(NameOf)
                .Where(name => !type.Properties.Any(member => member.Name == name))
                .Select(name => $"{path}.{Quote(name)}: is not a member of this message, and its content would be lost."));
        }

        foreach (var member in type.Properties)
        {
            var where = $"{path}.{member.Name}";
            if (!IsRead(member))
            {
                if (strict && element.TryGetProperty(member.Name, out var derived))
                {
                    Check(derived, type.Options.GetTypeInfo(member.PropertyType), where, problems, strict);
                }

                continue;
            }

            if (!element.TryGetProperty(member.Name, out var value))
            {
                if (member.IsRequired)
                {
                    problems.Add($"{where}: missing.");
                }
            }
            else if (value.ValueKind == JsonValueKind.Null)
            {
                if (!IsNullable(member))
                {
                    problems.Add($"{where}: must not be null.");
                }
            }
            else
            {
                var before = problems.Count;
                Check(value, type.Options.GetTypeInfo(member.PropertyType), where, problems, strict);
                if (problems.Count == before)
                {
                    problems.AddRange(WireRule.Of(member, strict).Select(rule => rule.Problem(value)).OfType<string>().Take(1).Select(broken => $"{where}: {broken}"));
                }
            }
        }

        if (strict && type.Type == typeof(AdviceContent) && problems.Count == atFirst && AdviceSchema.Problem(element) is { } empty)
        {
            problems.Add(path + empty);
        }
    }

    private static bool IsRead(JsonPropertyInfo member) => member.Set is not null || member.AssociatedParameter is not null;

    private static string NameOf(JsonProperty given)
    {
        try
        {
            return given.Name;
        }
        catch (InvalidOperationException)
        {
            // The name is not valid text.
            return "";
        }
    }

    // Anything that does not look like a member's name may be personal data in the wrong place.
    private static string Quote(string name) =>
        name.Length is > 0 and <= LongestName && name.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(name[0]) ? name : "(a name)";

    private static bool IsNullable(JsonPropertyInfo member) =>
        member.PropertyType.IsValueType ? Nullable.GetUnderlyingType(member.PropertyType) is not null : member.IsSetNullable;
}
