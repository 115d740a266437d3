using Hl7.Fhir.Model;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Rest;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>One request reads so much and no more, however many entries or references it has.</summary>
public sealed class ReadBounds
{
    private const int Large = 8 * 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Binary/b{0}")]
    [InlineData("Binary?_id=b{0}")]
    public async Task All_reads_of_a_Bundle_together_have_an_end(string url)
    {
        await using var host = await FhirHost.Start();
        for (var i = 0; i < 10; i++)
        {
            await Store(host, new Binary { Id = $"b{i}", ContentType = "application/pdf", Data = new byte[Large] });
        }

        var batch = new Bundle { Type = Bundle.BundleType.Batch };
        batch.Entry.AddRange(Enumerable.Range(0, 10).Select(i => new Bundle.EntryComponent
        {
            Request = new() { Method = Bundle.HTTPVerb.GET, Url = string.Format(System.Globalization.CultureInfo.InvariantCulture, url, i) },
        }));
        using var response = await host.Client().PostAsync("", FhirCalls.Body(batch), Cancel);

        var answers = (await response.Resource<Bundle>()).Entry;
        Assert.Equal("200 OK", answers[0].Response!.Status);
        Assert.StartsWith("413", answers[^1].Response!.Status, StringComparison.Ordinal);
        Assert.InRange(answers.Count(answer => answer.Response!.Status!.StartsWith("200", StringComparison.Ordinal)), 1, (int)(ReadBudget.Max / Large));
    }

    [Fact]
    public async Task What_goes_along_with_a_search_has_an_end_that_is_told()
    {
        await using var host = await FhirHost.Start();
        var task = new FhirTask { Id = "t", Status = FhirTask.TaskStatus.Completed, Intent = FhirTask.TaskIntent.Order };
        for (var i = 0; i < Searching.MaxEntries + 100; i++)
        {
            await Store(host, new Binary { Id = $"b{i}", ContentType = "application/pdf", Data = [1] });
            task.Output.Add(new() { Type = new CodeableConcept { Text = "advice" }, Value = new ResourceReference($"Binary/b{i}") });
        }

        await Store(host, task);

        var found = await host.Client().GetResource<Bundle>("Task?_include=Task:output");

        Assert.Equal(1, found.Total);
        Assert.Equal(Searching.MaxEntries + 1, found.Entry.Count);
        var outcome = Assert.Single(found.Entry, entry => entry.Search!.Mode == Bundle.SearchEntryMode.Outcome);
        Assert.Equal(OperationOutcome.IssueType.TooCostly, ((OperationOutcome)outcome.Resource!).Issue.Single().Code);
    }

    [Fact]
    public async Task A_history_has_the_newest_versions_and_says_how_many_there_are()
    {
        await using var host = await FhirHost.Start();
        for (var version = 1; version <= SearchRequest.MaxCount + 5; version++)
        {
            await Store(host, new Binary { Id = "b", ContentType = "application/pdf", Data = [1] }, version);
        }

        var history = await host.Client().GetResource<Bundle>("Binary/b/_history?_count=100000");

        Assert.Equal((SearchRequest.MaxCount + 5, SearchRequest.MaxCount), (history.Total!.Value, history.Entry.Count));
    }

    private static async Task Store(FhirHost host, Resource resource, int version = 1)
    {
        var stored = new StoredResource
        {
            Type = resource.TypeName,
            Id = resource.Id!,
            Version = version,
            LastUpdated = Given.Now,
            WrittenBy = "ods:RX1",
            Readers = ["ods:RX1"],
            Json = Stamp.Write(resource, version, Given.Now),
        };
        Assert.Equal(CommitOutcome.Done, await host.Store.CommitAsync(new Commit([new ResourceWrite(stored, version - 1, Indexing.Of(resource))]), Cancel));
    }
}
