using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>The plan is downloaded, edited in Word and brought back: each change is shown before it is taken, all are taken or none, and nothing is overwritten.</summary>
public sealed class WordRoundTripTests
{
    private const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    internal static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_changed_in_Word_is_shown_line_by_line_and_taken_with_both_texts_and_the_file()
    {
        await using var hub = await StartAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        var id = await PlanEditorTests.DraftingAsync(hub, "word");
        var (letter, line) = await LineAsync(hub, id);
        Assert.NotNull((await desk.OpenAsync($"/workspace/cases/{id}/plan")).QuerySelector($"a[href='/workspace/cases/{id}/plan/word']"));
        var file = Edit(await DownloadAsync(hub, desk, id), row =>
        {
            Assert.Equal(line.Text, Words(row, 1));
            Type(row, 1, "Different words.");
            Type(row.ElementsAfterSelf(W + "tr").Last(), 1, "A line that is new.");
        }, line.Text);

        using var shown = await UploadAsync(desk, id, file);
        var page = await Desk.ReadAsync(shown);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        var inserted = page.QuerySelectorAll("#word-take ins").Select(one => one.TextContent).ToList();
        Assert.Contains(inserted, text => text.Contains("Different", StringComparison.Ordinal));
        Assert.Contains("[inserted: A line that is new.]", inserted);
        Assert.NotEmpty(page.QuerySelectorAll("#word-take del"));
        var boxes = page.QuerySelectorAll("input[name=take]").Cast<IHtmlInputElement>().ToList();
        Assert.Equal([true, true], boxes.Select(box => box.IsChecked));
        Assert.Empty((await hub.Store.LoadAsync(id, Stop)).State.Edits);

        using var none = await TakeAsync(desk, page, []);
        Assert.Contains("Tick at least one", (await Desk.ReadAsync(none)).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        using var taken = await TakeAsync(desk, page, boxes.Select(box => box.Value));
        Assert.Equal($"/workspace/cases/{id}/plan/word?done=edit-plan", taken.Headers.Location!.OriginalString);
        using var twice = await TakeAsync(desk, page, boxes.Select(box => box.Value));
        Assert.Equal(taken.Headers.Location, twice.Headers.Location);

        var (_, changed) = await LineAsync(hub, id);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        Assert.Equal(("Different words.", line.Text, line.Text), (changed.Text, changed.From.OriginalText, changed.From.Changes[^1].TextBefore));
        Assert.Equal((line.Who, line.HowOften, line.HowLong), (changed.Who, changed.HowOften, changed.HowLong));
        Assert.Equal($"From a Word file uploaded by officer-a, SHA-256 {hash}.", changed.From.Changes[^1].Reason);
        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        Assert.Equal(2, state.Edits.Count);
        Assert.Contains((await PlanAsync(hub, id)).Section(letter).Lines, one => one.Text == "A line that is new.");
        Assert.Equal(hash, Assert.Single(state.Documents).Document.Sha256);
        using var fetched = await desk.GetAsync($"/workspace/cases/{id}/documents/{hash}");
        Assert.Equal(file, await fetched.Content.ReadAsByteArrayAsync(Stop));
        Assert.Contains("Saved", (await desk.OpenAsync(taken.Headers.Location.OriginalString)).QuerySelector(".done")!.TextContent, StringComparison.Ordinal);

        // Brought again, the file changes nothing any more.
        using var again = await UploadAsync(desk, id, file);
        Assert.Empty((await Desk.ReadAsync(again)).QuerySelectorAll("input[name=take]"));
    }

    [Fact]
    public async Task Whoever_signs_in_again_keeps_the_file_and_the_choice_of_changes()
    {
        await using var hub = await StartAsync();
        using var before = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        using var after = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        var id = await PlanEditorTests.DraftingAsync(hub, "again");
        var (_, line) = await LineAsync(hub, id);
        using var shown = await UploadAsync(before, id, Edit(await DownloadAsync(hub, before, id), row => Type(row, 1, "Words from Word."), line.Text));
        var page = await Desk.ReadAsync(shown);
        var box = Assert.Single(page.QuerySelectorAll("input[name=take]").Cast<IHtmlInputElement>());
        Assert.True(box.IsChecked);

        // The form of the session before has no token of this one: nothing is changed, and the choice stays as it was sent.
        using var back = await TakeAsync(after, page, []);
        var again = await Desk.ReadAsync(back);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.StatusCode);
        Assert.Contains("Nothing was changed", again.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.False(Assert.Single(again.QuerySelectorAll("input[name=take]").Cast<IHtmlInputElement>()).IsChecked);
        Assert.Empty((await hub.Store.LoadAsync(id, Stop)).State.Edits);

        using var taken = await TakeAsync(after, again, [box.Value]);
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.Equal("Words from Word.", (await LineAsync(hub, id)).Line.Text);
    }

    [Fact]
    public async Task What_somebody_else_changed_since_stands_beside_it_and_is_not_overwritten()
    {
        await using var hub = await StartAsync();
        using var first = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        var id = await PlanEditorTests.DraftingAsync(hub, "conflict");
        var (_, line) = await LineAsync(hub, id);
        var file = Edit(await DownloadAsync(hub, first, id), row => Type(row, 1, "Words from Word."), line.Text);
        using var before = await UploadAsync(first, id, file);
        var early = await Desk.ReadAsync(before);
        await hub.SubmitAsync(id, new EditPlan("by-another", "Clearer.", PlanEditCause.Officer, line.Id, NewText: "Words of another officer."));

        // The page that was made before is told about it; the next one shows both.
        using var late = await TakeAsync(first, early, early.QuerySelectorAll("input[name=take]").Cast<IHtmlInputElement>().Select(box => box.Value));
        Assert.NotEqual(HttpStatusCode.Redirect, late.StatusCode);
        using var after = await UploadAsync(first, id, file);
        var page = await Desk.ReadAsync(after);
        Assert.True(after.StatusCode == HttpStatusCode.OK, page.QuerySelector("main")!.TextContent);
        var conflict = page.QuerySelector("section[aria-labelledby=conflicts]")!;
        Assert.Equal(["In the plan now", "In the Word file"], conflict.QuerySelectorAll("h4").Select(one => one.TextContent));
        Assert.Equal(["Words of another officer.", "Words from Word."], conflict.QuerySelectorAll(".said").Select(Read));
        Assert.Empty(page.QuerySelectorAll("input[name=take]"));
        Assert.Equal("Words of another officer.", (await LineAsync(hub, id)).Line.Text);
        Assert.Empty((await hub.Store.LoadAsync(id, Stop)).State.Documents);
    }

    [Fact]
    public async Task A_file_of_another_case_or_of_another_kind_is_refused_in_plain_words()
    {
        await using var hub = await StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var (one, two) = (await PlanEditorTests.DraftingAsync(hub, "one"), await PlanEditorTests.DraftingAsync(hub, "two"));

        Assert.Contains("another case", await RefusedAsync(await DownloadAsync(hub, desk, two), "plan.docx"), StringComparison.Ordinal);
        Assert.Contains("not accepted", await RefusedAsync("%PDF-1.7 words"u8.ToArray(), "plan.pdf"), StringComparison.Ordinal);
        Assert.Contains("The type of the document is not accepted", await RefusedAsync(WithMacro(await DownloadAsync(hub, desk, one)), "plan.docx"), StringComparison.Ordinal);
        Assert.Contains("Choose the Word file", await RefusedAsync([], ""), StringComparison.Ordinal);
        Assert.Empty((await hub.Store.LoadAsync(one, Stop)).State.Edits);

        async Task<string> RefusedAsync(byte[] file, string name)
        {
            using var answer = await UploadAsync(desk, one, file, name);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = await Desk.ReadAsync(answer);
            Assert.Equal("#word-file", page.QuerySelector(".errors a")!.GetAttribute("href"));
            return page.QuerySelector("#word-file-error")!.TextContent;
        }
    }

    /// <summary>The later text of a marked one.</summary>
    private static string Read(IElement marked)
    {
        foreach (var unread in marked.QuerySelectorAll("del, .quiet"))
        {
            unread.Remove();
        }

        return marked.TextContent;
    }

    private static Task<MonitoredHub> StartAsync() => MonitoredHub.StartAsync(builder => builder.Services.AddSingleton(new KeepingRules { ServeUnscanned = true }));

    /// <summary>The first line of health provision. Each advice of the case has the same words, so that a line is not known by its words.</summary>
    internal static async Task<(PlanSectionLetter Letter, PlanLine Line)> LineAsync(MonitoredHub hub, AssessmentId id) =>
        (PlanSectionLetter.G, (await PlanAsync(hub, id)).Section(PlanSectionLetter.G).Lines[0]);

    private static async Task<PlanDocument> PlanAsync(MonitoredHub hub, AssessmentId id) =>
        PlanReading.Preview((await hub.Store.LoadAsync(id, Stop)).State, Actor.TheHub, hub.Time.GetUtcNow(), hub.Services.GetRequiredService<RuleBook>().For(id))!;

    private static async Task<byte[]> DownloadAsync(MonitoredHub hub, Desk desk, AssessmentId id)
    {
        using var answer = await desk.GetAsync($"/workspace/cases/{id}/plan/word/file");
        Assert.Equal((HttpStatusCode.OK, WordType, "attachment"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("plan as a Word file", (await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(id, 0, 1, Stop))[0].What);
        return await answer.Content.ReadAsByteArrayAsync(Stop);
    }

    private static async Task<HttpResponseMessage> UploadAsync(Desk desk, AssessmentId id, byte[] file, string name = "plan.docx")
    {
        var form = await desk.OpenAsync($"/workspace/cases/{id}/plan/word");
        return name.Length > 0
            ? await desk.SendFileAsync(form, "document", name, WordType, file, [])
            : await desk.PostAsync(form.QuerySelector("#form")!.GetAttribute("action")!, Desk.FieldsOf(form.QuerySelector("#form")!));
    }

    private static Task<HttpResponseMessage> TakeAsync(Desk desk, IHtmlDocument page, IEnumerable<string> keys)
    {
        var form = page.QuerySelector("#word-take")!;
        return desk.PostAllAsync(
            form.GetAttribute("action")!, [.. Desk.FieldsOf(form).Where(field => field.Key != "take").Select(field => (field.Key, field.Value)), ("_take", "yes"), .. keys.Select(key => ("take", key))]);
    }

    /// <summary>The file after somebody has edited the row that holds some words.</summary>
    internal static byte[] Edit(byte[] file, Action<XElement> edit, string words) => Rewritten(file, text =>
    {
        var document = XDocument.Parse(text, LoadOptions.PreserveWhitespace);
        edit(document.Descendants(W + "tr").First(row => row.Descendants(W + "t").Any(one => one.Value == words)));
        return document.ToString(SaveOptions.DisableFormatting);
    }, null);

    private static byte[] WithMacro(byte[] file) => Rewritten(file, text => text, "word/vbaProject.bin");

    internal static byte[] Rewritten(byte[] file, Func<string, string> main, string? more, string words = "")
    {
        using var memory = new MemoryStream();
        memory.Write(file);
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open(), Encoding.UTF8);
            var text = main(reader.ReadToEnd());
            reader.Dispose();
            zip.GetEntry("word/document.xml")!.Delete();
            using (var writer = new StreamWriter(zip.CreateEntry("word/document.xml").Open(), new UTF8Encoding(false)))
            {
                writer.Write(text);
            }

            if (more is not null)
            {
                using var writer = new StreamWriter(zip.CreateEntry(more).Open(), new UTF8Encoding(false));
                writer.Write(words);
            }
        }

        return memory.ToArray();
    }

    private static string Words(XElement row, int cell) => string.Concat(row.Elements(W + "tc").ElementAt(cell).Descendants(W + "t").Select(text => text.Value));

    internal static void Type(XElement row, int cell, string text)
    {
        var at = row.Elements(W + "tc").ElementAt(cell);
        at.Elements(W + "p").Remove();
        at.Add(new XElement(W + "p", new XElement(W + "r", new XElement(W + "t", text))));
    }
}
