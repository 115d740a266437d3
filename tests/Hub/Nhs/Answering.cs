using System.Security.Cryptography;
using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>A body answers: it moves its Task, and hands in advice in each of the three forms.</summary>
public sealed class Answering
{
    internal static readonly string TaskId = RequestResources.TaskId(Given.Ask().RequestId);
    internal static readonly string PatientPath = $"Patient/{PatientMapping.IdOf(Given.Ask().Assessment)}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<FhirHost> Asked(IFhirResourceStore? store = null)
    {
        var host = await FhirHost.Start(store);
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask(), Cancel);
        return host;
    }

    internal static async Task<HttpResponseMessage> Move(HttpClient client, Action<FhirTask> change, string? ifMatch = null)
    {
        var task = await client.GetResource<FhirTask>($"Task/{TaskId}");
        change(task);
        return await client.Send(HttpMethod.Put, $"Task/{TaskId}", FhirCalls.Body(task), ifMatch is null ? [] : [("If-Match", ifMatch)]);
    }

    [Fact]
    public async Task An_accepted_task_is_news_for_the_assessment_once()
    {
        await using var host = await Asked();

        using var response = await Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted, "W/\"1\"");

        Assert.Equal((200, "W/\"2\""), ((int)response.StatusCode, response.Headers.ETag!.ToString()));
        var change = Assert.Single(host.Exchange.Delivered);
        Assert.Equal(($"Task/{TaskId}/_history/2", FhirTask.TaskStatus.Requested, FhirTask.TaskStatus.Accepted, "ods:RX1"), (change.Id, change.From, change.To, change.Who));
        Assert.Equal((Given.Ask().RequestId, Given.Ask().Assessment), (change.RequestId, change.Assessment));
        Assert.Empty(await host.Store.UndeliveredAsync(10, Cancel));
    }

    [Fact]
    public async Task A_stale_if_match_is_412_and_changes_nothing()
    {
        await using var host = await Asked();

        using var response = await Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted, "W/\"7\"");

        Assert.Equal((412, OperationOutcome.IssueType.Conflict), await response.Refusal() is var (status, issue) ? (status, issue.Code!.Value) : default);
        Assert.Empty(host.Exchange.Delivered);
    }

    public static TheoryData<string, Action<FhirTask>, string> Forbidden => new()
    {
        { "illegal step", task => task.Status = FhirTask.TaskStatus.InProgress, "Task.status" },
        { "no reason", task => task.Status = FhirTask.TaskStatus.Rejected, "Task.statusReason" },
        { "council's own", task => task.Restriction!.Period!.End = "2027-01-01", "Task" },
        { "other owner", task => task.Owner = new ResourceReference("Organization/x"), "Task" },
        { "cancel", task => (task.Status, task.StatusReason) = (FhirTask.TaskStatus.Cancelled, new CodeableConcept { Text = "no" }), "Task.status" },
        { "in error", task => task.Status = FhirTask.TaskStatus.EnteredInError, "Task.status" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task What_a_body_may_not_do_is_422_and_says_where(string what, Action<FhirTask> change, string path)
    {
        await using var host = await Asked();

        using var response = await Move(host.Client(), change);

        var (status, issue) = await response.Refusal();
        Assert.Equal((what, 422, path), (what, status, issue.Expression.Single()));
        Assert.Empty(host.Exchange.Delivered);
    }

    [Fact]
    public async Task The_assessment_may_refuse_with_its_own_words()
    {
        await using var host = await Asked();
        host.Exchange.Refusal = "The assessment has ended.";

        using var response = await Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);

        Assert.Equal((422, "The assessment has ended."), await response.Refusal() is var (status, issue) ? (status, issue.Diagnostics!) : default);
        Assert.Equal(1, (await host.Store.ReadAsync("Task", TaskId, Cancel))!.Version);
    }

    [Fact]
    public async Task What_the_assessment_could_not_hear_is_told_again_with_the_advice()
    {
        await using var host = await Asked();
        host.Exchange.IsAway = true;
        using var response = await host.Client().PostAsync("", FhirCalls.Body(Completed()), Cancel);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(2, (await host.Store.UndeliveredAsync(10, Cancel)).Count);

        host.Exchange.IsAway = false;
        await host.Get<TaskReportDelivery>().DeliverRestAsync(Cancel);

        Assert.Equal([FhirTask.TaskStatus.Accepted, FhirTask.TaskStatus.Completed], host.Exchange.Delivered.Select(change => change.To));
        Assert.Equivalent(Given.Advice() with { Notes = [new("Sender's references", "99")] }, host.Exchange.Delivered[1].Advice, strict: true);
        Assert.Empty(await host.Store.UndeliveredAsync(10, Cancel));
    }

    [Fact]
    public async Task One_transaction_hands_in_the_questionnaire_and_completes_the_task()
    {
        await using var host = await Asked();
        using var accepted = await Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);

        using var response = await host.Client().PostAsync("", FhirCalls.Body(await Completion(host.Client()), FhirFormat.Xml), Cancel);

        var bundle = await response.Resource<Bundle>();
        Assert.Equal(["201 Created", "200 OK"], bundle.Entry.Select(entry => entry.Response!.Status));
        Assert.StartsWith("QuestionnaireResponse/", bundle.Entry[0].Response!.Location!, StringComparison.Ordinal);
        var change = host.Exchange.Delivered[^1];
        Assert.Equivalent(Given.Advice(), change.Advice, strict: true);
    }

    [Fact]
    public async Task A_document_with_its_binary_is_advice_as_a_document_only()
    {
        await using var host = await Asked();
        using var accepted = await Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var pdf = Encoding.ASCII.GetBytes("%PDF-1.7 report");
        using var binary = await host.Client().PostAsync("Binary", FhirCalls.Body(pdf, "application/pdf"), Cancel);
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Subject = new ResourceReference(PatientPath),
            Author = [new ResourceReference { Display = "Dr Bello" }],
            Content = [new() { Attachment = new Attachment { ContentType = "application/pdf", Url = Short(host, binary), Title = "report.pdf", Hash = SHA1.HashData(pdf) } }],
        };
        using var created = await host.Client().PostAsync("DocumentReference", FhirCalls.Body(document), Cancel);
        Assert.Equal(201, (int)created.StatusCode);

        using var response = await Move(host.Client(), task => Complete(task, Short(host, created)));

        Assert.Equal(200, (int)response.StatusCode);
        var change = host.Exchange.Delivered[^1];
        Assert.True(change.Advice!.IsDocumentOnly);
        Assert.Equal(pdf, change.Documents.Single().Bytes.ToArray());
        Assert.Equal("report.pdf", change.Advice.Attachments.Single().FileName);
    }

    [Fact]
    public async Task A_document_bundle_is_read_by_its_sections()
    {
        await using var host = await Asked();
        using var accepted = await Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        using var created = await host.Client().PostAsync("Bundle", FhirCalls.Body(AdviceLetter.Bundle()), Cancel);
        Assert.Equal(201, (int)created.StatusCode);

        using var response = await Move(host.Client(), task => Complete(task, Short(host, created)));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal([new AdviceNeed("need-1", NeedArea.Health, "Epilepsy.")], host.Exchange.Delivered[^1].Advice!.Needs);
    }

    [Fact]
    public async Task Not_known_to_us_is_a_nil_return()
    {
        await using var host = await Asked();
        using var accepted = await Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);

        using var response = await Move(host.Client(), task =>
        {
            task.Status = FhirTask.TaskStatus.Completed;
            task.Output.Add(new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputNilReturn), Value = new FhirBoolean(true) });
        });

        Assert.Equal(200, (int)response.StatusCode);
        Assert.NotNull(host.Exchange.Delivered[^1].NilReturn);
        Assert.Null(host.Exchange.Delivered[^1].Advice);
    }

    [Fact]
    public async Task Advice_about_another_patient_or_another_bodys_request_is_refused_and_counted()
    {
        await using var host = await Asked();
        using var counted = new CountedRefusals(host.Get<System.Diagnostics.Metrics.IMeterFactory>());
        var other = Given.Ask() with { RequestId = "r2", Assessment = Contracts.Identifiers.AssessmentId.For(Given.Ask().Assessment.Council, "other") };
        var foreign = Given.Ask() with { RequestId = "r3", Assessment = Contracts.Identifiers.AssessmentId.For(Given.Ask().Assessment.Council, "third"), Provider = new() { Id = Given.Id<Contracts.Identifiers.AgencyId>("ods:RX2"), Name = "Other" } };
        await host.Get<FhirPublisher>().PublishAsync(other, Cancel);
        await host.Get<FhirPublisher>().PublishAsync(foreign, Cancel);
        using var accepted = await Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);

        using var wrong = await host.Client().PostAsync("QuestionnaireResponse", FhirCalls.Body(Response(PatientMapping.IdOf(other.Assessment))), Cancel);
        using var completing = await Move(host.Client(), task => Complete(task, Short(host, wrong)));
        using var notTheirs = await host.Client().PostAsync("QuestionnaireResponse", FhirCalls.Body(Response(PatientMapping.IdOf(foreign.Assessment))), Cancel);
        using var notTheirTask = await host.Client("RX2").Send(HttpMethod.Put, $"Task/{TaskId}", FhirCalls.Body(await host.Client().GetResource<FhirTask>($"Task/{TaskId}")));

        Assert.Equal((422, "Task.output"), await completing.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
        Assert.Equal(422, (await notTheirs.Refusal()).Status);
        Assert.Equal(404, (await notTheirTask.Refusal()).Status);
        Assert.Equal(1, counted["WrongPatient"]);
        Assert.Equal(2, counted["NotVisible"]);
    }

    [Fact]
    public async Task A_patch_moves_the_task()
    {
        await using var host = await Asked();
        const string Patch = """[{"op":"test","path":"/status","value":"requested"},{"op":"replace","path":"/status","value":"accepted"},{"op":"add","path":"/note","value":[{"text":"on it"}]},{"op":"copy","from":"/note/0","path":"/note/-"},{"op":"remove","path":"/note/0"}]""";

        using var response = await host.Client().Send(HttpMethod.Patch, $"Task/{TaskId}", FhirCalls.Body(Encoding.UTF8.GetBytes(Patch), FhirFormats.JsonPatch), ("If-Match", "W/\"1\""));

        var task = await response.Resource<FhirTask>();
        Assert.Equal((FhirTask.TaskStatus.Accepted, "on it"), (task.Status, task.Note.Single().Text));
        Assert.Single(host.Exchange.Delivered);
    }

    [Theory]
    [InlineData("nonsense", 400)]
    [InlineData("{}", 400)]
    [InlineData("[]", 400)]
    [InlineData("""[{"op":"replace","path":"status","value":"accepted"}]""", 400)]
    [InlineData("""[{"op":"swap","path":"/status","value":"accepted"}]""", 400)]
    [InlineData("""[{"op":"replace","path":"/status"}]""", 400)]
    [InlineData("""[{"op":"replace","path":"/status","op":"test","value":1}]""", 400)]
    [InlineData("""[{"op":"replace","path":"/nothing","value":"accepted"}]""", 422)]
    [InlineData("""[{"op":"test","path":"/status","value":"accepted"}]""", 422)]
    [InlineData("""[{"op":"replace","path":"/status","value":"nonsense"}]""", 422)]
    [InlineData("""[{"op":"remove","path":""}]""", 422)]
    [InlineData("""[{"op":"replace","path":"/id","value":"other"}]""", 422)]
    [InlineData("""[{"op":"add","path":"/input/9","value":{}}]""", 422)]
    [InlineData("""[{"op":"move","from":"/restriction","path":"/restriction/x"}]""", 422)]
    public async Task A_patch_that_does_not_fit_changes_nothing(string patch, int status)
    {
        await using var host = await Asked();

        using var response = await host.Client().Send(HttpMethod.Patch, $"Task/{TaskId}", FhirCalls.Body(Encoding.UTF8.GetBytes(patch), FhirFormats.JsonPatch));

        Assert.Equal(status, (await response.Refusal()).Status);
        Assert.Equal(1, (await host.Store.ReadAsync("Task", TaskId, Cancel))!.Version);
    }

    [Fact]
    public async Task If_none_exist_creates_once()
    {
        await using var host = await Asked();
        var response = Response(PatientMapping.IdOf(Given.Ask().Assessment));
        response.Identifier = new Identifier("http://rx1.example/advice", "17");
        (string, string) condition = ("If-None-Exist", "identifier=http://rx1.example/advice|17");

        using var first = await host.Client().Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(response), condition);
        using var again = await host.Client().Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(response), condition);
        using var unconditional = await host.Client().Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(response));
        using var twice = await host.Client().Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(response), condition);

        Assert.Equal([201, 200, 201, 412], new[] { first, again, unconditional, twice }.Select(r => (int)r.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
    }

    [Fact]
    public async Task Prefer_decides_what_comes_back()
    {
        await using var host = await Asked();
        var response = Response(PatientMapping.IdOf(Given.Ask().Assessment));

        using var minimal = await host.Client().Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(response), ("Prefer", "return=minimal"));
        using var outcome = await host.Client().Send(HttpMethod.Post, "QuestionnaireResponse", FhirCalls.Body(response), ("Prefer", "return=OperationOutcome"));

        Assert.Empty(await minimal.Content.ReadAsByteArrayAsync(Cancel));
        Assert.EndsWith("/_history/1", minimal.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(OperationOutcome.IssueSeverity.Information, (await outcome.Resource<OperationOutcome>()).Issue[0].Severity);
    }

    [Fact]
    public async Task Advice_that_was_handed_in_is_changed_only_as_a_correction()
    {
        await using var host = await Asked();
        using var done = await host.Client().PostAsync("", FhirCalls.Body(Completed()), Cancel);
        var response = (QuestionnaireResponse)(await host.Client().GetResource<Bundle>("QuestionnaireResponse")).Entry.Single().Resource!;
        response.Item[2].Item[1].Answer[0].Value = new FhirString("changed");

        using var update = await host.Client().Send(HttpMethod.Put, $"QuestionnaireResponse/{response.Id}", FhirCalls.Body(response));

        Assert.Equal(422, (await update.Refusal()).Status);
        Assert.Equal(2, host.Exchange.Delivered.Count);

        response.Status = QuestionnaireResponse.QuestionnaireResponseStatus.Amended;
        using var amended = await host.Client().Send(HttpMethod.Put, $"QuestionnaireResponse/{response.Id}", FhirCalls.Body(response));

        Assert.Equal(200, (int)amended.StatusCode);
        Assert.True(host.Exchange.Delivered[^1].IsCorrection);
        Assert.Equal("changed", host.Exchange.Delivered[^1].Advice!.Views[0].Text);
    }

    [Fact]
    public async Task A_transaction_is_all_or_nothing_and_a_batch_is_not()
    {
        await using var host = await Asked();
        var bundle = await Completion(host.Client());
        ((FhirTask)bundle.Entry[1].Resource!).Status = FhirTask.TaskStatus.InProgress;

        using var transaction = await host.Client().PostAsync("", FhirCalls.Body(bundle), Cancel);
        bundle.Type = Bundle.BundleType.Batch;
        bundle.Entry.Add(new() { Request = new() { Method = Bundle.HTTPVerb.GET, Url = $"Task/{TaskId}" } });
        ((FhirTask)bundle.Entry[1].Resource!).Output.Clear();
        using var batch = await host.Client().PostAsync("", FhirCalls.Body(bundle), Cancel);

        Assert.Equal((422, "Bundle.entry[1].Task.status"), await transaction.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
        var answers = await batch.Resource<Bundle>();
        Assert.Equal(["201 Created", "422 Unprocessable Entity", "200 OK"], answers.Entry.Select(entry => entry.Response!.Status));
        Assert.Equal("Bundle.entry[1].Task.status", ((OperationOutcome)answers.Entry[1].Response!.Outcome!).Issue[0].Expression.Single());
        Assert.Equal(1, (await host.Client().GetResource<Bundle>("QuestionnaireResponse")).Total);
    }

    [Fact]
    public async Task A_withdrawn_request_can_be_moved_no_more()
    {
        await using var host = await Asked();
        await host.Get<FhirPublisher>().WithdrawAsync(Given.Ask().RequestId, "The family moved away.", Cancel);

        using var response = await Move(host.Client(), task => (task.Status, task.StatusReason) = (FhirTask.TaskStatus.Accepted, null));

        Assert.Equal((422, "Task.status"), await response.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
        Assert.Equal(RequestStatus.Revoked, ((ServiceRequest)(await host.Client().GetResource<Bundle>("ServiceRequest")).Entry.Single().Resource!).Status);
    }

    internal static QuestionnaireResponse Response(string patientId)
    {
        var response = QuestionnaireResponseWriter.Write(Given.Advice());
        response.Subject = new ResourceReference($"Patient/{patientId}");
        return response;
    }

    internal static void Complete(FhirTask task, string output, FhirTask.TaskStatus status = FhirTask.TaskStatus.Completed)
    {
        task.Status = status;
        task.Output.Add(new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputAdvice), Value = new ResourceReference(output) });
    }

    internal static string Short(FhirHost host, HttpResponseMessage created)
    {
        var location = created.Headers.Location!.ToString();
        return location[(host.Base.Length + 1)..location.IndexOf("/_history", StringComparison.Ordinal)];
    }

    internal static async Task<Bundle> Completion(HttpClient client)
    {
        var task = await client.GetResource<FhirTask>($"Task/{TaskId}");
        Complete(task, "urn:uuid:5d7b4e62-3f8c-4f43-8e4e-000000000001");
        return new Bundle
        {
            Type = Bundle.BundleType.Transaction,
            Entry =
            [
                new() { FullUrl = "urn:uuid:5d7b4e62-3f8c-4f43-8e4e-000000000001", Resource = Response(PatientMapping.IdOf(Given.Ask().Assessment)), Request = new() { Method = Bundle.HTTPVerb.POST, Url = "QuestionnaireResponse" } },
                new() { FullUrl = $"urn:uuid:{TaskId}", Resource = task, Request = new() { Method = Bundle.HTTPVerb.PUT, Url = $"Task/{TaskId}" } },
            ],
        };
    }

    // A batch of one patch that accepts, then a transaction, would be two calls; a batch runs its entries one after the other.
    private static Bundle Completed()
    {
        const string Accept = """[{"op":"replace","path":"/status","value":"accepted"}]""";
        const string Finish = """[{"op":"replace","path":"/status","value":"completed"},{"op":"add","path":"/output","value":[{"type":{"text":"advice"},"valueReference":{"reference":"QuestionnaireResponse?identifier=http://rx1.example/advice|99"}}]}]""";
        var response = Response(PatientMapping.IdOf(Given.Ask().Assessment));
        response.Identifier = new Identifier("http://rx1.example/advice", "99");
        return new Bundle
        {
            Type = Bundle.BundleType.Batch,
            Entry =
            [
                Patch(Accept),
                new() { Resource = response, Request = new() { Method = Bundle.HTTPVerb.POST, Url = "QuestionnaireResponse", IfNoneExist = "identifier=http://rx1.example/advice|99" } },
                Patch(Finish),
            ],
        };

        static Bundle.EntryComponent Patch(string patch) => new()
        {
            Resource = new Binary { ContentType = FhirFormats.JsonPatch, Data = Encoding.UTF8.GetBytes(patch) },
            Request = new() { Method = Bundle.HTTPVerb.PATCH, Url = $"Task/{TaskId}" },
        };
    }
}
