using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Reading;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>From a mailbox into the tray: once, with everything that came.</summary>
public sealed class MailIntakeTests : IDisposable
{
    private readonly IntakeUnderTest intake = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => intake.Dispose();

    [Fact]
    public async Task A_file_of_JSON_can_be_put_into_a_case()
    {
        var item = await intake.ItemAsync(Eml.Mixed(Eml.File("form.json", """{ "left ear": "no hearing" }""", "application/json")));
        var part = Assert.Single(item.Parts);
        var read = await intake.Attachments.LookAtAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/files", part.Sha256!, CancellationToken.None);
        var sender = DocumentSender.Of(Core.Tests.Assessments.Cases.Officer)!.Value;
        var one = AssessmentId.For(IntakeUnderTest.Council, "json");
        var kept = await intake.Attachments.KeepAsync(one, sender, part.Name, new AttachmentForm(part.Type!, read.Value!), CancellationToken.None);

        Assert.Equal(DocumentFault.None, await new DocumentCheck(intake.Attachments).CheckAsync([kept.Value!], one, sender, CancellationToken.None));
        Assert.Equal(DocumentFault.Mismatch, await new DocumentCheck(intake.Attachments).CheckAsync([kept.Value! with { ContentType = "application/pdf" }], one, sender, CancellationToken.None));
    }

