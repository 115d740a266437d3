using System.Net;
using System.Text;
using System.Text.Json;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Links;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>Links in what is sent: each opens for its reader, after a question, the letter that it came with, and for nobody else and never after its end.</summary>
public sealed class LetterLinkTests
{
    private const string Family = "the family";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_familys_mail_opens_its_letter_after_the_question_with_the_last_day_of_the_appeal()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("refused", assess: false);
        var path = hub.PathFor(id, Words.Of(RecipientRole.Family));
        using var family = hub.Browser();

        using var question = await family.GetAsync(path, Stop);
        var asked = await question.Content.ReadAsStringAsync(Stop);
        Assert.Equal((HttpStatusCode.OK, "no-store", "no-referrer"), (question.StatusCode, question.Headers.CacheControl!.ToString(), question.Headers.GetValues("Referrer-Policy").Single()));
        Assert.All(MonitoredHub.OfTheChild, personal => Assert.DoesNotContain(personal, asked, StringComparison.Ordinal));
        using (var unasked = await family.GetAsync($"{path}/letter", Stop))
        {
            Assert.Equal(HttpStatusCode.Redirect, unasked.StatusCode);
        }

        var (status, page) = await LetterHub.OpenAsync(family, path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("We will not do an EHC needs assessment", page, StringComparison.Ordinal);

        // Two months on from the sending would be 10 August; a last day in August moves to the first working day after it (HESC Rules r12).
        Assert.Contains("Your last day to appeal to the Tribunal is Tuesday 1 September 2026.", page, StringComparison.Ordinal);
        Assert.Contains("Alex", page, StringComparison.Ordinal);

        // The letter as it was kept, byte for byte, and as a document.
        var notice = (await hub.StateAsync(id)).Notices.Single(n => n is { To: RecipientRole.Family, Kind: NoticeKind.WillNotAssess });
        var sent = await family.GetByteArrayAsync($"{path}/letter", Stop);
        Assert.Equal(notice.Letter, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(sent)));
        using var docx = await family.GetAsync($"{path}/letter?format=docx", Stop);
        Assert.Equal((HttpStatusCode.OK, KeptLetter.ContentType(LetterFormat.Docx)), (docx.StatusCode, docx.Content.Headers.ContentType!.ToString()));
        Assert.Equal("PK", Encoding.ASCII.GetString((await docx.Content.ReadAsByteArrayAsync(Stop))[..2]));
    }

    [Fact]
    public async Task Nobody_else_opens_it()
    {
        await using var hub = await LetterHub.StartAsync();
        var (id, other) = (await hub.DecideAsync("refused", assess: false), await hub.DecideAsync("other", assess: false, LetterHub.Facts() with { Child = LetterHub.Facts().Child with { DateOfBirth = new DateOnly(2015, 1, 2) } }));
        var (path, theirs) = (hub.PathFor(id, Family), hub.PathFor(other, Family));
        var (code, others) = (path[(path.LastIndexOf('/') + 1)..], theirs[(theirs.LastIndexOf('/') + 1)..]);
        using var family = hub.Browser();
        Assert.Equal(HttpStatusCode.OK, (await LetterHub.OpenAsync(family, path)).Status);

        var notice = (await hub.StateAsync(id)).Notices.Single(n => n is { To: RecipientRole.Family, Kind: NoticeKind.WillNotAssess });
        var strangers = new ReaderLinks([new byte[32]], LetterHub.Base).PathOfLetter(id, notice);
        foreach (var wrong in new[] { $"/letters/{id}/{others}", $"/letters/{other}/{code}", strangers, path[..^1], $"{path}0", $"/letters/{id}/-", $"/letters/331-7K3M9Q2XH4TD/{code}", $"/letters/x/{code}" })
        {
            using var answer = await family.GetAsync(wrong, Stop);
            Assert.Equal((wrong, HttpStatusCode.NotFound), (wrong, answer.StatusCode));
            using var letter = await family.GetAsync($"{wrong}/letter", Stop);
            Assert.Equal((wrong, HttpStatusCode.NotFound), (wrong, letter.StatusCode));
        }

        // Who has answered for one case has not answered for another.
        using var unanswered = await family.GetAsync($"{theirs}/letter", Stop);
        Assert.Equal(HttpStatusCode.Redirect, unanswered.StatusCode);

        // As it may be typed from paper.
        using var typed = await family.GetAsync($"/letters/{id}/{code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l')}", Stop);
        Assert.Equal(HttpStatusCode.OK, typed.StatusCode);
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("returned")]
    [InlineData("ended")]
    public async Task It_opens_no_more_once_it_was(string ended)
    {
        await using var hub = await LetterHub.StartAsync();
        var (id, other) = (await hub.DecideAsync("refused", assess: false), await hub.DecideAsync("kept", assess: false));
        var (path, kept) = (hub.PathFor(id, Family), hub.PathFor(other, Family));
        var notice = (await hub.StateAsync(id)).Notices.Single(n => n is { To: RecipientRole.Family, Kind: NoticeKind.WillNotAssess });
        using var family = hub.Browser();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await LetterHub.OpenAsync(family, path)).Status, (await LetterHub.OpenAsync(family, kept)).Status));

        switch (ended)
        {
            case "revoked":
                await hub.SubmitAsync(id, new RevokeLetterLink(notice.Id, "The mailbox is read by somebody else."));
                break;
            case "returned":
                await hub.SubmitAsync(id, new RecordNoticeOutcome(notice.Id, NoticeOutcome.Returned, new DateOnly(2026, 6, 10), "It came back."));
                break;
            default:
                hub.Time.SetUtcNow(new DateTimeOffset(2027, 6, 11, 22, 59, 0, TimeSpan.Zero));
                Assert.Equal(HttpStatusCode.OK, (await LetterHub.OpenAsync(family, path)).Status);
                hub.Time.SetUtcNow(new DateTimeOffset(2027, 6, 11, 23, 0, 0, TimeSpan.Zero));
                break;
        }

        Assert.Equal(HttpStatusCode.NotFound, (await LetterHub.OpenAsync(family, path)).Status);
        using var letter = await family.GetAsync($"{path}/letter", Stop);
        Assert.Equal(HttpStatusCode.NotFound, letter.StatusCode);
        Assert.Equal(ended == "ended" ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await LetterHub.OpenAsync(family, kept)).Status);
    }

    [Fact]
    public async Task A_right_answer_holds_for_half_an_hour_and_no_longer()
    {
        await using var hub = await LetterHub.StartAsync();
        var path = hub.PathFor(await hub.DecideAsync("refused", assess: false), Family);
        using var family = hub.Browser();
        Assert.Equal(HttpStatusCode.OK, (await LetterHub.OpenAsync(family, path)).Status);

        hub.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(family, $"{path}/letter"));
        hub.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(family, $"{path}/letter"));
        Assert.DoesNotContain("Alex", await family.GetStringAsync(path, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_answers_end_it_an_officer_is_asked_and_the_familys_page_gives_a_new_one()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("refused", assess: false);
        var path = hub.PathFor(id, Family);
        using var stranger = hub.Browser();
        for (var n = 1; n <= 4; n++)
        {
            var (wrong, page) = await LetterHub.OpenAsync(stranger, path, "1", "1", $"201{n}");
            Assert.Equal(HttpStatusCode.OK, wrong);
            Assert.Contains("That is not the date that we have", page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await LetterHub.OpenAsync(stranger, path, "x", "", "99999999999")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LetterHub.OpenAsync(stranger, path)).Status);
        Assert.Contains((await hub.StateAsync(id)).Attention, a => a.Text.Contains("5 wrong answers", StringComparison.Ordinal));

        // The family's own page lists the letter under a new link.
        await hub.SubmitAsync(id, new IssueFamilyLink("mother", new DateOnly(2026, 12, 31)));
        using var family = hub.Browser();
        var html = await family.GetStringAsync($"/family/{hub.Services.GetRequiredService<Functions.Monitoring.Family.FamilyTokens>().Sign(id, "mother")}", Stop);
        var links = System.Text.RegularExpressions.Regex.Matches(html, "href=\"(?<to>/letters/[^\"]+)\"").Select(one => one.Groups["to"].Value).ToList();
        Assert.Equal(2, links.Count);
        Assert.DoesNotContain(path, links);
        var pages = new List<string>();
        foreach (var link in links)
        {
            var (status, page) = await LetterHub.OpenAsync(family, link);
            Assert.Equal(HttpStatusCode.OK, status);
            pages.Add(page);
        }

        Assert.Single(pages, page => page.Contains("We will not do an EHC needs assessment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_code_of_a_link_is_kept_nowhere()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("refused", assess: false);
        var path = hub.PathFor(id, Family);
        using var family = hub.Browser();
        await LetterHub.OpenAsync(family, path);

        var code = path[(path.LastIndexOf('/') + 1)..];
        var events = JsonSerializer.Serialize((await hub.Store.EventsAsync(id, cancellationToken: Stop)).Select(e => e.What), AssessmentJson.Default.Options);
        Assert.DoesNotContain(code, events, StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Log.Lines, line => line.Contains(code, StringComparison.Ordinal));
        var kept = 0;
        foreach (var file in Directory.EnumerateFiles(hub.DataDirectory, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[open.Length];
            await open.ReadExactlyAsync(bytes, Stop);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(code)) < 0, file);
            kept += bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(ReaderLinks.HashOf(path))) >= 0 ? 1 : 0;
        }

        Assert.True(kept > 0, "The notice book holds the hash of the code.");
        var notices = hub.Services.GetRequiredService<Functions.Notices.INoticeStore>().Of(id);
        Assert.All(notices, n => Assert.DoesNotContain("/letters/", n.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_of_two_parents_has_a_link_of_their_own_and_neither_learns_the_others_address()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = Contracts.Identifiers.AssessmentId.For(LetterHub.Council, "two");
        await hub.SubmitAsync(id, new OpenAssessment(LetterHub.Facts() with { Family = LetterHub.Facts().Family with { PostalAddress = ["1 Secret Row", "EX1 1AA"] } }));
        await hub.SubmitAsync(id, new RecordPerson(new FamilyPerson
        {
            Id = "p2",
            Name = "Jo Example",
            Role = PersonRole.Parent,
            ParentalResponsibility = true,
            Email = "jo@example.org",
            ElectronicServiceAgreedOn = new DateOnly(2026, 6, 8),
            PostalAddress = ["2 Hidden Lane", "EX1 1AB"],
            AddressIsSecret = true,
        }));
        await hub.SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."));
        await hub.SubmitAsync(id, new DecideWhetherToAssess(false, "The school can meet Alex's needs."));
        var messages = hub.Post.Sent.Where(m => m.To == Family).ToList();

        // The father was recorded after the request was acknowledged: that letter went to the mother alone. The decision goes to both.
        Assert.Equal("sam@example.org", messages.Single(m => m.Subject.StartsWith("The council has your request", StringComparison.Ordinal)).Address!.Mail);
        var sent = messages.Where(m => m.Subject.StartsWith("The council has decided", StringComparison.Ordinal)).ToDictionary(m => m.Address!.Mail!, m => LetterHub.LinksIn(m.Text).Single()[LetterHub.Base.Length..]);
        Assert.Equal(messages.Count, sent.Count + 1);
        Assert.Equal(["jo@example.org", "sam@example.org"], sent.Keys.Order());
        using var mother = hub.Browser();
        using var father = hub.Browser();

        var (hers, his) = (await LetterHub.OpenAsync(mother, sent["sam@example.org"]), await LetterHub.OpenAsync(father, sent["jo@example.org"]));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (hers.Status, his.Status));
        var (herLetter, hisLetter) = (await mother.GetStringAsync($"{sent["sam@example.org"]}/letter", Stop), await father.GetStringAsync($"{sent["jo@example.org"]}/letter", Stop));
        Assert.Contains("1 Secret Row", herLetter, StringComparison.Ordinal);
        Assert.Contains("2 Hidden Lane", hisLetter, StringComparison.Ordinal);
        Assert.All((string[])[hers.Page, herLetter], page => Assert.DoesNotContain("Hidden", page, StringComparison.Ordinal));
        Assert.All((string[])[his.Page, hisLetter], page => Assert.DoesNotContain("Secret", page, StringComparison.Ordinal));

        // With her link and her answer she has still not answered for his letter, nor does her page list it.
        using var closed = await mother.GetAsync($"{sent["jo@example.org"]}/letter", Stop);
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        Assert.DoesNotContain(sent["jo@example.org"], hers.Page, StringComparison.Ordinal);

        await hub.SubmitAsync(id, new EndPerson("p2", "A court order."));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await StatusAsync(father, sent["jo@example.org"]), await StatusAsync(mother, sent["sam@example.org"])));
    }

    [Fact]
    public async Task An_agencys_person_is_sent_a_code_before_the_letter_opens()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("refused", assess: false);
        var path = hub.PathFor(id, Words.Of(RecipientRole.Icb));
        using var icb = hub.Browser();

        using (var birthday = await LetterHub.AnswerAsync(icb, path, LetterHub.Born))
        {
            Assert.Equal(HttpStatusCode.OK, birthday.StatusCode);
            Assert.Contains("That is not the code", await birthday.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        // The code is good in the browser that asked for it, and in no other.
        await PostAsync(icb, path, "send", "code");
        var code = System.Text.RegularExpressions.Regex.Match(hub.Post.Sent.Last().Text, "code is (?<code>[0-9]{6})").Groups["code"].Value;
        using (var other = hub.Browser())
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(other, path, "code", code));
            await PostAsync(other, path, "send", "code");
            Assert.Equal(HttpStatusCode.OK, await PostAsync(other, path, "code", code));
            Assert.DoesNotContain("Alex", await other.GetStringAsync(path, Stop), StringComparison.Ordinal);
        }

        hub.Time.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(icb, path, "code", code));

        await PostAsync(icb, path, "send", "code");
        code = System.Text.RegularExpressions.Regex.Match(hub.Post.Sent.Last().Text, "code is (?<code>[0-9]{6})").Groups["code"].Value;
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(icb, path, "code", code));
        Assert.Contains("Alex", await icb.GetStringAsync(path, Stop), StringComparison.Ordinal);

        // The other agencies' letters of the same case, and the family's, stay closed to it.
        foreach (var role in (RecipientRole[])[RecipientRole.Setting, RecipientRole.SocialCare, RecipientRole.Family])
        {
            using var closed = await icb.GetAsync($"{hub.PathFor(id, Words.Of(role))}/letter", Stop);
            Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        }
    }

    [Fact]
    public async Task A_link_that_is_asked_for_codes_again_and_again_sends_four_in_a_quarter_of_an_hour()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("codes", assess: false);
        var path = hub.PathFor(id, Words.Of(RecipientRole.Icb));
        using var icb = hub.Browser();
        var before = hub.Post.Sent.Count;
        for (var n = 0; n < 7; n++)
        {
            await PostAsync(icb, path, "send", "code");
        }

        Assert.Equal(before + 4, hub.Post.Sent.Count);
        hub.Time.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        await PostAsync(icb, path, "send", "code");
        Assert.Equal(before + 5, hub.Post.Sent.Count);
    }

    [Fact]
    public async Task A_reminder_links_to_how_to_answer_until_the_answer_is_in()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("agreed", assess: true);
        var request = (await hub.StateAsync(id)).Requests.First(r => r.Agency?.Id.Value == "ods:RX1");
        var path = new Uri(hub.Services.GetRequiredService<ReaderLinks>().OfRequest(id, request.Id, "ods:RX1")).PathAndQuery;
        await hub.SubmitAsync(id, new AcknowledgeAdviceRequest(request.Id, new DateOnly(2026, 6, 10)), new Actor { Role = ActorRole.Agency, Id = "trust", Agency = request.Agency!.Id });
        await hub.Engine.AdvanceToAsync(new DateTimeOffset(2026, 7, 16, 9, 0, 0, TimeSpan.Zero), hub.Time.SetUtcNow, Stop);
        Assert.Contains(hub.Post.Sent, m => m.Text.Contains(path, StringComparison.Ordinal));
        Assert.DoesNotContain(hub.Post.Sent, m => m.Text.Contains("/workspace/", StringComparison.Ordinal) && !Council(m.To));
        using var trust = hub.Browser();

        var page = await trust.GetStringAsync(path, Stop);
        Assert.Contains("How to answer the request for", page, StringComparison.Ordinal);
        Assert.Contains(id.Value, page, StringComparison.Ordinal);
        Assert.All(MonitoredHub.OfTheChild, personal => Assert.DoesNotContain(personal, page, StringComparison.Ordinal));

        var other = new Uri(hub.Services.GetRequiredService<ReaderLinks>().OfRequest(id, request.Id, "ods:RX2")).PathAndQuery;
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(trust, other));
        await hub.SubmitAsync(id, new WithdrawAdviceRequest(request.Id, "Not needed."));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(trust, path));
    }

    private static bool Council(string role) => role is "case officer" or "council's SEND lead" or "key worker" or "head of service";

    private static async Task<HttpStatusCode> PostAsync(HttpClient browser, string path, string field, string value)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { [field] = value });
        using var answer = await browser.PostAsync(path, form, Stop);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path, Stop);
        return answer.StatusCode;
    }
}
