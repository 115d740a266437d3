using System.Text;
using Azure;
using Azure.Data.Tables;
using IntegrationHub.Azure.Monitoring;
using IntegrationHub.Azure.Notices;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>A property of a table takes 32 K characters, an entity 1 MiB, a key 1 KiB of some characters only. What people write knows none of these.</summary>
public sealed class LongTextTests(Azurite azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Lengths around every limit: a property as text, a property as bytes, a row, and beyond.</summary>
    public static TheoryData<int> Lengths => new() { 0, 1, 32_767, 32_769, 61_440, 61_441, 65_537, 400_000, 600_000, 1_200_000 };

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task A_digest_of_any_length_is_kept_and_told_again_word_for_word(int length)
    {
        var (book, _) = await BookAsync();
        var notice = Notice("n-1", Words(length));
        await book.PutAsync(Item("effect-1"), Council.Start, Stop);

        await book.KeepAsync(notice, Stop);
        await book.KeepAsync(notice, Stop);

        Assert.Equal(notice.Text, Assert.Single(book.Newest(10)).Text);
        Assert.Equal(notice.Text, Assert.Single(book.Of(Council.Id(1))).Text);
        Assert.Equal(notice.Text, Assert.Single(book.All()).Text);
        Assert.Equal(notice.Text, (await book.PutAsync(Item("effect-1"), Council.Start, Stop))!.Text);
        Assert.Empty(book.WaitingFor(Item("effect-1").Recipient));
    }

    [Theory]
    [InlineData(32_769)]
    [InlineData(40_000)]
    public async Task What_waits_may_be_long_too_and_can_be_dropped(int length)
    {
        var (book, _) = await BookAsync();
        var item = Item("effect/?#\\" + Words(length)) with { What = Words(length), Law = Words(length), Recipient = "ods:RX1|" + Words(length) };

        await book.PutAsync(item, Council.Start, Stop);
        Assert.Equal(item, Assert.Single(book.WaitingFor(item.Recipient)).Item);

        await book.DropAsync(item.EffectId, Stop);
        Assert.Empty(book.WaitingFor(item.Recipient));
    }

    [Fact]
    public async Task What_a_host_that_stopped_left_waiting_waits_no_more_when_its_effect_runs_again()
    {
        var (book, table) = await BookAsync();
        await book.PutAsync(Item("effect-1"), Council.Start, Stop);
        var waiting = Assert.Single(table.Query<TableEntity>(cancellationToken: Stop), row => row.PartitionKey.StartsWith("waiting-", StringComparison.Ordinal));
        await book.KeepAsync(Notice("n-1", "Text."), Stop);

        // The host that sent the notice stopped before it removed the row.
        await table.UpsertEntityAsync(waiting, TableUpdateMode.Replace, Stop);
        Assert.Single(book.WaitingFor(Item("effect-1").Recipient));

        Assert.Equal("Text.", (await book.PutAsync(Item("effect-1"), Council.Start, Stop))!.Text);
        Assert.Empty(book.WaitingFor(Item("effect-1").Recipient));
    }

    [Fact]
    public async Task What_an_earlier_hub_kept_in_one_property_is_read()
    {
        var (book, table) = await BookAsync();
        await table.AddEntityAsync(
            new TableEntity("kept", "1") { ["Notice"] = """{"id":"old","to":"officer","subject":"S","text":"T","sentAt":"2026-01-05T00:00:00Z","channel":"mail","effects":[],"assessments":[]}""" }, Stop);

        Assert.Equal("T", Assert.Single(book.Newest(10)).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(32_769)]
    [InlineData(65_537)]
    public async Task What_an_operator_did_is_kept_however_long_the_reason(int length)
    {
        var journal = new JournalTable((await BookAsync()).Table);
        var entry = new JournalEntry(Council.Start, "op", "return-dead-letter", "advice-responses #1", Words(length), null);

        await journal.WriteAsync(entry, Stop);

        Assert.Equal(entry, Assert.Single(await journal.NewestAsync(10, Stop)));
    }

    [Fact]
    public async Task A_case_whose_officer_has_a_name_of_twenty_thousand_letters_is_stored_and_listed()
    {
        var store = azurite.Store(await azurite.FreshAsync());
        var clock = new FakeTimeProvider(Council.Start);
        var taker = new TurnTaker(store, Council.Rules, clock);
        var officer = Words(20_000);
        await taker.SubmitAsync(Council.Says(Council.Id(1), "open", new OpenAssessment(Council.Facts), clock.GetUtcNow()), Stop);

        var answer = await taker.SubmitAsync(Council.Says(Council.Id(1), "assign", new AssignCaseOfficer(officer), clock.GetUtcNow()), Stop);

        Assert.True(answer.Accepted, answer.Refusal?.ToString());
        Assert.Equal(officer, (await store.LoadAsync(Council.Id(1), Stop)).State.CaseOfficer);
        foreach (var query in new[] { new SummaryQuery(), new SummaryQuery { CaseOfficer = officer }, new SummaryQuery { Council = Council.Id(1).Council } })
        {
            Assert.Equal(officer, Assert.Single((await store.ListAsync(query, Stop)).Items).CaseOfficer);
        }

        Assert.Empty((await store.ListAsync(new SummaryQuery { CaseOfficer = officer[..^1] + "x" }, Stop)).Items);
    }

    [Fact]
    public async Task The_service_itself_refuses_what_these_tests_put_in()
    {
        var (_, table) = await BookAsync();

        await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "1") { ["Text"] = new string('x', 32_769) }, Stop));
        await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "2") { ["Bytes"] = new byte[65_537] }, Stop));
    }

    /// <summary>Letters of one, two and four bytes.</summary>
    private static string Words(int length)
    {
        var words = new StringBuilder();
        while (words.Length < length)
        {
            words.Append("Zoë \U0001F600'");
        }

        var cut = words.ToString(0, length);
        return length > 0 && char.IsHighSurrogate(cut[^1]) ? cut[..^1] + "." : cut;
    }

    private static NoticeItem Item(string effect) => new()
    {
        EffectId = effect,
        Assessment = Council.Id(1),
        Recipient = "ods:RX1|commissioner",
        Role = "commissioner",
        Wording = "request",
        What = "medical advice",
        Link = "https://hub.example.org/",
    };

    private static KeptNotice Notice(string id, string text) => new()
    {
        Id = id,
        To = "commissioner, ods:RX1",
        Subject = "Digest",
        Text = text,
        SentAt = Council.Start,
        Channel = "mail",
        Effects = ["effect-1"],
        Assessments = [Council.Id(1)],
    };

    private async Task<(NoticeTable Book, TableClient Table)> BookAsync()
    {
        azurite.Need();
        var name = $"n{Guid.NewGuid():N}";
        var (table, container) = (azurite.Tables().GetTableClient(name), azurite.Blobs().GetBlobContainerClient(name));
        await table.CreateAsync(Stop);
        await container.CreateAsync(cancellationToken: Stop);
        return (new NoticeTable(table, new NoticeText(container)), table);
    }
}
