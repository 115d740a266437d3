using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Outgoing;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using FhirTask = Hl7.Fhir.Model.Task;
using RequestStatus = IntegrationHub.Orchestrations.Advice.RequestStatus;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs.Push;

/// <summary>What another system answers is never taken for what was asked.</summary>
public sealed partial class Following
{
    private const string Mine = "330-0000000000AA/medical";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // What differs from a provider whose one Task is completed with one QuestionnaireResponse about the right child.
    private static readonly Dictionary<string, Action<Provider>> Lies = new()
    {
        ["another Task first and not ours"] = p => p.Found = [Other()],
        ["no Task at all"] = p => p.Found = [],
        ["two Tasks with our identifier"] = p => p.Found = [p.Task, Again(p.Task)],
        ["no search result"] = p => p.Type = Bundle.BundleType.Collection,
        ["a Task without an id"] = p => p.Task.Id = null,
        ["a Task that answers another request too"] = p => p.Task.Identifier.Add(new Identifier(FhirUris.AdviceRequestId, "330-0000000000AA/other")),
        ["a Task of another assessment"] = p => p.Task.GroupIdentifier = new Identifier(FhirUris.AssessmentId, "330-ZZZZZZZZZZZZ"),
        ["a Task for nobody"] = p => p.Task.For = null,
        ["a Task for another number"] = p => p.Task.For!.Identifier = new Identifier(FhirUris.NhsNumber, "9449305552"),
        ["a Task for a Group"] = p => p.Task.For = new ResourceReference("Group/1"),
        ["another child's Patient"] = p => p.Patient = new Patient { Id = "p", Identifier = [new Identifier(FhirUris.NhsNumber, "9449305552")] },
        ["a Patient of another name"] = p => p.Patient.Name = [new HumanName { Family = "Elsewhere", Given = ["Other"] }],
        ["a Patient who is nobody"] = p => p.Patient = new Patient { Id = "p", Active = true },
        ["another Patient than was asked for"] = p => p.Patient.Id = "another",
        ["another resource than was asked for"] = p => p.Advice.Id = "another",
        ["a resource of another type"] = p => p.Instead = new DocumentReference { Id = "a", Status = DocumentReferenceStatus.Current, Content = [new() { Attachment = new Attachment { ContentType = "text/plain", Data = [65] } }] },
        ["advice about another patient"] = p => p.Advice.Subject = new ResourceReference("Patient/other-child"),
        ["advice with another number"] = p => p.Advice.Subject!.Identifier = new Identifier(FhirUris.NhsNumber, "9449305552"),
        ["advice for another request"] = p => p.Advice.BasedOn = [new ResourceReference("ServiceRequest/other")],
        ["advice about nobody"] = p => (p.Advice.Subject, p.Advice.BasedOn) = (null, []),
        ["advice elsewhere"] = p => p.Task.Output[0].Value = new ResourceReference("https://elsewhere.example/fhir/QuestionnaireResponse/a"),
        ["advice that is a search"] = p => p.Task.Output[0].Value = new ResourceReference("QuestionnaireResponse?subject=Patient/p"),
        ["a redirect"] = p => p.RedirectsAdvice = true,
    };

