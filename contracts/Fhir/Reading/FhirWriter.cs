using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>Writes FHIR in the requested format. The class can be used from several threads at once.</summary>
public static class FhirWriter
{
    private static readonly R4JsonSerializer Json = new();
    private static readonly FhirXmlSerializer Xml = new();

    /// <summary>The bytes of the resource in UTF-8, without a byte order mark.</summary>
    public static byte[] Write(Resource resource, FhirFormat format) =>
        format == FhirFormat.Json ? Json.SerializeToBytes(resource) : Xml.SerializeToBytes(resource);
}
