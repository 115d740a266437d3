using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>A clinic's letter as a FHIR document.</summary>
internal static class AdviceLetter
{
    internal static Bundle Bundle() => new()
    {
        Type = Hl7.Fhir.Model.Bundle.BundleType.Document,
        Identifier = new Identifier("urn:ietf:rfc:3986", "urn:uuid:3c8f4a8e-1c7f-4a3d-9b57-111111111111"),
        Timestamp = new DateTimeOffset(2026, 4, 1, 10, 0, 0, TimeSpan.Zero),
        Entry =
        [
            new()
            {
                FullUrl = "urn:uuid:3c8f4a8e-1c7f-4a3d-9b57-222222222222",
                Resource = new Composition
                {
                    Status = CompositionStatus.Final,
                    Type = new CodeableConcept { Text = "EHC health advice" },
                    Subject = new ResourceReference(Answering.PatientPath),
                    Date = "2026-04-01",
                    Title = "Advice",
                    Author = [new ResourceReference { Display = "Dr Amara Bello" }],
                    Section =
                    [
                        new()
                        {
                            Code = new CodeableConcept(FhirUris.AdviceSectionCodes, "needs-health"),
                            Text = new Narrative { Status = Narrative.NarrativeStatus.Generated, Div = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Epilepsy.</p></div>" },
                        },
                    ],
                },
            },
        ],
    };
}