    [Fact]
    public async Task A_message_and_its_files_are_kept_as_they_came()
    {
        var raw = Eml.Mixed("Content-Type: text/plain\n\nSee the report.", Eml.File("report.pdf", Eml.Pdf));

        var item = await intake.ItemAsync(raw);

        Assert.Equal(raw, (await intake.Attachments.LookAtAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/raw", item.RawSha256!, Stop)).Value);
        var part = Assert.Single(item.Parts);
        Assert.Equal(("report.pdf", "application/pdf"), (part.Name, part.Type));
        Assert.Equal(Eml.Pdf, Encoding.Latin1.GetString((await intake.Attachments.LookAtAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/files", part.Sha256!, Stop)).Value!));
        Assert.Equal([new TrayName(new DateOnly(2026, 3, 5), item.Key)], await intake.Tray.WaitingAsync(item.Council, Stop));
        Assert.Equivalent(item, await intake.Tray.FindAsync(item.Council, item.Key, Stop));
    }

    [Fact]
    public async Task Nothing_is_served_before_a_scanner_has_found_it_clean()
    {
        var item = await intake.ItemAsync(Eml.Mixed(Eml.File("report.pdf", Eml.Pdf)));

        Assert.Equal(KeepingOutcome.NotScanned, (await intake.Attachments.ReadAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/files", item.Parts[0].Sha256!, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.NotScanned, (await intake.Attachments.ReadAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/raw", item.RawSha256!, Stop)).Outcome);
    }

    [Fact]
    public async Task The_same_message_twice_is_one()
    {
        var first = await intake.TakeAsync(Eml.Plain());
        intake.Time.Advance(TimeSpan.FromDays(1));
        var files = intake.Files.Count();
        var second = await intake.TakeAsync(Eml.Plain());

        Assert.False(first.WasThere);
        Assert.True(second.WasThere);
        Assert.Equivalent(first.Item, second.Item);
        Assert.Equal(files, intake.Files.Count());
        Assert.False((await intake.TakeAsync(Eml.Plain(), "2")).WasThere);
    }

    [Fact]
    public async Task A_store_that_is_away_loses_nothing()
    {
        intake.Documents.Away = true;
        await Assert.ThrowsAsync<IOException>(() => intake.TakeAsync(Eml.Plain()));
        intake.Documents.Away = false;

        Assert.NotNull((await intake.TakeAsync(Eml.Plain())).Item);
    }

    [Theory]
    [InlineData("2026-03-03T23:59:59Z", "2026-03-03")]
    [InlineData("2025-06-30T23:30:00Z", "2025-07-01")]
    [InlineData("2027-01-01T00:00:00Z", "2026-03-05")]
    public async Task The_day_of_receipt_is_the_mailboxs_day_in_London_and_never_later_than_today(string receivedAt, string day) =>
        Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), (await intake.ItemAsync(Eml.Plain(), receivedAt: DateTimeOffset.Parse(receivedAt, System.Globalization.CultureInfo.InvariantCulture))).ReceivedOn);

    [Fact]
    public async Task A_file_says_itself_when_it_was_received_or_is_not_taken()
    {
        Assert.Equal(new DateOnly(2026, 3, 3), (await intake.TakeUndatedAsync(Eml.Plain())).Item!.ReceivedOn);

        using var other = new IntakeUnderTest();
        var undated = await other.TakeUndatedAsync(Eml.Of("From: sam@example.org\nSubject: No day\n\nWords."));
        Assert.Equal((null, false), (undated.Item, undated.MayRepeat));
        Assert.Contains("does not state when it was received", undated.Problem, StringComparison.Ordinal);
        Assert.Empty(other.Files);
    }

    [Fact]
    public async Task A_message_larger_than_the_limit_is_said_to_be_in_the_mailbox()
    {
        using var small = new IntakeUnderTest(new IntakeOptions { MaxMessageBytes = 1024 * 1024 });
        var item = await small.ItemAsync(Eml.Plain(body: new string('x', 1024 * 1024)));

        Assert.Contains("still in the mailbox", item.Quarantine, StringComparison.Ordinal);
        Assert.Null(item.RawSha256);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_kept_with_the_reason()
    {
        var item = await intake.ItemAsync([0, 1, 2, 3]);

        Assert.NotNull(item.Quarantine);
        Assert.Equal([0, 1, 2, 3], (await intake.Attachments.LookAtAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/raw", item.RawSha256!, Stop)).Value);
    }

    [Fact]
    public async Task A_file_that_is_not_accepted_is_listed_with_the_reason()
    {
        var item = await intake.ItemAsync(Eml.Mixed(
            Eml.File("report.pdf", "MZ\u0090\0 a program", "application/pdf"),
            Eml.File("empty.pdf", ""),
            Eml.File("letter.txt", "Café", "text/plain; charset=iso-8859-1"),
            Eml.File("page.html", "<p>Words</p><script>x()</script>", "text/html"),
            Eml.File("eicar.txt", @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "text/plain")));

        Assert.Equal([null, null, "text/plain", "text/html", null], item.Parts.Select(part => part.Type));
        Assert.Contains("The type of the document is not accepted", item.Parts[0].Reason, StringComparison.Ordinal);
        Assert.Equal("The file is empty.", item.Parts[1].Reason);
        Assert.Equal("Malware was found in the file.", item.Parts[4].Reason);
        Assert.All(item.Parts, part => Assert.Equal(MailPartKind.File, part.Kind));
    }

    [Fact]
    public async Task The_first_decision_stays_and_the_message_waits_no_longer()
    {
        var item = await intake.ItemAsync(Eml.Plain());
        var at = intake.Time.GetUtcNow();

        var first = await intake.Tray.DecideAsync(item, new TrayDecision("officer-1", at, null, null, "Not for us"), Stop);
        var second = await intake.Tray.DecideAsync(item, new TrayDecision("officer-2", at, null, null, "Other"), Stop);

        Assert.Equal(first, second);
        Assert.Empty(await intake.Tray.WaitingAsync(item.Council, Stop));
        Assert.Single(await intake.Tray.DecidedAsync(item.Council, Stop));
    }

    [Fact]
    public async Task Under_a_legal_hold_what_is_dealt_with_waits_no_longer_either()
    {
        using var held = new IntakeUnderTest(rules: new KeepingRules { LegalHold = true });
        var item = await held.ItemAsync(Eml.Plain());
        await held.Tray.DecideAsync(item, new TrayDecision("officer-1", held.Time.GetUtcNow(), null, null, "Not for us"), Stop);

        Assert.Empty(await held.Tray.WaitingAsync(item.Council, Stop));
    }
}
