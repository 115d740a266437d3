using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Intake;
using IntegrationHub.Hub.Tests.Access;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>A body posts its answer and does not complete its Task: the body is told what is missing, and after a day an officer is.</summary>
public sealed class PostedAloneTests
{
    private static readonly (string, string) Outcome = ("Prefer", "return=OperationOutcome");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("answer")]
    [InlineData("answer to the request")]
    [InlineData("document")]
    [InlineData("letter")]
    [InlineData("letter that gives only the NHS number")]
    public async Task Content_that_is_posted_alone_is_told_to_the_body_at_once_and_to_an_officer_after_a_day(string what)
    {
        await using var host = await Answering.Asked();

        using var created = await PostAsync(host, await ContentAsync(host, what));

        var reference = Answering.Short(host, created);
        var said = (await created.Resource<OperationOutcome>()).Issue.Single();
        Assert.Equal(
            (OperationOutcome.IssueSeverity.Information, $"{reference} is stored but is not advice yet: set the status of Task/{Answering.TaskId} to completed, with a Task.output that refers to it."),
            (said.Severity!.Value, said.Diagnostics));

        host.Time.Advance(TimeSpan.FromHours(23));
        await host.Get<PostedContentSweep>().SweepAsync(Cancel);
        Assert.Empty(host.Exchange.Troubles);

        host.Time.Advance(TimeSpan.FromHours(2));
        await host.Get<PostedContentSweep>().SweepAsync(Cancel);

        var told = Assert.Single(host.Exchange.Troubles.DistinctBy(trouble => trouble.Id));
        Assert.Equal((reference, Given.Ask().RequestId, Given.Ask().Assessment), (told.Posted, told.RequestId, told.Assessment));
        Assert.StartsWith($"{reference} was sent to the hub's FHIR endpoint on 2 March 2026, 09:30, but Task/{Answering.TaskId} is not completed with it.", told.Detail, StringComparison.Ordinal);

        // Where the stored place is lost, the same is told under the same id, which the case drops.
        await host.Store.StorePositionAsync($"posted/{reference[..reference.IndexOf('/', StringComparison.Ordinal)]}", 0, Cancel);
        await host.Get<PostedContentSweep>().SweepAsync(Cancel);
        Assert.Single(host.Exchange.Troubles.DistinctBy(trouble => trouble.Id));
    }

    [Theory]
    [InlineData("the Task is completed with it")]
    [InlineData("its author withdraws it")]
    [InlineData("the council withdraws the request")]
    public async Task Nobody_is_told_if_within_the_day(string what)
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var response = Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment));
        using var created = await PostAsync(host, response);
        var reference = Answering.Short(host, created);

        host.Time.Advance(TimeSpan.FromHours(23));
        switch (what)
        {
            case "the Task is completed with it":
                using (var done = await Answering.Move(host.Client(), task => Answering.Complete(task, reference)))
                {
                    Assert.Equal(200, (int)done.StatusCode);
                }

                break;
            case "its author withdraws it":
                response.Id = reference[(reference.IndexOf('/', StringComparison.Ordinal) + 1)..];
                response.Status = QuestionnaireResponse.QuestionnaireResponseStatus.EnteredInError;
                using (var withdrawn = await host.Client().Send(HttpMethod.Put, reference, FhirCalls.Body(response)))
                {
                    Assert.Equal(200, (int)withdrawn.StatusCode);
                }

                break;
            default:
                await host.Get<FhirPublisher>().WithdrawAsync(Given.Ask().RequestId, "The family moved away.", Cancel);
                break;
        }

        host.Time.Advance(TimeSpan.FromHours(50));
        await host.Get<PostedContentSweep>().SweepAsync(Cancel);
        Assert.Empty(host.Exchange.Troubles);
    }

    [Fact]
    public async Task Content_for_no_open_request_is_answered_as_any_other()
    {
        await using var host = await Answering.Asked();
        await host.Get<FhirPublisher>().WithdrawAsync(Given.Ask().RequestId, "The family moved away.", Cancel);

        using var created = await PostAsync(host, await ContentAsync(host, "answer"));

        Assert.Equal((201, "taken."), ((int)created.StatusCode, (await created.Resource<OperationOutcome>()).Issue.Single().Diagnostics));
    }

    [Fact]
    public async Task An_entry_of_a_batch_says_what_is_missing_and_a_transaction_that_completes_the_task_does_not()
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var completion = await Answering.Completion(host.Client());
        var alone = new Bundle { Type = Bundle.BundleType.Batch, Entry = [(Bundle.EntryComponent)completion.Entry[0].DeepCopy()] };

        using var batch = await host.Client().PostAsync("", FhirCalls.Body(alone), Cancel);
        using var whole = await host.Client().PostAsync("", FhirCalls.Body(completion), Cancel);

        var outcome = Assert.IsType<OperationOutcome>((await batch.Resource<Bundle>()).Entry.Single().Response!.Outcome);
        Assert.Contains($"set the status of Task/{Answering.TaskId} to completed", outcome.Issue.Single().Diagnostics, StringComparison.Ordinal);
        Assert.All((await whole.Resource<Bundle>()).Entry, entry => Assert.Null(entry.Response!.Outcome));
    }

    [Fact]
    public async Task The_case_has_one_task_for_it_until_the_advice_arrives()
    {
        await using var host = await Answering.Asked();
        await using var hub = await HubUnderTest.StartAsync();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        using var created = await PostAsync(host, await ContentAsync(host, "answer"));
        var reference = Answering.Short(host, created);
        host.Time.Advance(TimeSpan.FromHours(25));
        await host.Get<PostedContentSweep>().SweepAsync(Cancel);
        var id = await hub.SeedAsync("posted");
        var exchange = WordsInTheCase.ExchangeOf(hub);
        var told = host.Exchange.Troubles.First() with { Assessment = id, RequestId = RequestNames.Of(id, "medical-1") };

        await exchange.NotAcceptedAsync(told, Cancel);
        await exchange.NotAcceptedAsync(told, Cancel);

        var task = Assert.Single((await hub.Store.LoadAsync(id, Cancel)).State.Attention, a => a.Id == $"posted-medical-1-{reference.Replace('/', '-')}");
        Assert.Contains(told.Detail, task.Text, StringComparison.Ordinal);

        using var done = await Answering.Move(host.Client(), one => Answering.Complete(one, reference));
        await WordsInTheCase.DeliverAsync(exchange, id, host.Exchange.Delivered);

        var after = (await hub.Store.LoadAsync(id, Cancel)).State;
        Assert.Single(after.Advice);
        Assert.DoesNotContain(after.Attention, a => a.Id == task.Id);
    }

    private static Task<HttpResponseMessage> PostAsync(FhirHost host, Resource content) =>
        host.Client().Send(HttpMethod.Post, content.TypeName, FhirCalls.Body(content), Outcome);

    private static async Task<Resource> ContentAsync(FhirHost host, string what)
    {
        var response = Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment));
        var letter = AdviceLetter.Bundle();
        switch (what)
        {
            case "answer":
                return response;
            case "answer to the request":
                response.Subject = null;
                response.BasedOn = [new ResourceReference($"ServiceRequest/{RequestResources.ServiceRequestId(Given.Ask().RequestId)}")];
                return response;
            case "document":
                using (var binary = await host.Client().PostAsync("Binary", FhirCalls.Body("%PDF-1.7 report"u8.ToArray(), "application/pdf"), Cancel))
                {
                    return new DocumentReference
                    {
                        Status = DocumentReferenceStatus.Current,
                        Subject = new ResourceReference(Answering.PatientPath),
                        Content = [new() { Attachment = new Attachment { ContentType = "application/pdf", Url = Answering.Short(host, binary) } }],
                    };
                }

            case "letter":
                return letter;
            default:
                ((Composition)letter.Entry[0].Resource!).Subject = new ResourceReference { Identifier = new Identifier(FhirUris.NhsNumber, "9449307873") };
                return letter;
        }
    }
}
