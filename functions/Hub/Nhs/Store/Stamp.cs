using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>Puts the version and the time into a resource's <c>meta</c> element, as readers expect, and writes the resource for the
/// store.</summary>
public static class Stamp
{
    /// <summary>The resource as FHIR JSON. The resource object is changed as well.</summary>
    public static byte[] Write(Resource resource, long version, DateTimeOffset at)
    {
        resource.Meta ??= new Meta();
        resource.Meta.VersionId = version.ToString(CultureInfo.InvariantCulture);
        resource.Meta.LastUpdated = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        return FhirWriter.Write(resource, FhirFormat.Json);
    }
}
