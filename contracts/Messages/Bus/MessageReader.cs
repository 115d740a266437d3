using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// Reads a message strictly: every required member must be there and have its form. Members it does not know are let through, so that a
/// sender with a later minor version is still understood. It never throws on bytes of any kind, and what it says of a bad message names
/// the place and the reason, never the value (which may be a child's name).
/// </summary>
public static class MessageReader
{
    /// <summary>More problems than this are not listed: the sender has another kind of trouble.</summary>
    private const int MostProblems = 10;

    /// <summary>Reads the data of an event by the event's type.</summary>
    /// <param name="cloudEvent">The event.</param>
    /// <returns>A record of this folder (see <see cref="BusMessages"/>), or what is wrong.</returns>
    public static Reading<object> Read(CloudEvent cloudEvent)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        return BusMessages.Find(cloudEvent.Type) is { } message
            ? Read(message, cloudEvent.Data)
            : Reading<object>.Failed("type: not a message of this bus; see contracts/schemas/asyncapi.json for those there are.");
    }

    /// <summary>Reads a body that is said to be of this type.</summary>
    /// <param name="message">The type.</param>
    /// <param name="body">Bytes of any kind.</param>
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
        Check(document.RootElement, type, "$", problems);
        if (problems.Count > 0)
        {
            return Reading<object>.Failed(string.Join(" ", problems));
        }

        try
        {
            return Reading<object>.Of(document.RootElement.Deserialize(type)!);
        }
        catch (JsonException)
        {
            // Check looks at everything the types ask for; this is the last net, and it must not let the exception's text (it may quote) out.
            return Reading<object>.Failed("$: not of the form that the schema asks for.");
        }
    }

    private static void Check(JsonElement element, JsonTypeInfo type, string path, List<string> problems)
    {
        if (problems.Count >= MostProblems)
        {
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind == JsonValueKind.Object:
                CheckMembers(element, type, path, problems);
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
                        Check(item, items, $"{path}[{index}]", problems);
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

    private static void CheckMembers(JsonElement element, JsonTypeInfo type, string path, List<string> problems)
    {
        foreach (var member in type.Properties)
        {
            if (member.Set is null && member.AssociatedParameter is null)
            {
                continue;
            }

            var where = $"{path}.{member.Name}";
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
                Check(value, type.Options.GetTypeInfo(member.PropertyType), where, problems);
                if (problems.Count == before && WireForms.RuleOf(member)?.Problem(value) is { } broken)
                {
                    problems.Add($"{where}: {broken}");
                }
            }
        }
    }

    private static bool IsNullable(JsonPropertyInfo member) =>
        member.PropertyType.IsValueType ? Nullable.GetUnderlyingType(member.PropertyType) is not null : member.IsSetNullable;
}
