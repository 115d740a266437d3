using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.Logging.Abstractions;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>From what a body sends over FHIR to what the officer of the case sees and can fetch.</summary>
public sealed class WordsInTheCase
{
    private static readonly Action<FhirTask> Accept = task => task.Status = FhirTask.TaskStatus.Accepted;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_with_words_beside_a_list_glued_cells_and_other_sections_loses_none()
    {
        await using var host = await Answering.Asked();
        await using var hub = await HubUnderTest.StartAsync();
        using var accepted = await Answering.Move(host.Client(), Accept);
        var letter = AdviceLetter.Bundle();
        var composition = (Composition)letter.Entry[0].Resource!;
        composition.Section =
        [
            Section("needs-health", "needs-health", "Has epilepsy; must not swim alone.<ul><li>Wears hearing aids.</li></ul>"),
            Section("needs-education", "needs-education", "<table><tr><td>Reading</td><td>at Year 2 level</td></tr></table>"),
            Section("provision-health", "provision-health", "Audiology<br/>twice a year"),
            Section("Allergies", null, "<p>Severe nut allergy; carries adrenaline.</p>"),
        ];
        using var created = await host.Client().PostAsync("Bundle", FhirCalls.Body(letter), Cancel);
        using var done = await Answering.Move(host.Client(), task => Answering.Complete(task, Answering.Short(host, created)));
        Assert.Equal(200, (int)done.StatusCode);

        var id = await DeliverAsync(hub, host.Exchange.Delivered);

        var advice = Assert.Single((await hub.Store.LoadAsync(id, Cancel)).State.Advice).Content;
        Assert.Equal(["Has epilepsy; must not swim alone.", "Wears hearing aids.", "Reading at Year 2 level"], advice.Needs.Select(need => need.Text));
        Assert.Equal("Audiology twice a year", Assert.Single(advice.Provision).Text);
        Assert.Equal([new AdviceNote("Allergies", "Severe nut allergy; carries adrenaline.")], advice.Notes);
        using var whole = await hub.GetAsync($"/v1/cases/{id}/attachments/{advice.Attachments[0].Sha256}", hub.Officer());
        Assert.Equal((200, "application/fhir+json"), ((int)whole.StatusCode, whole.Content.Headers.ContentType!.MediaType));
        Assert.Contains("must not swim alone", await whole.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string?> Documents => new()
    {
        { "text/html", "<html><body><h1>Letter</h1><script>steal()</script><form>Wears <input value=\"glasses\"></form></body></html>", "text/html" },
        { "text/html; charset=utf-8", "<p onclick=\"x()\">Uses signs.</p>", "text/html" },
        { "text/csv", "need;since\nasthma;2019", "text/plain" },
        { "application/json", """{"weight":"31 kg"}""", "application/json" },
        { "application/fhir+json", """{"resourceType":"Basic","code":{"text":"x"}}""", "application/fhir+json" },
        { "application/fhir+xml", "<Basic xmlns=\"http://hl7.org/fhir\"><code><text value=\"x\"/></code></Basic>", "application/fhir+xml" },
        { "application/fhir+xml", "<Basic xmlns=\"http://hl7.org/fhir\"><text><div xmlns=\"http://www.w3.org/1999/xhtml\"><script>x()</script></div></text></Basic>", null },
        { "image/gif", "GIF89a...", null },
        { "application/pdf", "Not a PDF.", null },
        { "text/html", "<script>only()</script>", null },
        { "application/zip", "PK\u0003\u0004", null },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_document_is_fetched_by_the_officer_or_refused_when_it_is_handed_in(string type, string text, string? kept)
    {
        await using var host = await Answering.Asked();
        await using var hub = await HubUnderTest.StartAsync();
        using var accepted = await Answering.Move(host.Client(), Accept);
        using var created = await host.Client().PostAsync("DocumentReference", FhirCalls.Body(Reference(type, text)), Cancel);

        // What says that it is FHIR and cannot be read is refused at once: nobody can tell whom it is about.
        using var done = created.IsSuccessStatusCode ? await Answering.Move(host.Client(), task => Answering.Complete(task, Answering.Short(host, created))) : created;

        if (kept is null)
        {
            Assert.Equal((422, "DocumentReference.content[0].attachment"), await done.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
            return;
        }

        Assert.Equal(200, (int)done.StatusCode);
        var id = await DeliverAsync(hub, host.Exchange.Delivered);
        var listed = Assert.Single((await hub.Store.LoadAsync(id, Cancel)).State.Advice[0].Content.Attachments);
        using var fetched = await hub.GetAsync($"/v1/cases/{id}/attachments/{listed.Sha256}", hub.Officer());
        Assert.Equal((200, kept, kept), ((int)fetched.StatusCode, listed.ContentType, fetched.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public void A_web_page_keeps_every_word_and_nothing_that_acts()
    {
        const string Page = """
            <html><head><title>Clinic letter</title><meta name="description" content="Of June"><!-- for the school --></head><body onload="x()">
            <script>steal()</script><form action="https://else.example"><label>Wears</label><input value="glasses"></form>
            <img src="https://else.example/seen.gif" alt="An audiogram"><iframe src="https://else.example">Framed words</iframe><p style="display:none">Has asthma</p></body></html>
            """;

        var form = AttachmentForm.Of("text/html", Encoding.UTF8.GetBytes(Page)).Value!;
        var kept = Encoding.UTF8.GetString(form.Bytes);

        Assert.All((string[])["Clinic letter", "Of June", "for the school", "Wears", "glasses", "An audiogram", "Framed words", "Has asthma"], word => Assert.Contains(word, kept, StringComparison.Ordinal));
        Assert.All((string[])["steal", "onload", "else.example", "<form", "<iframe", "display"], word => Assert.DoesNotContain(word, kept, StringComparison.Ordinal));
        Assert.Equal("text/html; charset=utf-8", AttachmentForm.StoredMediaType(form.Bytes));
        Assert.Equal(kept, Encoding.UTF8.GetString(AttachmentForm.Of("text/html", form.Bytes).Value!.Bytes));
    }

    [Fact]
    public async Task A_pause_its_reason_notes_and_an_exception_reach_the_case()
    {
        await using var host = await Answering.Asked();
        await using var hub = await HubUnderTest.StartAsync();
        using var accepted = await Answering.Move(host.Client(), Accept);
        using var paused = await Answering.Move(host.Client(), task =>
        {
            (task.Status, task.StatusReason) = (FhirTask.TaskStatus.OnHold, new CodeableConcept("http://example.org/reasons", "inpatient", "In hospital", "Until July"));
            task.Note.Add(new Annotation { Text = new Markdown("The ward will call."), Author = new FhirString("Sister Example") });
        });
        using var claimed = await Answering.Move(host.Client(), task => task.BusinessStatus = new CodeableConcept(FhirUris.RequestProgressCodes, "exception-claimed", "Exception claimed", "Missed two appointments"));

        var id = await DeliverAsync(hub, host.Exchange.Delivered);

        var state = (await hub.Store.LoadAsync(id, Cancel)).State;
        var said = (await hub.Store.EventsAsync(id, 0, 1000, Cancel)).Select(recorded => recorded.What).OfType<AdviceRequestReported>().ToList();
        Assert.Equal(
            [
                (AdviserReport.OnHold, "Until July; In hospital (inpatient)"), (AdviserReport.Note, "The ward will call. (Sister Example)"),
                (AdviserReport.ExceptionClaimed, "Missed two appointments; Exception claimed"),
            ],
            said.Select(report => (report.Report, report.Text)));
        Assert.NotNull(state.Requests.Single(request => request.Id == "medical-1").OnHoldSince);
        Assert.Superset(new HashSet<string> { "on-hold-medical-1", "said-medical-1", "exception-said-medical-1" }, state.Attention.Select(attention => attention.Id).ToHashSet());
    }

    public static TheoryData<string, Action<FhirTask>, string> Unheard => new()
    {
        { "output before the end", task => Answering.Complete(task, "Bundle/1", FhirTask.TaskStatus.InProgress), "Task.output" },
        { "an extension of a note", task => task.Note.Add(new Annotation { Text = new Markdown("x"), Extension = [new Extension("http://example.org/x", new FhirString("y"))] }), "Task.note[0]" },
        { "a link in the narrative", task => task.Text = new Narrative { Status = Narrative.NarrativeStatus.Additional, Div = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"http://x.example\">y</a></div>" }, "Task.text" },
    };

    [Theory]
    [MemberData(nameof(Unheard))]
    public async Task What_nobody_would_read_is_refused_with_its_place(string what, Action<FhirTask> move, string path)
    {
        _ = what;
        await using var host = await Answering.Asked();
        using var accepted = await Answering.Move(host.Client(), Accept);

        using var response = await Answering.Move(host.Client(), move);

        Assert.Equal((422, path), await response.Refusal() is var (status, issue) ? (status, issue.Expression.Single()) : default);
    }

    [Fact]
    public async Task A_second_completion_corrects_and_entered_in_error_takes_back()
    {
        await using var host = await Answering.Asked();
        await using var hub = await HubUnderTest.StartAsync();
        using var accepted = await Answering.Move(host.Client(), Accept);
        using var first = await host.Client().PostAsync("DocumentReference", FhirCalls.Body(Reference("text/plain", "The right ear.")), Cancel);
        using var done = await Answering.Move(host.Client(), task => Answering.Complete(task, Answering.Short(host, first)));
        using var second = await host.Client().PostAsync("DocumentReference", FhirCalls.Body(Reference("text/plain", "The left ear.")), Cancel);

        using var corrected = await Answering.Move(host.Client(), task =>
        {
            task.Output.Clear();
            Answering.Complete(task, Answering.Short(host, second));
        });
        var document = await host.Client().GetResource<DocumentReference>(Answering.Short(host, second));
        document.Status = DocumentReferenceStatus.EnteredInError;
        using var taken = await host.Client().Send(HttpMethod.Put, Answering.Short(host, second), FhirCalls.Body(document));

        Assert.Equal([200, 200], new[] { corrected, taken }.Select(answer => (int)answer.StatusCode));
        var id = await DeliverAsync(hub, host.Exchange.Delivered);
        var state = (await hub.Store.LoadAsync(id, Cancel)).State;
        Assert.Equal([("medical-1.2", false), (null, true)], state.Advice.Select(advice => (advice.CorrectedBy, advice.RetractedOn is not null)));
        Assert.True(state.Requests.Single(request => request.Id == "medical-1").IsOpen);
        foreach (var advice in state.Advice)
        {
            using var kept = await hub.GetAsync($"/v1/cases/{id}/attachments/{advice.Content.Attachments[0].Sha256}", hub.Officer());
            Assert.Equal(200, (int)kept.StatusCode);
        }
    }

    [Fact]
    public async Task A_nil_return_in_the_questionnaire_declines_with_its_words()
    {
        await using var host = await Answering.Asked();
        await using var hub = await HubUnderTest.StartAsync();
        using var accepted = await Answering.Move(host.Client(), Accept);
        var response = Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment));
        response.Item.RemoveAll(item => item.LinkId != "author");
        response.Item.Add(new() { LinkId = "known", Answer = [new() { Value = new Coding(FhirUris.AdviceFormCodes, "not-known") }] });
        response.Item.Add(new() { LinkId = "known.words", Answer = [new() { Value = new FhirString("Discharged in 2019.") }] });
        using var created = await host.Client().PostAsync("QuestionnaireResponse", FhirCalls.Body(response), Cancel);

        using var done = await Answering.Move(host.Client(), task => Answering.Complete(task, Answering.Short(host, created)));

        Assert.Equal(200, (int)done.StatusCode);
        var id = await DeliverAsync(hub, host.Exchange.Delivered);
        var request = (await hub.Store.LoadAsync(id, Cancel)).State.Requests.Single(r => r.Id == "medical-1");
        Assert.Equal(Orchestrations.Advice.RequestStatus.Declined, request.Status);
        Assert.Contains("Discharged in 2019.", request.StatusReason, StringComparison.Ordinal);
        Assert.Contains(Given.Advice().Author, request.StatusReason, StringComparison.Ordinal);
    }

    // The endpoint's tests record what they deliver; here the same changes come to a real case.
    private static async Task<AssessmentId> DeliverAsync(HubUnderTest hub, IEnumerable<TaskChange> changes)
    {
        var id = await hub.SeedAsync("words");
        await DeliverAsync(ExchangeOf(hub), id, changes);
        return id;
    }

    internal static AssessmentExchange ExchangeOf(HubUnderTest hub) => new(
        hub.Store, hub.Part<Orchestrations.Assessments.RuleBook>(), hub.Part<Functions.Council.TakeInput>(), hub.Part<AttachmentStore>(), hub.Part<KeepingRules>(), hub.Time, NullLogger<AssessmentExchange>.Instance);

    internal static async Task DeliverAsync(AssessmentExchange exchange, AssessmentId id, IEnumerable<TaskChange> changes)
    {
        foreach (var change in changes)
        {
            var ours = change with { Assessment = id, RequestId = RequestNames.Of(id, "medical-1"), Advice = change.Advice is { } advice ? advice with { WrittenOn = new DateOnly(2026, 6, 1) } : null };
            Assert.Null((await exchange.CheckAsync(ours, Cancel)).Refusal);
            await exchange.DeliverAsync(ours, Cancel);
        }
    }

    private static DocumentReference Reference(string type, string text) => new()
    {
        Status = DocumentReferenceStatus.Current,
        Subject = new ResourceReference(Answering.PatientPath),
        Content = [new() { Attachment = new Attachment { ContentType = type, Title = "letter", Data = Encoding.UTF8.GetBytes(text) } }],
    };

    private static Composition.SectionComponent Section(string title, string? code, string html) => new()
    {
        Title = title,
        Code = code is null ? new CodeableConcept("http://snomed.info/sct", "886921000000105") : new CodeableConcept(FhirUris.AdviceSectionCodes, code),
        Text = new Narrative { Status = Narrative.NarrativeStatus.Additional, Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{html}</div>" },
    };
}
