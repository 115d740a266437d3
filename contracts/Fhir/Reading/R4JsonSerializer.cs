using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>
/// Writes FHIR R4 resources as JSON. The SDK shares some types with R5, where <c>Attachment.size</c> is an integer64 and written as a
/// string. In R4 <c>Attachment.size</c> is an unsignedInt, which is a JSON number (FHIR R4 json.html#primitive), and a strict reader
/// refuses a string.
/// </summary>
internal sealed class R4JsonSerializer() : BaseFhirJsonSerializer(ModelInfo.ModelInspector)
{
    protected override void SerializePrimitiveValue(PrimitiveType value, Utf8JsonWriter writer)
    {
        if (value is Integer64 { Value: { } number })
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            base.SerializePrimitiveValue(value, writer);
        }
    }
}
