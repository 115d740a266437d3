using System.Globalization;

namespace IntegrationHub.Contracts.Bus;

/// <summary>The three parts of an AMQP message that a CloudEvent occupies.</summary>
/// <param name="ContentType">AMQP property content-type.</param>
/// <param name="ApplicationProperties">AMQP application properties.</param>
/// <param name="Body">AMQP data section.</param>
public sealed record AmqpParts(string? ContentType, IReadOnlyDictionary<string, object?> ApplicationProperties, ReadOnlyMemory<byte> Body);

/// <summary>
/// CloudEvents over AMQP 1.0, without an AMQP library: the binding uses only names and values, so that every client and broker maps events
/// in the same way. Source: cloudevents/spec bindings/amqp-protocol-binding.md.
/// </summary>
public static class CloudEventBinding
{
    /// <summary>Prefix of attributes in binary mode. The underscore is the preferred form, as JMS selectors cannot hold a colon (section 3.1.3.1).</summary>
    public const string Prefix = "cloudEvents_";

    /// <summary>The alternative attribute prefix.</summary>
    public const string ColonPrefix = "cloudEvents:";

    /// <summary>Content type of structured mode.</summary>
    public const string StructuredContentType = "application/cloudevents+json";

    /// <summary>Binary mode: attributes as application properties, data as the body.</summary>
    public static AmqpParts Write(CloudEvent cloudEvent)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [Prefix + "specversion"] = CloudEvent.SpecVersion,
            [Prefix + "id"] = cloudEvent.Id,
            [Prefix + "source"] = cloudEvent.Source,
            [Prefix + "type"] = cloudEvent.Type,
        };
        Put("subject", cloudEvent.Subject);
        Put("dataschema", cloudEvent.DataSchema);
        Put("time", cloudEvent.Time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        foreach (var (name, value) in cloudEvent.Extensions)
        {
            Put(name, value);
        }

        return new AmqpParts(cloudEvent.DataContentType, properties, cloudEvent.Data);

        void Put(string name, string? value)
        {
            if (value is not null)
            {
                properties[Prefix + name] = value;
            }
        }
    }

    /// <summary>Reads binary and structured mode, with either prefix, and never throws.</summary>
    /// <param name="parts">The parts of the AMQP message.</param>
    public static Reading<CloudEvent> Read(AmqpParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.ContentType is { } type && ContentTypes.NameOf(type) == StructuredContentType
            ? CloudEventJson.Read(parts.Body)
            : ReadBinary(parts);
    }

    private static Reading<CloudEvent> ReadBinary(AmqpParts parts)
    {
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in parts.ApplicationProperties)
        {
            // Both prefixes are accepted, as section 3.1.3.1 requires of receivers.
            if ((name.StartsWith(Prefix, StringComparison.Ordinal) || name.StartsWith(ColonPrefix, StringComparison.Ordinal))
                && !attributes.TryAdd(name[Prefix.Length..], value)
                && !Equals(attributes[name[Prefix.Length..]], value))
            {
                return Reading<CloudEvent>.Failed("an attribute is given twice, with cloudEvents_ and with cloudEvents:, and the two values differ.");
            }
        }

        return attributes.Count == 0
            ? Reading<CloudEvent>.Failed("no CloudEvents attribute was found: send application properties that begin with cloudEvents_ or a body of application/cloudevents+json.")
            : CloudEventAttributes.Build(attributes, parts.ContentType, parts.Body);
    }
}