    public static TheoryData<string> Names => [.. Lies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_taken_and_a_person_is_told(string lie)
    {
        await using var host = await Answering.Asked();
        var provider = new Provider();
        Lies[lie](provider);
        await using var body = await BodyServer.Start(provider.Answer);

        var moved = await Follower(host, body).PollAllAsync(Cancel);

        Assert.Equal((lie, 0), (lie, moved));
        Assert.Empty(host.Exchange.Delivered);
        Assert.Equal(0, (await host.Store.SearchAsync(new ResourceQuery { Type = "QuestionnaireResponse" }, Cancel)).Total);
        var told = Assert.Single(host.Exchange.Troubles);
        Assert.Equal(Mine, told.RequestId);
        Assert.DoesNotContain("9449305552", told.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", told.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("as it is")]
    [InlineData("another Task first")]
    [InlineData("Patients are given to nobody")]
    [InlineData("full addresses")]
    [InlineData("number alone")]
    public async Task The_one_Task_that_was_asked_for_is_taken(string how)
    {
        await using var host = await Answering.Asked();
        var provider = new Provider();
        await using var body = await BodyServer.Start(provider.Answer);
        switch (how)
        {
            case "another Task first":
                provider.Found = [Other(), provider.Task];
                break;
            case "Patients are given to nobody":
                provider.HidesPatient = true;
                break;
            case "full addresses":
                provider.Task.For = new ResourceReference($"{body.Base}/fhir/Patient/p");
                provider.Task.Output[0].Value = new ResourceReference($"{body.Base}/fhir/QuestionnaireResponse/a");
                break;
            case "number alone":
                provider.Advice.Subject = new ResourceReference { Identifier = new Identifier(FhirUris.NhsNumber, "944 930 7873") };
                break;
        }

        Assert.Equal(1, await Follower(host, body).PollAllAsync(Cancel));

        Assert.Empty(host.Exchange.Troubles);
        Assert.Equal([FhirTask.TaskStatus.Accepted, FhirTask.TaskStatus.Completed], host.Exchange.Delivered.Select(change => change.To));
        Assert.Equivalent(Given.Advice().Needs, host.Exchange.Delivered[^1].Advice!.Needs, strict: true);
    }

    [Fact]
    public async Task What_a_body_says_with_its_Task_is_taken_though_its_status_stays()
    {
        await using var host = await Answering.Asked();
        var provider = new Provider();
        (provider.Task.Status, provider.Task.Output) = (FhirTask.TaskStatus.Accepted, []);
        await using var body = await BodyServer.Start(provider.Answer);
        var follower = Follower(host, body);
        Assert.Equal((1, 0), (await follower.PollAllAsync(Cancel), await follower.PollAllAsync(Cancel)));
        var said = new Dictionary<string, Action<FhirTask>>
        {
            ["Waiting for a clinic."] = task => task.BusinessStatus = new CodeableConcept { Text = "Waiting for a clinic." },
            ["Work is planned from 2026-02-02 to 2026-02-20."] = task => task.ExecutionPeriod = new Period { Start = "2026-02-02", End = "2026-02-20" },
            ["The clinician has changed."] = task => task.StatusReason = new CodeableConcept { Text = "The clinician has changed." },
            ["Ask for the ward."] = task => task.Text = new Narrative { Status = Narrative.NarrativeStatus.Additional, Div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">Ask for the ward.</div>" },
        };
        foreach (var (words, change) in said)
        {
            change(provider.Task);
            provider.Task.Meta!.VersionId += "1";

            Assert.Equal((words, 1, 0), (words, await follower.PollAllAsync(Cancel), await follower.PollAllAsync(Cancel)));

            Assert.Contains(host.Exchange.Delivered[^1].Said, one => one.Text.Contains(words, StringComparison.Ordinal));
        }

        // What the hub wrote there itself, and a narrative that a server makes of the rest, say nothing new.
        provider.Task.BusinessStatus = RequestCodes.Of(RequestProgress.Chased);
        provider.Task.Text = new Narrative { Status = Narrative.NarrativeStatus.Generated, Div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">accepted</div>" };
        Assert.Equal(0, await follower.PollAllAsync(Cancel));
        Assert.Empty(host.Exchange.Troubles);

        // A standing that nobody knows is refused, and a person hears of it.
        provider.Task.BusinessStatus = new CodeableConcept(FhirUris.RequestProgressCodes, "paused");
        provider.Task.Meta!.VersionId += "2";
        Assert.Equal(0, await follower.PollAllAsync(Cancel));
        Assert.Contains("businessStatus", Assert.Single(host.Exchange.Troubles).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_case_of_a_search_with_another_childs_Task_first_files_nothing_of_it()
    {
        await using var host = await Answering.Asked();
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data", "cases", "6-searchset-other-task-first.json"), Cancel);
        foreach (var (identifier, told) in new[] { ("330-XXXXXXXXXXXX/medical-1", 1), (Mine, 0) })
        {
            await using var body = await BodyServer.Start(async (_, http) =>
            {
                http.Response.ContentType = FhirFormats.Json;
                await http.Response.WriteAsync(text.Replace("330-XXXXXXXXXXXX/medical-1", identifier, StringComparison.Ordinal), http.RequestAborted);
            });
            host.Exchange.Troubles.Clear();

            Assert.Equal(0, await Follower(host, body).PollAllAsync(Cancel));

            Assert.Equal(told, host.Exchange.Troubles.Count);
            Assert.Single(body.Calls);
        }

        Assert.Empty(host.Exchange.Delivered);
    }

    [Fact]
    public async Task While_it_is_still_being_pushed_nobody_is_told_that_it_is_not_there()
    {
        await using var host = await Answering.Asked();
        await using var body = await BodyServer.Start(new Provider { Found = [] }.Answer);
        await host.Store.StorePositionAsync(FhirPush.PositionName(Answering.TaskId), FhirPush.UnderWay, Cancel);

        Assert.Equal(0, await Follower(host, body).PollAllAsync(Cancel));

        Assert.Empty(host.Exchange.Troubles);
    }

    [Theory]
    [InlineData(true, EffectFault.None)]
    [InlineData(false, EffectFault.Transient)]
    public async Task What_never_arrived_there_need_not_be_withdrawn_there(bool neverArrived, EffectFault end)
    {
        await using var host = await FhirHost.Start();
        var ask = Given.Ask() with { RequestId = RequestNames.Of(Given.Ask().Assessment, "medical") };
        var task = RequestResources.TaskId(ask.RequestId);
        await host.Get<FhirPublisher>().PublishAsync(ask, Cancel);
        await using var body = await BodyServer.Start(new Provider { Found = [] }.Answer);
        await host.Store.StorePositionAsync(FhirPush.PositionName(task), neverArrived ? FhirPush.UnderWay : FhirPush.UnderWay + 1, Cancel);
        var push = Push(body);
        var channel = ActivatorUtilities.CreateInstance<FhirPushChannel>(host.Services, new PushEndpoints([Endpoint(body)]), push, Follower(host, body), new NoticeOptions());

        var result = await channel.SendAsync(
            new AgencyMessage
            {
                EffectId = "330-0000000000AA/9/1",
                Kind = AgencyMessageKind.Withdrawal,
                Assessment = Given.Ask().Assessment,
                Request = new AdviceRequest { Id = "medical", Kind = AdviceKind.Medical, LegalBasis = "reg 6(1)(c)", Duty = AnswerDuty.Section31Body, RequestedOn = Cases.Received, Status = RequestStatus.Withdrawn, StatusReason = "The family moved away." },
                Facts = Cases.Facts,
                Council = Cases.Profile,
                Due = Cases.Received,
                Agency = new AgencyEntry { Id = Given.Ask().Provider.Id, Reach = Reach.FhirPush },
            },
            Cancel);

        Assert.Equal(end, result.Fault);
        Assert.Equal(neverArrived ? FhirTask.TaskStatus.Cancelled : FhirTask.TaskStatus.Requested, (await host.Store.ReadAsync("Task", task, Cancel))!.Parse<FhirTask>().Status);
    }

    [Theory]
    [InlineData("9449307873", PushOutcome.Done)]
    [InlineData("9449305552", PushOutcome.NeedsHuman)]
    public async Task A_request_that_was_joined_to_somebody_elses_record_needs_a_person(string number, PushOutcome end)
    {
        await using var host = await FhirHost.Start();
        await using var body = await BodyServer.Start(async (arrived, http) =>
        {
            if (arrived.Method == "GET")
            {
                await Send(http, new Patient { Id = "their-0", Identifier = [new Identifier(FhirUris.NhsNumber, number)] });
                return;
            }

            var asked = (Bundle)FhirReader.Read(System.Text.Encoding.UTF8.GetBytes(arrived.Body), FhirFormats.Json).Value!;
            await Send(http, new Bundle
            {
                Type = Bundle.BundleType.TransactionResponse,
                Entry = [.. asked.Entry.Select((entry, i) => new Bundle.EntryComponent { Response = new() { Status = entry.Resource is Patient ? "200 OK" : "201 Created", Location = $"{entry.Resource!.TypeName}/their-{i}/_history/1" } })],
            });
        });

        Assert.Equal(end, (await Push(body).AskAsync(Endpoint(body), Given.Ask(), Given.Now, CallIds.Of("330-0000000000AA/4/1", "case"), Cancel)).End);
    }

    private static PushEndpoint Endpoint(BodyServer body) => new() { Agency = Given.Ask().Provider.Id, Base = new Uri($"{body.Base}/fhir") };

    private static FhirPush Push(BodyServer body)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new PushRetryOptions { Pause = TimeSpan.FromMilliseconds(1) });
        services.AddSingleton(new OutgoingOptions { AllowLoopback = true });
        services.AddFhirPush([Endpoint(body)]);
        return services.BuildServiceProvider().GetRequiredService<FhirPush>();
    }

    private static TaskFollower Follower(FhirHost host, BodyServer body)
    {
        var push = Push(body);
        return ActivatorUtilities.CreateInstance<TaskFollower>(host.Services, new PushEndpoints([Endpoint(body)]), push, ActivatorUtilities.CreateInstance<TaskStatusChanges>(host.Services, push));
    }

    private static FhirTask Other() => new()
    {
        Id = "other",
        Identifier = [new Identifier("urn:example:theirs", "a-task-of-another-child")],
        Status = FhirTask.TaskStatus.Completed,
        Intent = FhirTask.TaskIntent.Order,
        For = new ResourceReference("Patient/other-child"),
    };

    private static FhirTask Again(FhirTask task)
    {
        var copy = (FhirTask)task.DeepCopy();
        copy.Id = "again";
        return copy;
    }

    private static async Task Send(HttpContext http, Resource resource)
    {
        http.Response.ContentType = FhirFormats.Json;
        await http.Response.Body.WriteAsync(FhirWriter.Write(resource, FhirFormat.Json), http.RequestAborted);
    }

    /// <summary>A provider's server with one Task, its Patient and one answer; a test changes what is untrue of it.</summary>
    private sealed class Provider
    {
        internal Provider()
        {
            Task = RequestResources.Of(Given.Ask(), Given.Now).Task;
            (Task.Id, Task.For, Task.Focus) = ("t", new ResourceReference("Patient/p"), new ResourceReference("ServiceRequest/s"));
            Task.Meta = new Meta { VersionId = "7" };
            Answering.Complete(Task, "QuestionnaireResponse/a");
            Patient = PatientMapping.ToFhir(Given.Ask().Child, Given.Ask().Assessment);
            Patient.Id = "p";
            Advice = Answering.Response("p");
            (Advice.Id, Advice.BasedOn) = ("a", [new ResourceReference("ServiceRequest/s")]);
        }

        internal FhirTask Task { get; }

        internal List<FhirTask>? Found { get; set; }

        internal Bundle.BundleType Type { get; set; } = Bundle.BundleType.Searchset;

        internal Patient Patient { get; set; }

        internal QuestionnaireResponse Advice { get; }

        internal Resource? Instead { get; set; }

        internal DocumentReference? Letter { get; set; }

        internal bool HidesPatient { get; set; }

        internal bool RedirectsAdvice { get; set; }

        internal async Task Answer(Arrived arrived, HttpContext http)
        {
            var resource = arrived.Path switch
            {
                var path when path.StartsWith("/fhir/Task?", StringComparison.Ordinal) => new Bundle { Type = Type, Entry = [.. (Found ?? [Task]).Select(task => new Bundle.EntryComponent { Resource = task })] },
                "/fhir/Patient/p" when !HidesPatient => Patient,
                "/fhir/QuestionnaireResponse/a" when !RedirectsAdvice => Instead ?? Advice,
                "/fhir/DocumentReference/d" => Letter,
                _ => (Resource?)null,
            };
            if (resource is not null)
            {
                await Send(http, resource);
                return;
            }

            http.Response.StatusCode = RedirectsAdvice ? 302 : 404;
            http.Response.Headers.Location = "/fhir/QuestionnaireResponse/other";
        }
    }
}
