using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Fhir.Tests;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

public sealed class Races
{
    /// <summary>200 races; FHIR_RACES=1000 for the full size.</summary>
    private static readonly int Updates = int.Parse(Environment.GetEnvironmentVariable("FHIR_RACES") ?? "200", CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_clients_that_update_one_task_exactly_one_wins_every_time()
    {
        await using var host = await Answering.Asked();
        var (one, two) = (host.Client(), host.Client());
        var path = $"Task/{Answering.TaskId}";
        for (var race = 0; race < Updates; race++)
        {
            var task = await one.GetResource<FhirTask>(path);
            var tag = ("If-Match", $"W/\"{task.Meta!.VersionId}\"");
            task.Note = [new Annotation { Text = $"one {race}" }];
            var first = FhirCalls.Body(task);
            task.Note = [new Annotation { Text = $"two {race}" }];
            var second = FhirCalls.Body(task);

            var answers = await Task.WhenAll(one.Send(HttpMethod.Put, path, first, tag), two.Send(HttpMethod.Put, path, second, tag));

            Assert.Equal([200, 412], answers.Select(answer => (int)answer.StatusCode).Order());
        }

        Assert.Equal(Updates + 1, (await host.Store.ReadAsync("Task", Answering.TaskId, Cancel))!.Version);
        Assert.Equal(Updates, host.Exchange.Delivered.Select(change => change.Id).Distinct().Count());
    }

    [Fact]
    public async Task Conditional_creation_by_many_at_once_creates_one()
    {
        await using var host = await Answering.Asked();
        var response = Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment));
        for (var race = 0; race < 50; race++)
        {
            response.Identifier = new Identifier("http://rx1.example/advice", $"{race}");
            var condition = ("If-None-Exist", $"identifier=http://rx1.example/advice|{race}");

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Client().Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(response), condition)));

            Assert.Equal([200, 200, 200, 200, 200, 200, 200, 201], answers.Select(answer => (int)answer.StatusCode).Order());
        }

        Assert.Equal(50, (await host.Client().GetResource<Bundle>("QuestionnaireResponse?_summary=count")).Total);
    }
}
