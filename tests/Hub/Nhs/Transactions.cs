using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>A transaction is written whole or not at all, whatever of it fails. Source: FHIR R4 http.html#trules.</summary>
public sealed class Transactions
{
    private const string System = "http://rx1.example/advice";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Failures => new()
    {
        { "GET DocumentReference/none-of-that-name", 404 },
        { "GET Task/none/_history/1", 404 },
        { "GET Nothing/1", 404 },
        { "GET Patient?identifier:wrong=1", 400 },
        { "GET Task?_count=many", 400 },
        { "DELETE Subscription/none", 404 },
        { "DELETE QuestionnaireResponse/none", 405 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task An_entry_that_fails_leaves_nothing_of_the_others(string failing, int status)
    {
        await using var host = await Answering.Asked();
        var bundle = Bundle(Create(1));
        var parts = failing.Split(' ');
        bundle.Entry.Add(new() { Request = new() { Method = Enum.Parse<Bundle.HTTPVerb>(parts[0]), Url = parts[1] } });

        using var response = await host.Client().PostAsync("", FhirCalls.Body(bundle), Cancel);

        Assert.Equal(status, (await response.Refusal()).Status);
        Assert.Equal(0, await Kept(host));
        Assert.Empty(((InMemoryFhirStore)host.Store).Received);
    }

    [Fact]
    public async Task The_case_of_a_failing_read_is_404_at_its_place_and_nothing_is_there()
    {
        await using var host = await Answering.Asked();
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data", "cases", "5-transaction-with-a-failing-get.json"), Cancel);
        text = text.Replace("PATIENT-OF-THE-TASK", PatientMapping.IdOf(Given.Ask().Assessment), StringComparison.Ordinal)
            .Replace("FOCUS-OF-THE-TASK", RequestResources.ServiceRequestId(Given.Ask().RequestId), StringComparison.Ordinal);

        using var response = await host.Client().PostAsync("", FhirCalls.Body(global::System.Text.Encoding.UTF8.GetBytes(text), FhirFormats.Json), Cancel);

        Assert.Equal((404, "Bundle.entry[1].request.url"), await response.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
        Assert.Equal(0, await Kept(host));
    }

    [Fact]
    public async Task Reads_see_what_the_transaction_writes()
    {
        await using var host = await Answering.Asked();
        var task = await host.Client().GetResource<FhirTask>($"Task/{Answering.TaskId}");
        task.Status = FhirTask.TaskStatus.Accepted;
        var bundle = Bundle(
            Get($"Task/{Answering.TaskId}"), Get("Task?status=accepted"), Get("Task?status=requested"), Get($"Task/{Answering.TaskId}/_history/2"), Get($"QuestionnaireResponse?identifier={System}|1"),
            Create(1), new() { Resource = task, Request = new() { Method = Hl7.Fhir.Model.Bundle.HTTPVerb.PUT, Url = $"Task/{task.Id}" } });

        using var response = await host.Client().PostAsync("", FhirCalls.Body(bundle), Cancel);

        var answer = await response.Resource<Bundle>();
        Assert.Equal(FhirTask.TaskStatus.Accepted, ((FhirTask)answer.Entry[0].Resource!).Status);
        Assert.Equal([1, 0], new[] { 1, 2 }.Select(i => ((Bundle)answer.Entry[i].Resource!).Total!.Value));
        Assert.Equal("2", answer.Entry[3].Resource!.Meta!.VersionId);
        Assert.Equal(((Bundle)answer.Entry[4].Resource!).Entry.Single().Resource!.Id, answer.Entry[5].Resource!.Id);
    }

    [Theory]
    [InlineData("identifier=http://rx1.example/advice|1", "identifier=http://rx1.example/advice|1")]
    [InlineData("identifier=http://rx1.example/advice|1", "identifier=http%3A%2F%2Frx1.example%2Fadvice%7C1")]
    [InlineData("identifier=|nobody", "identifier=|nobody")]
    [InlineData("identifier=http://rx1.example/advice|1", null)]
    public async Task Two_entries_that_would_make_one_resource_are_refused(string first, string? second)
    {
        await using var host = await Answering.Asked();

        using var response = await host.Client().PostAsync("", FhirCalls.Body(Bundle(Create(1, first), Create(1, second))), Cancel);

        Assert.Equal((400, OperationOutcome.IssueType.Duplicate), await response.Refusal() is var (status, issue) ? (status, issue.Code!.Value) : default);
        Assert.Equal(0, await Kept(host));
    }

    [Fact]
    public async Task A_batch_makes_one_of_two_that_are_the_same_and_a_transaction_finds_what_is_there()
    {
        await using var host = await Answering.Asked();
        var bundle = Bundle(Create(1, $"identifier={System}|1"), Create(1, $"identifier={System}|1"));
        bundle.Type = Hl7.Fhir.Model.Bundle.BundleType.Batch;

        using var batch = await host.Client().PostAsync("", FhirCalls.Body(bundle), Cancel);
        bundle.Type = Hl7.Fhir.Model.Bundle.BundleType.Transaction;
        using var transaction = await host.Client().PostAsync("", FhirCalls.Body(bundle), Cancel);

        Assert.Equal(["201 Created", "200 OK"], (await batch.Resource<Bundle>()).Entry.Select(entry => entry.Response!.Status));
        Assert.Equal(["200 OK", "200 OK"], (await transaction.Resource<Bundle>()).Entry.Select(entry => entry.Response!.Status));
        Assert.Equal(1, await Kept(host));
    }

    [Fact]
    public async Task One_resource_is_written_once_by_whatever_name()
    {
        await using var host = await Answering.Asked();
        using var created = await host.Client().PostAsync("", FhirCalls.Body(Bundle(Create(1))), Cancel);
        var kept = (await created.Resource<Bundle>()).Entry[0].Resource!;
        Bundle.EntryComponent put = new() { Resource = kept, Request = new() { Method = Hl7.Fhir.Model.Bundle.HTTPVerb.PUT, Url = $"QuestionnaireResponse/{kept.Id}" } };

        using var twice = await host.Client().PostAsync("", FhirCalls.Body(Bundle(put, (Bundle.EntryComponent)put.DeepCopy())), Cancel);
        using var found = await host.Client().PostAsync("", FhirCalls.Body(Bundle(put, Create(1, $"identifier={System}|1"))), Cancel);

        Assert.Equal([400, 400], new[] { twice, found }.Select(response => (int)response.StatusCode));
        Assert.Equal(1, (await host.Store.ReadAsync("QuestionnaireResponse", kept.Id!, Cancel))!.Version);
    }

    private static async Task<int> Kept(FhirHost host) => (await host.Store.SearchAsync(new ResourceQuery { Type = "QuestionnaireResponse" }, Cancel)).Total;

    private static Bundle Bundle(params IEnumerable<Bundle.EntryComponent> entries) => new() { Type = Hl7.Fhir.Model.Bundle.BundleType.Transaction, Entry = [.. entries] };

    private static Bundle.EntryComponent Get(string url) => new() { Request = new() { Method = Hl7.Fhir.Model.Bundle.HTTPVerb.GET, Url = url } };

    private static Bundle.EntryComponent Create(int number, string? ifNoneExist = null)
    {
        var response = Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment));
        response.Identifier = new Identifier(System, $"{number}");
        return new() { Resource = response, Request = new() { Method = Hl7.Fhir.Model.Bundle.HTTPVerb.POST, Url = "QuestionnaireResponse", IfNoneExist = ifNoneExist } };
    }
}
