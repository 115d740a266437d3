using System.IO.Compression;
using System.Net;
using System.Text;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Tests.Contributing;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Families;

/// <summary>Files that are two types at once, archives that expand without limit, and requests that are sent once more: docs/contributors.md has the table.</summary>
public sealed class PolyglotAttackTests
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Script = "<html><script>alert(1)</script></html>";
    private const long LargerThanAnyDocument = 600L * 1024 * 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PDF and page", "application/pdf", HttpStatusCode.Redirect)]
    [InlineData("PDF and page", "text/html; charset=utf-8", HttpStatusCode.Redirect)]
    [InlineData("PDF and Word", "application/pdf", HttpStatusCode.Redirect)]
    [InlineData("PDF and Word", Word, HttpStatusCode.UnprocessableEntity)]
    [InlineData("picture and page", "image/png", HttpStatusCode.Redirect)]
    [InlineData("picture and page", "image/svg+xml", HttpStatusCode.UnprocessableEntity)]
    [InlineData("program and Word", Word, HttpStatusCode.UnprocessableEntity)]
    [InlineData("program and Word", "application/octet-stream", HttpStatusCode.UnprocessableEntity)]
    [InlineData("Word with a macro", Word, HttpStatusCode.UnprocessableEntity)]
    [InlineData("page", "text/plain", HttpStatusCode.UnprocessableEntity)]
    [InlineData("Word", Word, HttpStatusCode.Redirect)]
    public async Task A_file_of_two_types_is_kept_as_the_type_it_begins_with_or_not_at_all(string what, string declared, HttpStatusCode expected)
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("polyglot", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);

        using var answer = await ContributorAttackTests.UploadAsync(school.Browser, path, "report.pdf", declared, Polyglot(what));

        Assert.Equal(expected, answer.StatusCode);
        var kept = Kept(hub);
        Assert.Equal(expected == HttpStatusCode.Redirect ? 1 : 0, kept.Count);
        Assert.All(kept, file => Assert.DoesNotContain("<script", Encoding.Latin1.GetString(AsShown(File.ReadAllBytes(file))), StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("expands to 600 MB", HttpStatusCode.UnprocessableEntity)]
    [InlineData("has 2001 parts", HttpStatusCode.UnprocessableEntity)]
    [InlineData("expands to more than it says", HttpStatusCode.Redirect)]
    public async Task A_bomb_in_a_Word_file_is_refused_by_what_it_says_and_never_expanded(string what, HttpStatusCode expected)
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("bomb", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        var bomb = Bomb(what);

        using var answer = await ContributorAttackTests.UploadAsync(school.Browser, path, "report.docx", Word, bomb);

        Assert.Equal(expected, answer.StatusCode);

        // What lies about its size is kept as it was received: the hub opens no part of it.
        Assert.Equal(expected == HttpStatusCode.Redirect ? [bomb.LongLength] : [], Kept(hub).Select(file => new FileInfo(file).Length));
        Assert.Contains("Your advice was received", (await school.AnswerAsync(path)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_a_file_of_two_types_gets_a_download_and_never_a_page()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("download", assess: true);
        using var parent = new Parent(hub);
        var own = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(own);
        using (var added = await ContributorAttackTests.UploadAsync(parent.Browser, $"{own}/evidence", "letter.pdf", "application/pdf", Polyglot("PDF and page")))
        {
            Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        }

        await parent.SendAsync(await parent.Browser.OpenAsync($"{own}/evidence/check"), "main form");
        await File.WriteAllTextAsync($"{Assert.Single(Kept(hub))}.scan", "No threats found", Stop);
        var document = Assert.Single(FamilyEvidence.DocumentsOf(await hub.StateAsync(id)));
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);

        using var read = await school.Browser.GetAsync($"{path}/documents/{document.Sha256}");

        Assert.Equal((HttpStatusCode.OK, "application/pdf", "attachment"), (read.StatusCode, read.Content.Headers.ContentType?.MediaType, read.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Equal("nosniff", read.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", read.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_once_more_takes_effect_once_and_a_used_code_opens_nothing()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("replayed", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        using var sent = await school.Browser.SendAsync(await school.Browser.OpenAsync(path), "form");
        var asked = await Desk.ReadAsync(sent);
        var code = School.CodeTo(hub);
        var form = "form:nth-of-type(2)";
        using (var passed = await school.Browser.SendAsync(asked, form, ("code", code)))
        {
            Assert.Equal(HttpStatusCode.Redirect, passed.StatusCode);
        }

        using (var again = await school.Browser.SendAsync(asked, form, ("code", code)))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        }

        var request = await school.Browser.OpenAsync(path);
        var question = await school.Browser.OpenAsync($"{path}/say/question");
        var decline = await school.Browser.OpenAsync($"{path}/say/decline");
        for (var n = 0; n < 2; n++)
        {
            await school.SendAsync(request, "form");
            await school.SendAsync(question, "main form", ("acts.question.text", "Which test is meant?"));
        }

        foreach (var expected in (HttpStatusCode[])[HttpStatusCode.Redirect, HttpStatusCode.NotFound])
        {
            using var declined = await school.Browser.SendAsync(decline, "main form", ("acts.decline.reason", "Alex left the school."));
            Assert.Equal(expected, declined.StatusCode);
        }

        var happened = (await hub.Store.EventsAsync(id, cancellationToken: Stop)).Select(e => e.What).ToList();
        Assert.Single(happened.OfType<AdviceRequestReported>());
        Assert.Single(happened.OfType<AdviceRequestMoved>(), moved => moved.To == RequestStatus.Acknowledged);
        Assert.Single(happened.OfType<AdviceRequestMoved>(), moved => moved.To == RequestStatus.Declined);
    }

    /// <summary>The part of a kept file that a reader's program would show: a web page is kept as a page, anything else is never one.</summary>
    private static byte[] AsShown(byte[] bytes) => AttachmentForm.StoredMediaType(bytes).StartsWith("text/", StringComparison.Ordinal) ? bytes : [];

    private static List<string> Kept(LetterHub hub) =>
        [.. Directory.GetFiles(Path.Combine(hub.DataDirectory, "documents"), "*", SearchOption.AllDirectories).Where(f => f.Contains("/attachments/", StringComparison.Ordinal) && !f.EndsWith(".scan", StringComparison.Ordinal))];

    private static byte[] Polyglot(string what) => what switch
    {
        "PDF and page" => [.. "%PDF-1.7\n"u8, .. Encoding.ASCII.GetBytes(Script)],
        "PDF and Word" => [.. "%PDF-1.7\n%%EOF\n"u8, .. Archive(Parts)],
        "picture and page" => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Encoding.ASCII.GetBytes(Script)],
        "program and Word" => [.. "MZ\0\0"u8, .. Archive(Parts)],
        "Word with a macro" => Archive([.. Parts, ("word/vbaProject.bin", 10)]),
        "page" => Encoding.ASCII.GetBytes(Script),
        _ => Archive(Parts),
    };

    private static byte[] Bomb(string what) => what switch
    {
        "expands to 600 MB" => Archive([Parts[0], ("word/document.xml", LargerThanAnyDocument)]),
        "has 2001 parts" => Archive([.. Parts, .. Enumerable.Range(2, 1999).Select(n => ($"word/{n}.xml", 1L))]),
        _ => Lying(Archive([Parts[0], ("word/document.xml", LargerThanAnyDocument)])),
    };

    private static (string Name, long Length)[] Parts => [("[Content_Types].xml", 100), ("word/document.xml", 100)];

    /// <summary>The archive, whose directory says of each part that it expands to one byte.</summary>
    private static byte[] Lying(byte[] archive)
    {
        for (var at = 0; (at = archive.AsSpan(at).IndexOf("PK\x01\x02"u8) is >= 0 and var next ? at + next : -1) >= 0; at += 4)
        {
            BitConverter.TryWriteBytes(archive.AsSpan(at + 24), 1u);
        }

        return archive;
    }

    private static byte[] Archive((string Name, long Length)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var piece = new byte[1024 * 1024];
            foreach (var (name, length) in parts)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                for (var left = length; left > 0; left -= piece.Length)
                {
                    part.Write(piece, 0, (int)Math.Min(left, piece.Length));
                }
            }
        }

        return bytes.ToArray();
    }
}
