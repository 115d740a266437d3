using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Letters;
using IntegrationHub.Functions.Links;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>The daily batch for the council's own printer: made as often as one likes, and sent only when a person says that it was posted.</summary>
public sealed class PrintRunTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_batch_holds_each_letter_and_address_and_only_posting_makes_them_sent()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WaitingAsync(hub);

        var batch = await BatchAsync(hub);
        var again = await BatchAsync(hub);

        var letter = Assert.Single(Letters(batch));
        Assert.Equal(Letters(again).Single().FullName, letter.FullName);
        Assert.Contains("EX1 1AA", await TextAsync(batch, "000-addresses.docx"), StringComparison.Ordinal);
        Assert.Contains("Monday 10 August 2026", await TextAsync(batch, letter.FullName), StringComparison.Ordinal);
        Assert.Null((await NoticeAsync(hub, id)).SentOn);
        Assert.Contains(
            new ReaderLinks([new byte[32]], "https://hub.example").OfLetter(id, await NoticeAsync(hub, id)), await TextAsync(batch, letter.FullName), StringComparison.Ordinal);

        var posted = await ReadAsync(batch, "posted.json");
        using var other = await hub.PostAsync("/v1/print-run/posted", hub.Officer(HubUnderTest.Other), posted, "1");
        Assert.Equal("not-found", (string?)JsonNode.Parse(await other.Content.ReadAsStringAsync(Stop))!["refused"]![0]!["code"]);
        Assert.Null((await NoticeAsync(hub, id)).SentOn);

        using var recorded = await hub.PostAsync("/v1/print-run/posted", hub.Officer(), posted, "2");
        Assert.Equal(HttpStatusCode.OK, recorded.StatusCode);
        Assert.Equal(1, (int)JsonNode.Parse(await recorded.Content.ReadAsStringAsync(Stop))!["recorded"]!);
        var notice = await NoticeAsync(hub, id);
        Assert.Equal((new DateOnly(2026, 6, 10), new DateOnly(2026, 6, 12), NoticeChannel.Post), (notice.SentOn, notice.ServedOn, notice.Channel));
        Assert.Empty(Letters(await BatchAsync(hub)));
    }

    [Fact]
    public async Task A_letter_with_an_address_that_is_no_longer_theirs_is_not_recorded_as_posted_and_is_in_the_next_batch()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WaitingAsync(hub);
        var posted = await ReadAsync(await BatchAsync(hub), "posted.json");
        Assert.DoesNotContain("EX1 1AA", posted, StringComparison.Ordinal);
        await hub.SubmitAsync(id, new CorrectFacts("The family has moved.", Family: Family with { PostalAddress = ["9 Other Road", "Exampleton", "EX1 9ZZ"] }));

        using var refused = await hub.PostAsync("/v1/print-run/posted", hub.Officer(), posted, "1");
        Assert.Equal("address-changed", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync(Stop))!["refused"]![0]!["code"]);
        Assert.Null((await NoticeAsync(hub, id)).SentOn);

        var again = await BatchAsync(hub);
        Assert.Contains("EX1 9ZZ", await TextAsync(again, "000-addresses.docx"), StringComparison.Ordinal);
        using var recorded = await hub.PostAsync("/v1/print-run/posted", hub.Officer(), await ReadAsync(again, "posted.json"), "2");
        Assert.Equal(1, (int)JsonNode.Parse(await recorded.Content.ReadAsStringAsync(Stop))!["recorded"]!);
        Assert.NotNull((await NoticeAsync(hub, id)).SentOn);
    }

    [Fact]
    public async Task A_letter_to_somebody_who_needs_another_format_is_in_no_batch()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WaitingAsync(hub);
        Assert.Single(Letters(await BatchAsync(hub)));
        await hub.SubmitAsync(id, new CorrectFacts("They told us.", Family: Family with { AccessibleFormat = "large print" }));

        Assert.Empty(Letters(await BatchAsync(hub)));
    }

    [Fact]
    public async Task A_batch_that_was_refused_is_recorded_once_its_day_has_come_and_sending_it_twice_changes_nothing()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WaitingAsync(hub);
        var tomorrow = (await ReadAsync(await BatchAsync(hub), "posted.json")).Replace("2026-06-10", "2026-06-11", StringComparison.Ordinal);
        using var early = await hub.PostAsync("/v1/print-run/posted", hub.Officer(), tomorrow, "1");
        Assert.Equal(0, (int)JsonNode.Parse(await early.Content.ReadAsStringAsync(Stop))!["recorded"]!);

        hub.Time.Advance(TimeSpan.FromDays(1));
        for (var times = 0; times < 2; times++)
        {
            using var recorded = await hub.PostAsync("/v1/print-run/posted", hub.Officer(), tomorrow, $"2-{times}");
            Assert.Equal(1, (int)JsonNode.Parse(await recorded.Content.ReadAsStringAsync(Stop))!["recorded"]!);
        }

        Assert.Equal(new DateOnly(2026, 6, 11), (await NoticeAsync(hub, id)).SentOn);
    }

    private static readonly FamilyContact Family = LetterCases.Facts.Family with { ElectronicServiceAgreedOn = null };

    /// <summary>A case whose refusal to assess waits to be posted.</summary>
    private static async Task<AssessmentId> WaitingAsync(HubUnderTest hub)
    {
        var id = AssessmentId.For(HubUnderTest.Own, "print");
        await hub.SubmitAsync(id, new OpenAssessment(LetterCases.Facts with { Family = Family }));
        await hub.SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 6, 9), "They wish for it."));
        await hub.SubmitAsync(id, new DecideWhetherToAssess(false, LetterCases.Reasons));
        Assert.Empty(Letters(await BatchAsync(hub)));
        var effect = (await hub.Store.EffectsAsync(id, Stop)).Single(e => e.Effect.Effect is SendNotice { NoticeId: "willNotAssess-family" }).Effect;
        await hub.SubmitAsync(id, new EffectSettled(effect.Id, effect.Effect, EffectOutcome.NeedsHuman, new DateOnly(2026, 6, 10), "Send it by post."), Actor.TheHub);
        return id;
    }

    private static async Task<Notice> NoticeAsync(HubUnderTest hub, AssessmentId id) => (await hub.Store.LoadAsync(id, Stop)).State.Notices.Single(n => n.Id == "willNotAssess-family");

    private static async Task<ZipArchive> BatchAsync(HubUnderTest hub)
    {
        var answer = await hub.GetAsync("/v1/print-run", hub.Officer());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Stop)));
    }

    private static List<ZipArchiveEntry> Letters(ZipArchive batch) => [.. batch.Entries.Where(e => e.Name.EndsWith(".docx", StringComparison.Ordinal) && e.Name != "000-addresses.docx")];

    private static async Task<string> TextAsync(ZipArchive batch, string name)
    {
        using var memory = new MemoryStream();
        await using (var entry = await batch.GetEntry(name)!.OpenAsync(Stop))
        {
            await entry.CopyToAsync(memory, Stop);
        }

        using var word = WordprocessingDocument.Open(memory, false);
        return word.MainDocumentPart!.Document!.Body!.InnerText;
    }

    private static async Task<string> ReadAsync(ZipArchive batch, string name)
    {
        await using var entry = await batch.GetEntry(name)!.OpenAsync(Stop);
        using var reader = new StreamReader(entry);
        return await reader.ReadToEndAsync(Stop);
    }
}
