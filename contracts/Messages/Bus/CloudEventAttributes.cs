using System.Globalization;

namespace IntegrationHub.Contracts.Bus;

/// <summary>Builds an event from its attributes under the rules of the specification, in binary and structured mode alike.</summary>
internal static class CloudEventAttributes
{
    private static readonly HashSet<string> Texts = ["specversion", "id", "source", "type", "subject", "datacontenttype", "dataschema"];

    private static readonly HashSet<string> Known = ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema"];

    internal static Reading<CloudEvent> Build(IReadOnlyDictionary<string, object?> attributes, string? contentType, ReadOnlyMemory<byte> data)
    {
        if (Text("specversion") is not CloudEvent.SpecVersion)
        {
            return Reading<CloudEvent>.Failed("specversion: must be 1.0.");
        }

        // The sender chose an extension's name, so messages repeat only names from the specification.
        foreach (var (name, value) in attributes)
        {
            if (value is not null && (Texts.Contains(name) ? value is byte[] || AsText(value) is null : name != "time" && AsText(value) is null))
            {
                return Reading<CloudEvent>.Failed($"{(Known.Contains(name) ? name : "an extension attribute")}: has a type that is not allowed for an attribute; send text.");
            }
        }

        foreach (var required in (ReadOnlySpan<string>)["id", "source", "type"])
        {
            if (string.IsNullOrEmpty(Text(required)))
            {
                return Reading<CloudEvent>.Failed($"{required}: missing.");
            }
        }

        if (!Uri.TryCreate(Text("source"), UriKind.RelativeOrAbsolute, out _))
        {
            return Reading<CloudEvent>.Failed("source: must be a URI reference.");
        }

        DateTimeOffset? time = null;
        if (attributes.GetValueOrDefault("time") is { } given)
        {
            if (!TryReadTime(given, out var instant))
            {
                return Reading<CloudEvent>.Failed("time: must be an RFC 3339 timestamp.");
            }

            time = instant;
        }

        var extensions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in attributes)
        {
            if (Known.Contains(name) || value is null)
            {
                continue;
            }

            // Spec section 3.1: names are lower-case ASCII letters and digits. The sender chose the name, so the message does not repeat
            // it.
            if (name.Length is 0 or > 64 || name.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789") >= 0)
            {
                return Reading<CloudEvent>.Failed("the name of an extension attribute must be 1 to 64 lower-case letters and digits.");
            }

            extensions[name] = AsText(value)!;
        }

        return Reading<CloudEvent>.Of(new CloudEvent
        {
            Id = Text("id")!,
            Source = Text("source")!,
            Type = Text("type")!,
            Subject = Text("subject"),
            Time = time,
            DataContentType = contentType is not null && Text("datacontenttype") is { } said && ContentTypes.NameOf(said) != ContentTypes.NameOf(contentType)
                ? $"{contentType}, {said}"
                : contentType ?? Text("datacontenttype") ?? "application/json",
            DataSchema = Text("dataschema"),
            Extensions = extensions,
            Data = data,
        });

        string? Text(string name) => attributes.GetValueOrDefault(name) is { } value ? AsText(value) : null;
    }

    // The binding allows a timestamp to be sent as an AMQP timestamp or as text; receivers accept both (section 2.2).
    private static bool TryReadTime(object given, out DateTimeOffset instant)
    {
        switch (given)
        {
            case DateTimeOffset offset:
                instant = offset.ToUniversalTime();
                return true;
            case DateTime native:
                instant = new DateTimeOffset(native.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(native, DateTimeKind.Utc) : native.ToUniversalTime());
                return true;
            case string text when text.Length is >= 20 and <= 40 && char.ToUpperInvariant(text[10]) == 'T':
                // Without an offset a time is ambiguous: AssumeUniversal would guess, so an offset is required.
                var zoned = text[^1] is 'Z' or 'z' || text.AsSpan(19).ContainsAny('+', '-');
                var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
                return zoned && read;
            default:
                instant = default;
                return false;
        }
    }

    /// <summary>The value as text, or null if its type is not allowed for an attribute: a list, a map, or a described type that
    /// is not known.</summary>
    private static string? AsText(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        byte[] bytes => Convert.ToBase64String(bytes),
        Uri uri => uri.OriginalString,
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
