using System.Net;
using System.Net.Http.Headers;
using System.Text;
using IntegrationHub.Functions.Links;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Contributing;

/// <summary>Everything that somebody may try at a contributor's link who must not come in, or must bring nothing in: docs/contributors.md has the table.</summary>
public sealed class ContributorAttackTests
{
    private const string Script = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guessed_changed_and_other_links_open_nothing()
    {
        await using var hub = await School.HubAsync();
        var (id, other) = (await hub.DecideAsync("own", assess: true), await hub.DecideAsync("other", assess: true, LetterHub.Facts() with { Child = LetterHub.Facts().Child with { GivenName = "Quillon", DateOfBirth = new DateOnly(2015, 1, 2) } }));
        using var school = new School(hub);
        var (path, theirs) = (School.PathTo(hub, id), School.PathTo(hub, other));
        await school.EnterAsync(path);
        var code = path[(path.LastIndexOf('/') + 1)..];
        var asked = await School.RequestAsync(hub, id);
        string[] wrongs =
        [
            $"/contribute/{other}/{code}", $"/contribute/{id}/{theirs[(theirs.LastIndexOf('/') + 1)..]}", path[..^1], $"{path}0", $"/contribute/{id}/-", $"/contribute/331-7K3M9Q2XH4TD/{code}", $"/contribute/x/{code}",
            new ReaderLinks([new byte[32]], LetterHub.Base).PathOfContributor(id, asked, null),
            hub.Services.GetRequiredService<ReaderLinks>().PathOfContributor(id, asked, "colleague-1"),
            new Uri(hub.Services.GetRequiredService<ReaderLinks>().OfRequest(id, asked.Id, School.Id)).PathAndQuery.Replace("/answering/", "/contribute/", StringComparison.Ordinal),
        ];
        foreach (var wrong in wrongs)
        {
            foreach (var tail in (string[])["", "/advice", "/letter", "/check", "/sent", "/file", "/say/when"])
            {
                using var answer = await school.Browser.GetAsync(wrong + tail);
                Assert.Equal((wrong + tail, HttpStatusCode.NotFound), (wrong + tail, answer.StatusCode));
            }
        }

        // The code given for one link opens no other of the same school.
        foreach (var tail in (string[])["/advice", "/letter", "/check", "/sent", "/file", "/say/when"])
        {
            using var answer = await school.Browser.GetAsync(theirs + tail);
            Assert.Equal((tail, HttpStatusCode.Redirect, theirs), (tail, answer.StatusCode, answer.Headers.Location?.ToString()));
        }
    }

