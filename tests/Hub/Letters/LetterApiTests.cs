using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Hub.Tests.Letters;

/// <summary>Letters through the API: previewed by the council, kept, hashed, and shown to the one they went to.</summary>
public sealed class LetterApiTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_council_sees_what_will_go_out_and_the_family_only_what_was_sent()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("letters");

        var preview = await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family/preview", hub.Officer());
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.Contains("default-src 'none'", preview.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("We will find out what help is needed", await preview.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var word = await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family/preview?format=docx", hub.Officer());
        Assert.Equal("PK"u8.ToArray(), (await word.Content.ReadAsByteArrayAsync(Stop))[..2]);
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family/preview?format=pdf", hub.Officer())).StatusCode);

        Assert.DoesNotContain("willAssess-willAssess-family", await Ids(hub, id, hub.Family(id)));
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family", hub.Family(id))).StatusCode);

        await KeepAsync(hub, id, "willAssess-family");
        await hub.SubmitAsync(id, new RecordNoticeSent("willAssess-family", new DateOnly(2026, 6, 10), NoticeChannel.Post));

        Assert.Contains("willAssess-willAssess-family", await Ids(hub, id, hub.Family(id)));
        var read = await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family", hub.Family(id));
        Assert.Contains("We will find out what help is needed", await read.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("willAssess-willAssess-family", await Ids(hub, id, hub.AgencyToken(HubUnderTest.Asked)));
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family", hub.AgencyToken(HubUnderTest.Asked))).StatusCode);
    }

    [Fact]
    public async Task A_new_first_contact_does_not_see_the_letters_with_the_address_of_the_former_one()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("another-contact");
        var links = new LetterLinkResolver(hub.Store, hub.Part<LetterStore>(), hub.Part<ReaderLinks>(), hub.Part<RuleBook>(), new NoticeOptions(), hub.Time);
        await KeepAsync(hub, id, "willAssess-family");
        await hub.SubmitAsync(id, new RecordNoticeSent("willAssess-family", new DateOnly(2026, 6, 10), NoticeChannel.Post));
        Assert.Contains("willAssess-willAssess-family", await Ids(hub, id, hub.Family(id)));
        Assert.Contains(links.OfReader((await hub.Store.LoadAsync(id, Stop)).State, FamilyPeople.ReaderId(null)), n => n.Id == "willAssess-family");

        await hub.SubmitAsync(id, new CorrectFacts("The child lives there now.", Family: new FamilyContact { Name = "Lee Other", Relationship = "grandfather", PostalAddress = ["7 Other Road", "EX2 2BB"] }));

        Assert.DoesNotContain("willAssess-willAssess-family", await Ids(hub, id, hub.Family(id)));
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family", hub.Family(id))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family", hub.Officer())).StatusCode);
        Assert.Empty(links.OfReader((await hub.Store.LoadAsync(id, Stop)).State, FamilyPeople.ReaderId(null)));
    }

    [Fact]
    public async Task A_kept_letter_whose_bytes_were_changed_is_not_given_out()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("tampered");
        await KeepAsync(hub, id, "willAssess-family");
        var file = Directory.EnumerateFiles(hub.DocumentsFolder, "*.html", SearchOption.AllDirectories).Single(f => f.Contains("letters", StringComparison.Ordinal));
        File.SetAttributes(file, FileAttributes.Normal);
        await File.WriteAllTextAsync(file, "Other words", Stop);

        var read = await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family", hub.Officer());

        Assert.Equal(HttpStatusCode.InternalServerError, read.StatusCode);
        Assert.Contains("tampered", await read.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_letter_kept_twice_is_one_and_a_later_one_stands_beside_it()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("twice");
        await KeepAsync(hub, id, "willAssess-family");
        await KeepAsync(hub, id, "willAssess-family");
        hub.Time.Advance(TimeSpan.FromDays(1));
        await KeepAsync(hub, id, "willAssess-family");

        var listed = JsonNode.Parse(await (await hub.GetAsync($"/v1/cases/{id}/letters", hub.Officer())).Content.ReadAsStringAsync(Stop))!;

        var letter = listed["letters"]!.AsArray().Single(l => (string)l!["id"]! == "willAssess-willAssess-family")!;
        Assert.Equal(["2026-06-10", "2026-06-10", "2026-06-11", "2026-06-11"], letter["kept"]!.AsArray().Select(k => (string)k!["on"]!));
        Assert.Equal("willAssess-family", (string?)letter["notice"]);
        Assert.Empty(letter["missing"]!.AsArray());
    }

    [Fact]
    public async Task The_letter_that_was_sent_is_shown_and_not_one_of_a_later_attempt()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("sent");
        await KeepAsync(hub, id, "willAssess-family");
        var sent = (await hub.Part<LetterStore>().ListAsync(id, Stop)).Value!.Single(k => k.Format == LetterFormat.Html);
        hub.Time.Advance(TimeSpan.FromDays(1));
        await KeepAsync(hub, id, "willAssess-family");
        var effect = (await hub.Store.EffectsAsync(id, Stop)).Single(e => e.Effect.Effect is SendNotice { NoticeId: "willAssess-family" }).Effect;
        await hub.SubmitAsync(
            id,
            new EffectSettled(effect.Id, effect.Effect, EffectOutcome.Done, new DateOnly(2026, 6, 11), new NoticeSending(NoticeChannel.Post, effect.Id, "letter-1", sent.Sha256).ToDetail()),
            Actor.TheHub);

        foreach (var format in Enum.GetValues<LetterFormat>())
        {
            var read = await hub.GetAsync($"/v1/cases/{id}/letters/willAssess-willAssess-family?format={format.ToString().ToLowerInvariant()}", hub.Family(id));
            var kept = (await hub.Part<LetterStore>().ListAsync(id, Stop)).Value!.Single(k => k.Format == format && k.On == sent.On);
            Assert.Equal(kept.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await read.Content.ReadAsByteArrayAsync(Stop))));
        }
    }

    private static async Task KeepAsync(HubUnderTest hub, AssessmentId id, string notice)
    {
        var store = hub.Part<LetterStore>();
        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        var sending = new LetterSending(DateOnly.FromDateTime(hub.Time.GetUtcNow().DateTime), NoticeChannel.Post);
        var (written, lacks) = store.Write(new LetterSubject(LetterKind.WillAssess, notice), state, sending);
        Assert.Null(lacks);
        Assert.True((await store.KeepAsync(written!, sending, Stop)).Succeeded);
        Assert.Contains("We will find out", Encoding.UTF8.GetString(written!.Html), StringComparison.Ordinal);
    }

    private static async Task<string> Ids(HubUnderTest hub, AssessmentId id, string token) =>
        await (await hub.GetAsync($"/v1/cases/{id}/letters", token)).Content.ReadAsStringAsync(Stop);
}
