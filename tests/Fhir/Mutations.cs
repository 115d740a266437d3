using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Fhir.Tests;

/// <summary>Damaged Bundles of every kind, from a fixed seed: reading answers, and never throws.</summary>
public sealed class Mutations
{
    private static readonly byte[][] Sound =
    [
        FhirWriter.Write(RequestBundle.Transaction(Given.Ask(), Given.Now), FhirFormat.Json),
        FhirWriter.Write(QuestionnaireResponseWriter.Write(Given.Advice()), FhirFormat.Json),
        FhirWriter.Write(AdviceReading.Letter(), FhirFormat.Json),
    ];

    // The number of a case is its seed, so a failure names the case that failed and runs again as it was.
    [Fact]
    public void Json_is_answered_whatever_it_is()
    {
        for (var number = 0; number < 10_000; number++)
        {
            Answered(number, FhirReader.Read(Damage.Of(number, Sound[number % Sound.Length], Damage.All), FhirFormat.Json));
        }
    }

    [Fact]
    public void Xml_is_answered_whatever_it_is()
    {
        var sound = FhirWriter.Write(RequestBundle.Transaction(Given.Ask(), Given.Now), FhirFormat.Xml);
        for (var number = 0; number < 3_000; number++)
        {
            Answered(number, FhirReader.Read(Damage.Of(number, sound, Damage.BytesOnly), FhirFormat.Xml));
        }
    }

    private static void Answered(int number, Contracts.Fhir.FhirReading<Resource> read)
    {
        if (read.Value is { } resource)
        {
            // What was let in can be written in both forms and passes on to the mapping without a throw.
            FhirWriter.Write(resource, FhirFormat.Json);
            FhirWriter.Write(resource, FhirFormat.Xml);
            _ = resource switch
            {
                Bundle { Type: Bundle.BundleType.Document } document => CompositionReading.Read(document, Given.NoDocuments()).Problems.Count,
                Bundle bundle => RequestReading.Read(bundle).Problems.Count,
                QuestionnaireResponse response => QuestionnaireReading.Read(response, Given.NoDocuments()).Problems.Count,
                _ => 0,
            };
            return;
        }

        Assert.True(read.Problems.Count > 0, $"case {number} was neither read nor refused");
        Assert.InRange(Outcomes.Status(read.Problems), 400, 422);
        FhirWriter.Write(Outcomes.Of(read.Problems), FhirFormat.Xml);
    }
}
