using System.Globalization;
using System.Net.Http.Headers;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// An NHS body that works with a FHIR server, its own or the hub's. The body searches for its Tasks, accepts them, and answers with a
/// transaction of the completed questionnaire and the completed Task.
/// </summary>
/// <param name="http">A connection with the base address of the server, ending with a slash.</param>
/// <param name="token">The body's token for the server, or null if none is needed.</param>
/// <param name="advice">Name of the advice that the body gives.</param>
/// <param name="afterDays">Number of days from the request to the answer.</param>
internal sealed class FakeNhsBody(HttpClient http, string? token, string advice, int afterDays) : IDemoPartner
{
    private const string Answer = "urn:uuid:0b5c9c1e-8a52-4ce1-9d0f-6d1f0a7f4e01";
    private const string Done = "urn:uuid:0b5c9c1e-8a52-4ce1-9d0f-6d1f0a7f4e02";

    public async Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken)
    {
        var found = (Bundle)await SendAsync(HttpMethod.Get, $"Task?group-identifier={assessment}&status=requested,received,accepted", null, null, cancellationToken);
        foreach (var task in found.Entry.Select(e => e.Resource).OfType<FhirTask>())
        {
            await MoveAsync(task, today, cancellationToken);
        }
    }

    private async Task MoveAsync(FhirTask task, DateOnly today, CancellationToken cancellationToken)
    {
        var asked = DateOnly.Parse(task.AuthoredOn![..10], CultureInfo.InvariantCulture);
        switch (task.Status)
        {
            case FhirTask.TaskStatus.Requested:
                await PutAsync(task, FhirTask.TaskStatus.Received, cancellationToken);
                break;
            case FhirTask.TaskStatus.Received:
                await PutAsync(task, FhirTask.TaskStatus.Accepted, cancellationToken);
                break;
            case FhirTask.TaskStatus.Accepted when today >= asked.AddDays(afterDays):
                await CompleteAsync(task, today, cancellationToken);
                break;
        }
    }

    private Task PutAsync(FhirTask task, FhirTask.TaskStatus status, CancellationToken cancellationToken)
    {
        task.Status = status;
        return SendAsync(HttpMethod.Put, $"Task/{task.Id}", task, task.Meta!.VersionId, cancellationToken);
    }

    private Task CompleteAsync(FhirTask task, DateOnly today, CancellationToken cancellationToken)
    {
        var response = QuestionnaireResponseWriter.Write(Cast.Advice(advice, today));
        response.Subject = task.For;
        task.Status = FhirTask.TaskStatus.Completed;
        task.Output.Add(new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputAdvice), Value = new ResourceReference(Answer) });
        var bundle = new Bundle
        {
            Type = Bundle.BundleType.Transaction,
            Entry =
            [
                new() { FullUrl = Answer, Resource = response, Request = new() { Method = Bundle.HTTPVerb.POST, Url = "QuestionnaireResponse" } },
                new()
                {
                    FullUrl = Done,
                    Resource = task,
                    Request = new() { Method = Bundle.HTTPVerb.PUT, Url = $"Task/{task.Id}", IfMatch = $"W/\"{task.Meta!.VersionId}\"" },
                },
            ],
        };
        return SendAsync(HttpMethod.Post, "", bundle, null, cancellationToken);
    }

    private async Task<Resource> SendAsync(HttpMethod method, string path, Resource? body, string? version, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd(FhirFormats.Json);
        if (version is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\"", isWeak: true));
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(FhirWriter.Write(body, FhirFormat.Json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(FhirFormats.Json);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode && FhirReader.Read(bytes, FhirFormats.Json).Value is { } resource
            ? resource
            : throw new HubRefusedException($"NHS body: {method} {path} was answered {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(bytes)}");
    }
}
