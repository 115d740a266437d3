using System.Net.Http.Headers;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>The two formats in which the hub sends and receives FHIR.</summary>
public enum FhirFormat
{
    /// <summary><c>application/fhir+json</c>.</summary>
    Json,

    /// <summary><c>application/fhir+xml</c>.</summary>
    Xml,
}

/// <summary>The media types of FHIR. Source: FHIR R4 http.html#mime-type.</summary>
public static class FhirFormats
{
    public const string Json = "application/fhir+json";
    public const string Xml = "application/fhir+xml";
    public const string JsonPatch = "application/json-patch+json";

    /// <summary>The media type written for a format, with its character set.</summary>
    public static string MediaType(this FhirFormat format) => format switch
    {
        FhirFormat.Xml => $"{Xml}; charset=utf-8",
        _ => $"{Json}; charset=utf-8",
    };

    /// <summary>
    /// Reads a media type or the short value of <c>_format</c>. Parameters of the media type, such as fhirVersion or BaRS's version, are
    /// accepted. A character set other than UTF-8 is refused, because FHIR allows no other.
    /// </summary>
    /// <returns>The format, or null if it is neither JSON nor XML.</returns>
    public static FhirFormat? Parse(string? mediaType)
    {
        // In "_format=application/fhir+json" a server reads the plus sign as a space.
        var text = (mediaType ?? "").Trim().Replace("fhir json", "fhir+json", StringComparison.OrdinalIgnoreCase)
            .Replace("fhir xml", "fhir+xml", StringComparison.OrdinalIgnoreCase);
        if (text.Equals("json", StringComparison.OrdinalIgnoreCase))
        {
            return FhirFormat.Json;
        }

        if (text.Equals("xml", StringComparison.OrdinalIgnoreCase))
        {
            return FhirFormat.Xml;
        }

        if (!MediaTypeHeaderValue.TryParse(text, out var parsed)
            || (parsed.CharSet is { Length: > 0 } charset && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return parsed.MediaType?.ToLowerInvariant() switch
        {
            Json or "application/json" or "text/json" or "application/json+fhir" => FhirFormat.Json,
            Xml or "application/xml" or "text/xml" or "application/xml+fhir" => FhirFormat.Xml,
            _ => null,
        };
    }
}
