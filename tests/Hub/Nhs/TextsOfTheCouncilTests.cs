using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>Texts of a council can hold characters that FHIR does not allow, such as the line break of a word processor.</summary>
public sealed class TextsOfTheCouncilTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Lie\u000bberman", "Lie\ufffdberman")]
    [InlineData("Lie\0berman", "Lie\ufffdberman")]
    [InlineData("Lie\uffffberman", "Lie\ufffdberman")]
    [InlineData("Lieb\u00e9rman \\ 😀", "Lieb\u00e9rman \\ 😀")]
    public async Task A_strict_reader_can_read_them_in_both_formats(string family, string shown)
    {
        await using var host = await FhirHost.Start();
        var ask = Given.Ask() with { Child = Given.Ask().Child with { FamilyName = family, NhsNumber = null }, Asked = $"Please say \"what\"\u000bhelps {family}." };
        await host.Get<FhirPublisher>().PublishAsync(ask, Cancel);
        host.Sight.Answer = (_, _) => new FhirVisibility(true, true, ask.Child);

        foreach (var (format, type) in new[] { (FhirFormat.Json, FhirFormats.Json), (FhirFormat.Xml, FhirFormats.Xml) })
        {
            foreach (var path in new[] { Answering.PatientPath, "Task?_include=Task:focus&_include=Task:patient" })
            {
                using var answer = await host.Client().Send(HttpMethod.Get, path, null, ("Accept", type));
                var read = FhirReader.Read(await answer.Content.ReadAsByteArrayAsync(Cancel), format);

                Assert.Equal((path, 200, 0), (path, (int)answer.StatusCode, read.Problems.Count));
                var found = read.Value is Bundle bundle ? bundle.Entry.Select(entry => entry.Resource!).ToList() : [read.Value!];
                Assert.Equal(shown, found.OfType<Patient>().Single().Name[0]!.Family);
                Assert.All(found.OfType<FhirTask>(), task => Assert.Equal($"Please say \"what\"\ufffdhelps {shown}.", task.Description));
            }
        }
    }
}