    [Fact]
    public async Task A_link_or_a_code_that_was_passed_on_opens_nothing_elsewhere_and_looking_changes_nothing()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("forwarded", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        var before = (await hub.StateAsync(id)).Version;
        var messages = hub.Post.Sent.Count;
        using (var preview = await school.Browser.GetAsync(path))
        {
            Assert.Equal(("no-referrer", true), (preview.Headers.GetValues("Referrer-Policy").Single(), preview.Headers.CacheControl!.NoStore));
            Assert.Contains("default-src 'none'", preview.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        Assert.Equal((before, messages), ((await hub.StateAsync(id)).Version, hub.Post.Sent.Count));
        await school.EnterAsync(path);
        var code = School.CodeTo(hub);

        using var stranger = Desk.Of(hub.Browser());
        using (var used = await stranger.SendAsync(await stranger.OpenAsync(path), "form:nth-of-type(2)", ("code", code)))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, used.StatusCode);
            Assert.DoesNotContain("Alex", await used.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        // Fifteen minutes later the code is no use in its own browser either.
        using var late = Desk.Of(hub.Browser());
        using (var asked = await late.SendAsync(await late.OpenAsync(path), "form"))
        {
            hub.Time.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
            using var answered = await late.SendAsync(await Desk.ReadAsync(asked), "form:nth-of-type(2)", ("code", School.CodeTo(hub)));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answered.StatusCode);
        }
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("withdrawn")]
    [InlineData("ended")]
    public async Task It_opens_no_more_once_it_was(string what)
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("closed", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        var request = await School.RequestAsync(hub, id);
        switch (what)
        {
            case "expired":
                hub.Time.SetUtcNow(new DateTimeOffset(2026, 12, 7, 23, 0, 0, TimeSpan.Zero));
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(school.Browser, path));
                hub.Time.SetUtcNow(new DateTimeOffset(2026, 12, 8, 0, 0, 0, TimeSpan.Zero));
                break;
            case "revoked":
                await hub.SubmitAsync(id, new RevokeAnswerLinks(request.Id, "Sent to the wrong school."));
                break;
            case "withdrawn":
                await hub.SubmitAsync(id, new WithdrawAdviceRequest(request.Id, "Not needed."));
                break;
            default:
                await hub.SubmitAsync(id, new WithdrawRequest(new DateOnly(2026, 6, 10), "The family moved."));
                break;
        }

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(school.Browser, path));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(school.Browser, $"{path}/advice"));
        if (what == "revoked")
        {
            await hub.SubmitAsync(id, new SendRequestAgain(request.Id, "It went to the wrong address."));
            var again = School.PathTo(hub, id);
            Assert.NotEqual(path, again);
            Assert.Contains("Alex", (await school.EnterAsync(again)).Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Guessing_codes_ends_the_links_and_asking_for_many_sends_few()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("guessed", assess: true);
        var path = School.PathTo(hub, id);
        using var stranger = Desk.Of(hub.Browser());
        var before = hub.Post.Sent.Count;
        var statuses = new List<HttpStatusCode>();
        var page = await stranger.OpenAsync(path);
        for (var n = 0; n < 6; n++)
        {
            using var asked = await stranger.SendAsync(page, "form");
            statuses.Add(asked.StatusCode);
            page = await Desk.ReadAsync(asked);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 4), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
        Assert.Equal(4, hub.Post.Sent.Count - before);
        var right = School.CodeTo(hub);
        for (var n = 1; n <= 5; n++)
        {
            using var wrong = await stranger.SendAsync(page, "form:nth-of-type(2)", ("code", right == "123456" ? "654321" : "123456"));
            Assert.Equal(n < 5 ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.NotFound, wrong.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(stranger, path));
        Assert.Contains((await hub.StateAsync(id)).Attention, a => a.Text.Contains("5 wrong codes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("forged", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        var before = (await hub.StateAsync(id)).Version;
        (string Tail, Dictionary<string, string> Fields)[] forged =
        [
            ("", new() { ["send"] = "code" }), ("/acknowledge", []), ("/say/decline", new() { ["acts.decline.reason"] = "Forged.", ["_once"] = "a1" }),
            ("/say/pass-on", new() { ["acts.pass-on.name"] = "Forged", ["acts.pass-on.mail"] = "forged@millbrook.example", ["_once"] = "a2" }),
            ("/advice", new() { ["content.author"] = "Forged" }), ("/check", new() { ["_saves"] = "0" }), ("/file", new() { ["_remove"] = "x" }),
        ];
        foreach (var (tail, fields) in forged)
        {
            using var answer = await school.Browser.PostAsync(path + tail, fields);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict, $"{tail}: {answer.StatusCode}");
        }

        Assert.Equal(before, (await hub.StateAsync(id)).Version);
        Assert.DoesNotContain("Forged", (await school.Browser.OpenAsync($"{path}/advice")).DocumentElement.OuterHtml, StringComparison.Ordinal);

        // A browser that has given no code changes nothing either, with a token of its own.
        using var stranger = Desk.Of(hub.Browser());
        var token = Desk.FieldsOf((await stranger.OpenAsync(path)).QuerySelector("form")!);
        using var refused = await stranger.PostAsync($"{path}/advice", new Dictionary<string, string>(token) { ["content.author"] = "Stranger" });
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.DoesNotContain("Stranger", (await school.Browser.OpenAsync($"{path}/advice")).DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_in_every_field_and_file_name_is_text()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("script", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        using (var file = await UploadAsync(school.Browser, path, $"{Script}.txt", "text/plain", "A report."u8.ToArray()))
        {
            Assert.Equal(HttpStatusCode.Redirect, file.StatusCode);
        }

        var form = await school.Browser.OpenAsync($"{path}/advice");
        var typed = form.QuerySelectorAll("main form textarea[name], main form input.line[name]").Select(f => (Name: f.GetAttribute("name")!, Value: f.GetAttribute("name")!.EndsWith(".needs", StringComparison.Ordinal) || f.GetAttribute("name")!.EndsWith(".outcomes", StringComparison.Ordinal) ? "1" : Script))
            .Concat([("content.needs[0].area", "Health"), ("content.provision[0].kind", "Health"), ("_then", "check")]).ToArray();
        Assert.True(typed.Length > 12);
        var check = await school.SendAsync(form, "main form", typed);
        foreach (var page in new[] { check, await school.Browser.OpenAsync($"{path}/advice"), await school.Browser.OpenAsync($"{path}/file"), await school.SendAsync(check, "main form"), await school.Browser.OpenAsync(path) })
        {
            Assert.Empty(page.QuerySelectorAll("script, img, [onerror]"));
        }

        foreach (var act in (string[])["question", "decline"])
        {
            var page = await school.Browser.OpenAsync($"{path}/say/question");
            var answer = await school.SendAsync(page, "main form", ($"acts.question.text", Script), ("_once", act == "question" ? "once1" : ""));
            Assert.Empty(answer.QuerySelectorAll("script, img, [onerror]"));
        }

        Assert.Equal(Script, Assert.Single((await hub.StateAsync(id)).Advice).Content.Needs[0].Text);
    }

    [Fact]
    public async Task A_form_without_its_number_sends_nothing_and_says_so()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("numberless", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        var before = (await hub.StateAsync(id)).Version;

        var answer = await school.SendAsync(await school.Browser.OpenAsync($"{path}/say/question"), "main form", ("acts.question.text", "Which test is meant?"), ("_once", ""));

        Assert.Contains("Nothing was sent", answer.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Which test is meant?", answer.QuerySelector("main form")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, (await hub.StateAsync(id)).Version);
    }

    [Theory]
    [InlineData("report.pdf", "application/pdf", "GIF89a not a PDF\u0000", HttpStatusCode.UnprocessableEntity)]
    [InlineData("report.pdf", "application/pdf", "MZ\u0090\u0000 a program", HttpStatusCode.UnprocessableEntity)]
    [InlineData("report.png", "image/png", "%PDF-1.7 a PDF that says it is a picture", HttpStatusCode.UnprocessableEntity)]
    [InlineData("report.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\u0003\u0004 no archive", HttpStatusCode.UnprocessableEntity)]
    [InlineData("report.exe", "application/octet-stream", "\u007fELF", HttpStatusCode.UnprocessableEntity)]
    [InlineData("../../etc/passwd", "application/pdf", "%PDF-1.7 fine", HttpStatusCode.Redirect)]
    [InlineData("report.pdf", "application/pdf", "%PDF-1.7 fine", HttpStatusCode.Redirect)]
    public async Task A_file_is_what_its_bytes_are(string name, string type, string bytes, HttpStatusCode expected)
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("files", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);

        using var answer = await UploadAsync(school.Browser, path, name, type, Encoding.Latin1.GetBytes(bytes));

        Assert.Equal(expected, answer.StatusCode);
        var listed = (await school.Browser.OpenAsync($"{path}/file")).QuerySelectorAll(".lines li");
        Assert.Equal(expected == HttpStatusCode.Redirect ? 1 : 0, listed.Length);
        if (expected == HttpStatusCode.Redirect)
        {
            Assert.Contains("waiting for the malware scan", listed[0].TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("..", listed[0].TextContent, StringComparison.Ordinal);
            var receipt = await school.AnswerAsync(path);
            Assert.Contains("Your advice was received", receipt.Body!.TextContent, StringComparison.Ordinal);
            Assert.Single(Assert.Single((await hub.StateAsync(id)).Advice).Content.Attachments);
        }
    }

    [Fact]
    public async Task A_file_in_which_a_scanner_finds_malware_stops_the_sending()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("malware", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        using (await UploadAsync(school.Browser, path, "report.pdf", "application/pdf", "%PDF-1.7 looks fine"u8.ToArray()))
        {
        }

        var kept = Directory.GetFiles(Path.Combine(hub.DataDirectory, "documents"), "*", SearchOption.AllDirectories).Single(f => f.Contains("/attachments/", StringComparison.Ordinal));
        await File.WriteAllTextAsync($"{kept}.scan", "Malicious", Stop);
        Assert.Contains("malware was found in this file", (await school.Browser.OpenAsync($"{path}/file")).Body!.TextContent, StringComparison.Ordinal);
        var refused = await school.AnswerAsync(path);
        Assert.Contains("contains malware", refused.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await hub.StateAsync(id)).Advice);

        var without = await school.SendAsync(await school.Browser.OpenAsync($"{path}/file"), ".lines form");
        Assert.Empty(without.QuerySelectorAll(".lines li"));
        Assert.Contains("Your advice was received", (await school.SendAsync(await school.Browser.OpenAsync($"{path}/check"), "main form")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_200_megabytes_is_refused_by_its_length_before_it_is_read()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("large", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        using var body = new Endless(200L * 1024 * 1024);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        HttpStatusCode? status = null;
        try
        {
            using var answer = await school.Browser.PostAsync($"{path}/file", body);
            status = answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The hub closed the connection while the rest was on its way.
        }

        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        Assert.Empty((await school.Browser.OpenAsync($"{path}/file")).QuerySelectorAll(".lines li"));
    }

    internal static async Task<HttpResponseMessage> UploadAsync(Desk browser, string path, string name, string type, byte[] bytes)
    {
        var page = await browser.OpenAsync($"{path}/file");
        using var body = new MultipartFormDataContent();
        foreach (var (field, value) in Desk.FieldsOf(page.QuerySelector("form[novalidate]")!).Where(f => f.Key != "file"))
        {
            body.Add(new StringContent(value), field);
        }

        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name.Replace("\"", "%22", StringComparison.Ordinal)}\"");
        body.Add(file);
        return await browser.PostAsync($"{path}/file", body);
    }

    private static async Task<HttpStatusCode> StatusAsync(Desk browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode;
    }

    /// <summary>A body of zeros.</summary>
    private sealed class Endless(long length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[64 * 1024];
            for (var sent = 0L; sent < length; sent += piece.Length)
            {
                await stream.WriteAsync(piece);
            }
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
