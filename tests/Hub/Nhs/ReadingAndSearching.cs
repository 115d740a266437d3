using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Rules;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

public sealed class ReadingAndSearching
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly string TaskPath = $"Task/{RequestResources.TaskId(Given.Ask().RequestId)}";

    [Fact]
    public async Task The_capability_statement_is_open_to_all_and_lists_every_held_rule()
    {
        await using var host = await FhirHost.Start();

        var capability = await host.Client(null).GetResource<CapabilityStatement>("metadata");

        Assert.All(CheckedRules.All, rule => Assert.Contains($"- {rule.Id} ", capability.Rest[0].Documentation!, StringComparison.Ordinal));
        Assert.Contains(capability.Rest[0].Resource, resource => resource.Type == "Task" && resource.Interaction.Exists(i => i.Code == CapabilityStatement.TypeRestfulInteraction.Patch));
    }

    [Fact]
    public async Task Nobody_known_gets_401_and_an_outcome()
    {
        await using var host = await FhirHost.Start();

        using var response = await host.Client(null).GetAsync("Task", Cancel);

        Assert.Equal((401, OperationOutcome.IssueType.Login), (await response.Refusal()) is var (status, issue) ? (status, issue.Code!.Value) : default);
    }

    [Fact]
    public async Task A_published_request_is_pulled_with_all_it_refers_to_and_reads_back_as_the_ask()
    {
        await using var host = await FhirHost.Start();
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask(), Cancel);
        var client = host.Client();

        var page = await client.GetResource<Bundle>("Task?status=requested&_include=Task:focus&_include=Task:patient&_include=Task:owner&_include=Task:requester");
        var school = await client.GetResource<Organization>($"Organization/{OrganizationMapping.IdOf(Given.Ask().School!.Id)}");
        page.Entry.Add(new Bundle.EntryComponent { FullUrl = $"{host.Base}/Organization/{school.Id}", Resource = school });

        var read = RequestReading.Read(page);
        Assert.Equal(1, page.Total);
        Assert.Equal(Given.Ask(), read.Value);
    }

    [Fact]
    public async Task Another_bodys_task_and_an_unknown_one_look_the_same()
    {
        await using var host = await FhirHost.Start();
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask(), Cancel);
        var other = host.Client("RX2");

        using var others = await other.GetAsync(TaskPath, Cancel);
        using var unknown = await other.GetAsync("Task/unknown", Cancel);

        Assert.Equal(404, (int)others.StatusCode);
        Assert.Equal(await unknown.Content.ReadAsStringAsync(Cancel), await others.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(0, (await other.GetResource<Bundle>("Task")).Total);
        Assert.Equal(0, (await other.GetResource<Bundle>("Patient")).Total);
        Assert.Equal(404, (int)(await other.GetAsync($"{TaskPath}/_history", Cancel)).StatusCode);
        Assert.Equal(404, (int)(await other.GetAsync($"{TaskPath}/_history/1", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Versions_etags_and_history_tell_the_same_story()
    {
        await using var host = await FhirHost.Start();
        var publisher = host.Get<FhirPublisher>();
        await publisher.PublishAsync(Given.Ask(), Cancel);
        await publisher.PublishAsync(Given.Ask() with { Due = Given.Ask().Due.AddDays(7) }, Cancel);
        await publisher.PublishAsync(Given.Ask() with { Due = Given.Ask().Due.AddDays(7) }, Cancel);
        var client = host.Client();

        using var now = await client.GetAsync(TaskPath, Cancel);
        var first = await client.GetResource<FhirTask>($"{TaskPath}/_history/1");
        var history = await client.GetResource<Bundle>($"{TaskPath}/_history");
        using var unchanged = await client.Send(HttpMethod.Get, TaskPath, null, ("If-None-Match", "W/\"2\""));

        Assert.Equal("W/\"2\"", now.Headers.ETag!.ToString());
        Assert.Equal(host.Time.GetUtcNow(), now.Content.Headers.LastModified);
        Assert.Equal("2026-04-14", first.Restriction!.Period!.End);
        Assert.Equal(["2", "1"], history.Entry.Select(entry => entry.Resource!.Meta!.VersionId));
        Assert.Equal(304, (int)unchanged.StatusCode);
    }

    [Theory]
    [InlineData("status=requested", 3)]
    [InlineData("status=requested,accepted", 3)]
    [InlineData("status=http://hl7.org/fhir/task-status|requested", 0)]
    [InlineData("status=accepted", 0)]
    [InlineData("due=2026-04-14", 1)]
    [InlineData("due=lt2026-04-15", 1)]
    [InlineData("due=ge2026-04-15", 2)]
    [InlineData("due=2026-04", 3)]
    [InlineData("due=ne2026-04-14", 2)]
    [InlineData("due=sa2026-04-14&due=eb2026-04-16", 1)]
    [InlineData("authored-on=gt2026-03-02T09:30:00Z", 0)]
    [InlineData("authored-on=2026-03-02T09:30Z", 3)]
    [InlineData("_lastUpdated=ge2026-03-02", 3)]
    [InlineData("_lastUpdated=lt2026-03-02", 0)]
    [InlineData("identifier=https://integrationhub.example/fhir/Id/advice-request|r1", 1)]
    [InlineData("identifier=r1,r2", 2)]
    [InlineData("identifier=|r1", 0)]
    [InlineData("identifier=https://integrationhub.example/fhir/Id/advice-request|", 3)]
    [InlineData("owner:identifier=https://fhir.nhs.uk/Id/ods-organization-code|RX1", 3)]
    [InlineData("business-status:missing=true", 0)]
    [InlineData("based-on:missing=true", 3)]
    [InlineData("_id=nonsense", 0)]
    [InlineData("shoe-size=41", 3)]
    public async Task Search_finds_what_was_asked_for(string query, int found)
    {
        await using var host = await FhirHost.Start();
        for (var i = 1; i <= 3; i++)
        {
            await host.Get<FhirPublisher>().PublishAsync(Given.Ask() with { RequestId = $"r{i}", Due = new DateOnly(2026, 4, 13 + i) }, Cancel);
        }

        var page = await host.Client().GetResource<Bundle>($"Task?{query}");

        Assert.Equal((found, found), (page.Total!.Value, page.Entry.Count));
    }

    [Theory]
    [InlineData("shoe-size=41", "shoe-size")]
    [InlineData("status:near=x", "status:near")]
    [InlineData("due=soon", "due")]
    [InlineData("_count=many", "_count")]
    [InlineData("status=", "status")]
    public async Task What_a_strict_search_does_not_know_is_400_and_named(string query, string parameter)
    {
        await using var host = await FhirHost.Start();

        using var response = await host.Client().Send(HttpMethod.Get, $"Task?{query}", null, ("Prefer", "handling=strict"));

        var (status, issue) = await response.Refusal();
        Assert.Equal((400, parameter), (status, issue.Expression.Single()));
    }

    [Fact]
    public async Task Pages_follow_their_links_to_the_end_each_once()
    {
        await using var host = await FhirHost.Start();
        for (var i = 0; i < 7; i++)
        {
            await host.Get<FhirPublisher>().PublishAsync(Given.Ask() with { RequestId = $"r{i}" }, Cancel);
        }

        var client = host.Client();
        var seen = new List<string>();
        var next = "Task?_count=3&_sort=-_lastUpdated";
        var pages = 0;
        while (next is not null)
        {
            var page = await client.GetResource<Bundle>(next);
            Assert.Equal(7, page.Total);
            seen.AddRange(page.Entry.Select(entry => ((FhirTask)entry.Resource!).Identifier[0].Value!));
            next = page.NextLink?.ToString();
            pages++;
        }

        Assert.Equal(3, pages);
        Assert.Equal(["r6", "r5", "r4", "r3", "r2", "r1", "r0"], seen);
    }

    [Fact]
    public async Task A_search_may_be_posted_so_that_a_name_stays_out_of_the_address()
    {
        await using var host = await FhirHost.Start();
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask(), Cancel);
        using var form = new FormUrlEncodedContent([new("family", "lieb"), new("birthdate", "2015-12-19")]);

        using var response = await host.Client().PostAsync("Patient/_search", form, Cancel);

        Assert.Equal("9449307873", ((Patient)(await response.Resource<Bundle>()).Entry.Single().Resource!).Identifier[0].Value);
    }

    [Theory]
    [InlineData("application/fhir+xml", null, "application/fhir+xml; charset=utf-8")]
    [InlineData("application/fhir+json", "xml", "application/fhir+xml; charset=utf-8")]
    [InlineData("text/html, application/fhir+json;q=0.5", null, "application/fhir+json; charset=utf-8")]
    [InlineData("*/*", null, "application/fhir+json; charset=utf-8")]
    public async Task The_answer_has_the_form_that_was_asked_for(string accept, string? format, string contentType)
    {
        await using var host = await FhirHost.Start();
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask(), Cancel);

        using var response = await host.Client().Send(HttpMethod.Get, TaskPath + (format is null ? "" : $"?_format={format}"), null, ("Accept", accept));

        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
        Assert.Equal("requested", (await response.Resource<FhirTask>()).StatusElement!.ToString());
    }

    [Theory]
    [InlineData("GET", "Task", "text/html", 406, null)]
    [InlineData("GET", "Nonsense", null, 404, null)]
    [InlineData("GET", "Observation/1", null, 404, null)]
    [InlineData("GET", "Task/not%20legal", null, 404, null)]
    [InlineData("GET", "", null, 405, "POST")]
    [InlineData("DELETE", "Task", null, 405, "GET, POST")]
    [InlineData("POST", "Patient", null, 405, "GET")]
    [InlineData("PATCH", "Patient/1", null, 405, "GET, PUT")]
    [InlineData("GET", "Task/1/2/3/4", null, 404, null)]
    public async Task What_is_not_served_is_said_in_fhir(string method, string path, string? accept, int status, string? allow)
    {
        await using var host = await FhirHost.Start();

        using var response = await host.Client().Send(
            HttpMethod.Parse(method), path, method == "POST" ? FhirCalls.Body(PatientMapping.ToFhir(Given.Ask().Child, Given.Ask().Assessment)) : null, ("Accept", accept ?? "*/*"));

        Assert.Equal(status, (await response.Refusal()).Status);
        Assert.Equal(allow, response.Content.Headers.Allow.Count > 0 ? string.Join(", ", response.Content.Headers.Allow) : null);
    }

    [Fact]
    public async Task The_questionnaire_is_everybodys()
    {
        await using var host = await FhirHost.Start();
        await host.Get<FhirPublisher>().PublishQuestionnaireAsync(Cancel);
        await host.Get<FhirPublisher>().PublishQuestionnaireAsync(Cancel);

        var page = await host.Client("RX9").GetResource<Bundle>($"Questionnaire?url={FhirUris.HealthAdviceQuestionnaire}&version={HealthAdviceQuestionnaire.Version}");

        Assert.Equal("1", page.Entry.Single().Resource!.Meta!.VersionId);
    }

    [Fact]
    public async Task A_binary_goes_out_as_itself_or_as_fhir()
    {
        await using var host = await FhirHost.Start();
        var client = host.Client();
        using var created = await client.PostAsync("Binary", FhirCalls.Body(Encoding.UTF8.GetBytes("<svg onload='x'/>"), "image/svg+xml"), Cancel);

        using var native = await client.Send(HttpMethod.Get, created.Headers.Location!.ToString(), null, ("Accept", "image/*"));
        using var fhir = await client.Send(HttpMethod.Get, created.Headers.Location!.ToString(), null, ("Accept", FhirFormats.Json));

        Assert.Equal("<svg onload='x'/>", await native.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("attachment", native.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("image/svg+xml", (await fhir.Resource<Binary>()).ContentType);
    }
}
