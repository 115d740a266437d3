using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>What a body says in a nil return, when it takes its advice back, and about the day of a document is in the case or refused.</summary>
public sealed class WordsBesideAdviceTests
{
    private static readonly DateOnly Today = new(2026, 11, 28);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, DataType, string?> NilReturns => new()
    {
        { "text", new FhirString("Never seen here."), "Never seen here." },
        { "true", new FhirBoolean(true), "" },
        { "a coding", new Coding("urn:example:reasons", "7", "Moved to Wales"), "Moved to Wales (7)" },
        { "a day", new Date("2026-03-04"), "2026-03-04" },
        { "words of a reference", new ResourceReference { Display = "Letter of 3 March" }, "Letter of 3 March" },
        { "a document", new Attachment { ContentType = "text/plain", Data = Encoding.UTF8.GetBytes("Never seen here.") }, null },
        { "an annotation", new Annotation { Text = new Markdown("Never seen here."), Author = new FhirString("Dr Bello") }, null },
        { "a resource", new ResourceReference("DocumentReference/d"), null },
        { "false", new FhirBoolean(false), null },
    };

    [Theory]
    [MemberData(nameof(NilReturns))]
    public void A_nil_return_says_all_that_it_holds_or_is_refused(string what, DataType value, string? said)
    {
        var task = new FhirTask { Output = [new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputNilReturn), Value = value }] };
        var letter = new DocumentReference { Status = DocumentReferenceStatus.Current, Description = "A letter that nobody would read" };

        var read = AdviceInTask.Read(task, _ => letter, Today);

        Assert.Equal((what, said), (what, read.Value?.NilReturn));
        Assert.Equal(said is null, read.Problems.Any(problem => problem.Path.StartsWith("Task.output", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ruled-out", "Ruled out", "Ruled out")]
    [InlineData("ruled-out", null, "Ruled out")]
    [InlineData("ruled-out", "Confirmed", "Ruled out (\u201CConfirmed\u201D)")]
    public void The_code_of_an_option_decides_what_was_chosen_whatever_is_shown_for_it(string code, string? display, string said)
    {
        var response = Answering.Response("x");
        response.Item.Add(new()
        {
            LinkId = "diagnosis",
            Item =
            [
                new() { LinkId = "diagnosis.text", Answer = [new() { Value = new FhirString("Epilepsy") }] },
                new() { LinkId = "diagnosis.standing", Answer = [new() { Value = new Coding(FhirUris.AdviceFormCodes, code, display) }] },
            ],
        });

        var read = Contracts.Fhir.Answering.QuestionnaireReading.Read(response, Given.NoDocuments());

        Assert.Contains($"Standing: {said}", read.Value!.Notes.Single(note => note.Heading == "Diagnosis").Text.Split('\n'));
    }

    [Fact]
    public void Yes_and_no_to_one_question_is_refused()
    {
        var response = Answering.Response("x");
        var provision = response.Item.First(item => item.LinkId == "provision");
        provision.Item.RemoveAll(item => item.LinkId == "provision.adulthood");
        provision.Item.Add(new() { LinkId = "provision.adulthood", Answer = [new() { Value = new FhirBoolean(true) }, new() { Value = new FhirBoolean(false) }] });

        var read = Contracts.Fhir.Answering.QuestionnaireReading.Read(response, Given.NoDocuments());

        Assert.EndsWith("answer[1].value", Assert.Single(read.Problems).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_on_which_a_document_was_made_is_the_day_of_the_advice_or_a_note()
    {
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Content = [new() { Attachment = new Attachment { ContentType = "text/plain", Data = "Report."u8.ToArray(), Creation = "2024-02-29" } }],
        };
        var task = new FhirTask { Output = [new() { Type = new CodeableConcept { Text = "advice" }, Value = new ResourceReference("DocumentReference/d") }] };

        Assert.Equal(new DateOnly(2024, 2, 29), AdviceInTask.Read(task, _ => document, Today).Value!.Content!.WrittenOn);

        document.Date = new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);
        var content = AdviceInTask.Read(task, _ => document, Today).Value!.Content!;
        Assert.Equal(new DateOnly(2026, 3, 4), content.WrittenOn);
        Assert.Contains(content.Notes, note => note.Text == "2024-02-29");
    }

    [Fact]
    public void A_document_that_comes_twice_keeps_both_its_names()
    {
        Attachment Named(string? title) => new() { ContentType = "text/plain", Data = "Report."u8.ToArray(), Title = title };
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Content = [new() { Attachment = Named("Hearing test") }, new() { Attachment = Named("Seen on 3 March with her father") }, new() { Attachment = Named(null) }],
        };
        var task = new FhirTask { Output = [new() { Type = new CodeableConcept { Text = "advice" }, Value = new ResourceReference("DocumentReference/d") }] };

        var content = AdviceInTask.Read(task, _ => document, Today).Value!.Content!;

        var said = content.Notes.Select(note => note.Text).Append(Assert.Single(content.Attachments).FileName).ToList();
        Assert.All((string[])["Hearing test", "Seen on 3 March with her father"], name => Assert.Contains(said, text => text.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_nil_return_keeps_the_codes_and_what_is_shown_for_the_hubs_own_code()
    {
        var task = new FhirTask
        {
            Output =
            [
                new()
                {
                    Type = new CodeableConcept { Coding = [new Coding(FhirUris.TaskOutputCodes, RequestCodes.OutputNilReturn, "Discharged in 2024")] },
                    Value = new CodeableConcept { Text = "Not on the caseload", Coding = [new Coding("urn:example:reasons", "D24", "Discharged")] },
                },
            ],
        };

        var said = AdviceInTask.Read(task, _ => null, Today).Value!.NilReturn!;

        Assert.Equal("Discharged in 2024\nNot on the caseload, Discharged (D24)", said);
    }

    [Theory]
    [InlineData("QuestionnaireResponse")]
    [InlineData("Binary")]
    public async Task What_comes_with_a_completed_Task_but_not_in_its_output_is_refused(string type)
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var bundle = await Answering.Completion(host.Client());
        var further = type == "Binary" ? (Resource)new Binary { ContentType = "text/plain", Data = "Report."u8.ToArray() } : (Resource)bundle.Entry[0].Resource!.DeepCopy();
        bundle.Entry.Add(new() { FullUrl = "urn:uuid:5d7b4e62-3f8c-4f43-8e4e-0000000000f1", Resource = further, Request = new() { Method = Bundle.HTTPVerb.POST, Url = type } });

        using var refused = await host.Client().PostAsync("", FhirCalls.Body(bundle), Cancel);

        Assert.Equal((422, "Bundle.entry[2].resource"), await refused.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
        Assert.Single(host.Exchange.Delivered);
        bundle.Entry.RemoveAt(2);
        using var taken = await host.Client().PostAsync("", FhirCalls.Body(bundle), Cancel);
        Assert.Equal(200, (int)taken.StatusCode);
    }

    [Fact]
    public async Task Why_the_author_takes_advice_back_is_told()
    {
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        using var done = await host.Client().PostAsync("", FhirCalls.Body(await Answering.Completion(host.Client())), Cancel);
        var response = (QuestionnaireResponse)(await host.Client().GetResource<Bundle>("QuestionnaireResponse")).Entry.Single().Resource!;
        response.Status = QuestionnaireResponse.QuestionnaireResponseStatus.EnteredInError;
        response.Text = new Narrative { Status = Narrative.NarrativeStatus.Additional, Div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">This was written about her twin.</div>" };

        using var update = await host.Client().Send(HttpMethod.Put, $"QuestionnaireResponse/{response.Id}", FhirCalls.Body(response));

        Assert.Equal(200, (int)update.StatusCode);
        Assert.Contains("This was written about her twin.", host.Exchange.Delivered[^1].Reason, StringComparison.Ordinal);
        Assert.StartsWith("The author marked the advice as entered in error.", host.Exchange.Delivered[^1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contained")]
    [InlineData("another child's record by its full address")]
    public async Task What_a_message_holds_in_its_Task_is_read_or_refused(string what)
    {
        await using var host = await Answering.Asked();
        var message = MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Accepted);
        var task = (FhirTask)message.Entry[1].Resource!;
        switch (what)
        {
            case "contained":
                task.Contained.Add(new Condition { Id = "c", Subject = new ResourceReference("urn:uuid:00000000-0000-4000-8000-000000000003"), Code = new CodeableConcept { Text = "Epilepsy" } });
                task.ReasonReference = new ResourceReference("#c");
                break;
            default:
                task.For = new ResourceReference($"{host.Base}/Patient/another");
                break;
        }

        using var response = await host.Client().Send(HttpMethod.Post, "$process-message", FhirCalls.Body(message), MessagesAndSubscriptions.Ids());

        Assert.True((int)response.StatusCode == 422 || host.Exchange.Delivered.Any(change => change.Said.Any(said => said.Text.Contains("Epilepsy", StringComparison.Ordinal))), $"{what}: {(int)response.StatusCode}");
    }
}
