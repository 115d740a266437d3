using System.Net;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>What came on paper is kept with the case as it was received, and none of it is lost whatever is wrong with the form.</summary>
public sealed class DocumentTests
{
    private const string Malware = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
    private static readonly byte[] Letter = "Dear council, please assess my child."u8.ToArray();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_on_paper_is_one_page_and_its_letter_lies_in_the_case_that_it_opens()
    {
        await using var hub = await StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.BusinessSupport);

        // Something is wrong first: what was typed comes back, and the letter is already kept.
        var form = await desk.OpenAsync("/workspace/new");
        using var wrong = await desk.SendFileAsync(form, "letter", "letter.txt", "text/plain", Letter, Typed([("child.nhsNumber", "123"), ("child.givenName", "Brindlewick")]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var back = await Desk.ReadAsync(wrong);
        var fields = Desk.FieldsOf(back.QuerySelector("#form")!);
        Assert.Equal(("Brindlewick", "letter.txt", Hash(Letter)), (fields["child.givenName"], fields["letter.fileName"], fields["letter.sha256"]));
        Assert.Contains("letter.txt", back.QuerySelector(".kept")!.TextContent, StringComparison.Ordinal);

        using var sent = await desk.SendAsync(back, "#form", ("child.nhsNumber", ""), ("child.upn", ""));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var id = AssessmentId.TryParse(sent.Headers.Location!.OriginalString.Split('/')[3].Split('?')[0], out var read, out _) ? read : default;
        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        var kept = Assert.Single(state.Documents);
        Assert.Equal((state.Facts!.ReceivedOn, "letter.txt", "text/plain", (long)Letter.Length, Hash(Letter)), (kept.ReceivedOn, kept.Document.FileName, kept.Document.ContentType, kept.Document.Size, kept.Document.Sha256));

        var list = await desk.OpenAsync($"/workspace/cases/{id}/documents");
        Assert.Contains(Hash(Letter), list.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        using var got = await desk.GetAsync($"/workspace/cases/{id}/documents/{Hash(Letter)}");
        Assert.Equal(Letter, await got.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("attachment", got.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("a document", (await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(id, 0, 1, Stop))[0].What);
    }

    [Fact]
    public async Task The_same_form_sent_twice_opens_one_case_with_one_letter()
    {
        await using var hub = await StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var form = await desk.OpenAsync("/workspace/new");

        using var one = await desk.SendFileAsync(form, "letter", "letter.txt", "text/plain", Letter, Typed([("child.givenName", "Brindlewick"), ("child.nhsNumber", ""), ("child.upn", "")]));
        using var two = await desk.SendFileAsync(form, "letter", "letter.txt", "text/plain", Letter, Typed([("child.givenName", "Brindlewick"), ("child.nhsNumber", ""), ("child.upn", "")]));

        Assert.Equal((HttpStatusCode.Redirect, one.Headers.Location), (two.StatusCode, two.Headers.Location));
        var id = AssessmentId.TryParse(one.Headers.Location!.OriginalString.Split('/')[3].Split('?')[0], out var read, out _) ? read : default;
        Assert.Single(await hub.Store.EventsAsync(id, cancellationToken: Stop), e => e.What is DocumentRecorded);
    }

    [Theory]
    [InlineData("letter.txt", "application/pdf", "Dear council", "does not match its content")]
    [InlineData("letter.pdf", "application/pdf", Malware, "Malware")]
    [InlineData("letter.exe", "application/octet-stream", "MZ\0\0\u0001", "The type of the document is not accepted")]
    [InlineData("letter.txt", "text/plain", "", "not accepted")]
    public async Task What_is_not_taken_is_said_at_its_field_and_what_was_typed_comes_back(string name, string type, string content, string why)
    {
        await using var hub = await StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var form = await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/record-document");

        using var sent = await desk.SendFileAsync(
            form, "document", name, type, Encoding.Latin1.GetBytes(content), [("what", "A letter"), ("receivedOn/day", "1"), ("receivedOn/month", "7"), ("receivedOn/year", "2026")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        var page = await Desk.ReadAsync(sent);
        Assert.Equal("#document", Assert.Single(page.QuerySelectorAll(".errors a")).GetAttribute("href"));
        Assert.Contains(why, page.QuerySelector("#document-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("A letter", Desk.FieldsOf(page.QuerySelector("#form")!)["what"]);
        Assert.Empty((await hub.Store.LoadAsync(hub.Late, Stop)).State.Documents);
    }

    [Fact]
    public async Task Every_form_that_names_a_document_takes_it_as_a_file_also_where_another_row_is_asked_for()
    {
        await using var hub = await StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var form = await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/record-family-evidence");
        Assert.Equal("multipart/form-data", form.QuerySelector("#form")!.GetAttribute("enctype"));

        using var more = await desk.SendFileAsync(form, "documents[0]", "one.txt", "text/plain", Letter, [("_add", "documents")]);
        var page = await Desk.ReadAsync(more);
        Assert.Equal(2, page.QuerySelectorAll("input[type=file]").Length);
        using var sent = await desk.SendFileAsync(
            page, "documents[1]", "two.txt", "text/plain", "And this."u8.ToArray(), [("kind", "Evidence"), ("receivedOn/day", "1"), ("receivedOn/month", "7"), ("receivedOn/year", "2026")]);

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal(["one.txt", "two.txt"], Assert.Single((await hub.Store.LoadAsync(hub.Late, Stop)).State.FamilyEvidence).Documents.Select(document => document.FileName));
        Assert.Equal(2, (await desk.OpenAsync($"/workspace/cases/{hub.Late}/documents")).QuerySelectorAll("tbody tr").Length);
    }

    /// <summary>Puts a document into a case and answers its hash.</summary>
    internal static async Task<string> PutAsync(MonitoredHub hub, AssessmentId id)
    {
        var by = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-17" };
        var kept = await KeepAsync(hub, id);
        await hub.SubmitAsync(id, new RecordDocument("document-1", "A letter", new DateOnly(2026, 7, 1), kept.Value!), by);
        return kept.Value!.Sha256;
    }

    /// <summary>Keeps a document with a case that does not refer to it yet.</summary>
    internal static async Task<StoreResult<Contracts.Advice.AttachmentRef>> KeepAsync(MonitoredHub hub, AssessmentId id)
    {
        using var content = new MemoryStream(Letter);
        return await hub.Services.GetRequiredService<AttachmentStore>().KeepAsync(id, DocumentSender.Of(new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-17" })!.Value, "letter.txt", "text/plain", content, Stop);
    }

    private static Task<MonitoredHub> StartAsync() => MonitoredHub.StartAsync(builder => builder.Services.AddSingleton(new KeepingRules { ServeUnscanned = true }));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The example of a request, with some of it typed otherwise.</summary>
    private static (string, string)[] Typed((string, string)[] otherwise) =>
    [
        .. Functions.Workspace.Forms.FormValues.Of(Functions.Council.InputExamples.Of("open-assessment")).All.Select(typed => (typed.Key, typed.Value)), .. otherwise,
        ("child.familyName", "Thornquist"), ("child.dateOfBirth/day", "5"), ("child.dateOfBirth/month", "5"), ("child.dateOfBirth/year", "2015"),
    ];
}
