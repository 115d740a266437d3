using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>Reads JSON that the hub wrote itself, without judging it a second time.</summary>
public static class OwnFhir
{
    private static readonly FhirJsonDeserializer Json = new(new DeserializerSettings { Validator = null });

    /// <summary>The resource behind <paramref name="json"/>.</summary>
    /// <exception cref="InvalidOperationException">The text was not written by <see cref="FhirWriter"/>: the store is damaged.</exception>
    public static Resource Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonScan.MaxDepth });
        return Json.TryDeserializeResource(ref reader, out var resource, out _) && resource is not null
            ? resource
            : throw new InvalidOperationException("A stored resource cannot be read back.");
    }

    /// <summary>The resource behind <paramref name="json"/>, which is of type <typeparamref name="T"/>.</summary>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : Resource => (T)Read(json);
}
