using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>Reads JSON that the hub itself wrote, without checking it a second time.</summary>
public static class OwnFhir
{
    private static readonly FhirJsonDeserializer Json = new(new DeserializerSettings { Validator = null });

    /// <summary>Reads a resource of any type.</summary>
    /// <exception cref="InvalidOperationException"><see cref="FhirWriter"/> cannot have written the text, so the store from which
    /// the text was read is damaged.</exception>
    public static Resource Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonScan.MaxDepth });
        return Json.TryDeserializeResource(ref reader, out var resource, out _) && resource is not null
            ? resource
            : throw new InvalidOperationException("A stored resource cannot be read. The store is damaged.");
    }

    /// <summary>Reads a resource of type <typeparamref name="T"/>.</summary>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : Resource => (T)Read(json);
}
