using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Tests.Plans.Keeping;

/// <summary>What any store of plans must do. Each implementation runs all of it.</summary>
public abstract class KeepingContract
{
    protected static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static readonly PlanFiles DraftOne = Files(PlanExamples.Draft());
    private static readonly PlanFiles OtherDraftOne = Files(PlanExamples.Draft() with { PreparedBy = "Someone Else" });
    private static readonly PlanFiles FinalTwo = Files(PlanExamples.Final());

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The store under these rules. Every call of one test sees the same documents.</summary>
    protected abstract IDocumentStore Open(KeepingRules? rules = null);

    /// <summary>The same kind of store, gone away.</summary>
    protected abstract IDocumentStore OpenUnreachable();

    /// <summary>Writes past the store, as someone with the keys to the disk would.</summary>
    protected abstract Task OverwriteAsync(string name, byte[] bytes);

    /// <summary>Says what the scanner of this store would say.</summary>
    protected abstract Task ScanAsync(string name, string words);

    [Fact]
    public async Task A_draft_and_a_final_are_kept_listed_and_read_back()
    {
        var store = new PlanStore(Open(), Time);

        var first = await store.KeepAsync(DraftOne, Stop);
        var second = await store.KeepAsync(FinalTwo, Stop);
        var listed = await store.ListAsync(PlanExamples.Assessment, Stop);

        Assert.Equal((KeepingOutcome.Done, KeepingOutcome.Done), (first.Outcome, second.Outcome));
        Assert.Equal([(1, PlanKind.Draft), (2, PlanKind.Final)], listed.Value!.Entries.Select(e => (e.Version, e.Kind)));
        Assert.Equal(listed.Value.Entries[0].Hash, listed.Value.Entries[1].Previous);
        Assert.Equal(DraftOne.Json, (await store.ReadAsync(PlanExamples.Assessment, 1, PlanFormat.Json, Stop)).Value);
        Assert.Equal(FinalTwo.Html, (await store.ReadAsync(PlanExamples.Assessment, 2, PlanFormat.Html, Stop)).Value);
        Assert.Equal(FinalTwo.Docx, (await store.ReadAsync(PlanExamples.Assessment, 2, PlanFormat.Docx, Stop)).Value);
        Assert.Equal(KeepingOutcome.Missing, (await store.ReadAsync(PlanExamples.Assessment, 3, PlanFormat.Json, Stop)).Outcome);
        var report = (await store.VerifyAsync(PlanExamples.Assessment, listed.Value.Head, Stop)).Value!;
        Assert.True(report.IsIntact);
        Assert.Equal(6, report.Checked);
        Assert.Empty(report.Unlisted);
    }

    [Fact]
    public async Task Names_hold_council_assessment_version_kind_and_hash_and_nothing_of_the_child()
    {
        var documents = Open();
        await new PlanStore(documents, Time).KeepAsync(DraftOne, Stop);

        var names = (await documents.ListAsync($"330/{PlanExamples.Assessment}", Stop)).Value!;

        Assert.Equal(4, names.Count);
        Assert.Contains($"330/{PlanExamples.Assessment}/manifest.json", names);
        Assert.Contains($"330/{PlanExamples.Assessment}/plan/v1-draft-{PlanJson.ContentHash(DraftOne.Json)}.json", names);
        Assert.DoesNotContain(names, n => n.Contains("Rowan", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Keeping_the_same_version_again_changes_nothing()
    {
        var store = new PlanStore(Open(), Time);
        var first = await store.KeepAsync(DraftOne, Stop);

        var again = await store.KeepAsync(DraftOne, Stop);

        Assert.Equal(KeepingOutcome.AlreadyThere, again.Outcome);
        Assert.Equal(first.Value!.Hash, again.Value!.Hash);
        Assert.Single((await store.ListAsync(PlanExamples.Assessment, Stop)).Value!.Entries);
    }

    [Fact]
    public async Task A_version_that_a_restored_case_did_not_prepare_makes_room_for_another()
    {
        var store = new PlanStore(Open(), Time);
        var first = await store.KeepAsync(DraftOne, Stop);
        await store.KeepAsync(FinalTwo, Stop);
        var other = Files(PlanExamples.Final() with { PreparedBy = "Someone Else" });
        Assert.Equal(KeepingOutcome.Conflict, (await store.KeepAsync(other, Stop)).Outcome);

        Assert.Equal(0, (await store.RemoveLaterAsync(PlanExamples.Assessment, new HashSet<int> { 1, 2 }, Stop)).Value);
        Assert.Equal(1, (await store.RemoveLaterAsync(PlanExamples.Assessment, new HashSet<int> { 1 }, Stop)).Value);

        Assert.Equal(KeepingOutcome.Missing, (await store.ReadAsync(PlanExamples.Assessment, 2, PlanFormat.Json, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Done, (await store.KeepAsync(other, Stop)).Outcome);
        Assert.Equal(other.Json, (await store.ReadAsync(PlanExamples.Assessment, 2, PlanFormat.Json, Stop)).Value);
        Assert.True((await store.VerifyAsync(PlanExamples.Assessment, first.Value!.Hash, Stop)).Value!.IsIntact);
    }

    [Fact]
    public async Task Of_many_writers_of_one_version_one_wins_and_the_others_leave_nothing_behind()
    {
        var files = Enumerable.Range(0, 6).Select(i => Files(PlanExamples.Draft() with { PreparedBy = $"Officer {i}" })).ToList();

        var ends = await Task.WhenAll(files.Select(f => Task.Run(() => new PlanStore(Open(), Time).KeepAsync(f, Stop))));

        Assert.Single(ends, e => e.Outcome == KeepingOutcome.Done);
        Assert.Equal(5, ends.Count(e => e.Outcome == KeepingOutcome.Conflict));
        var store = new PlanStore(Open(), Time);
        var winner = files[Array.FindIndex(ends, e => e.Outcome == KeepingOutcome.Done)];
        Assert.Equal(winner.Json, (await store.ReadAsync(PlanExamples.Assessment, 1, PlanFormat.Json, Stop)).Value);
        var report = (await store.VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!;
        Assert.True(report.IsIntact);
        Assert.Empty(report.Unlisted);
    }

    [Fact]
    public async Task Writers_of_different_versions_all_get_in()
    {
        var files = Enumerable.Range(1, 4).Select(v => Files(PlanExamples.Draft() with { Version = v })).ToList();

        var ends = await Task.WhenAll(files.Select(f => Task.Run(() => new PlanStore(Open(), Time).KeepAsync(f, Stop))));

        Assert.All(ends, e => Assert.Equal(KeepingOutcome.Done, e.Outcome));
        var report = (await new PlanStore(Open(), Time).VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!;
        Assert.True(report.IsIntact);
        Assert.Equal(12, report.Checked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_a_crash_at_any_write_the_same_request_finishes_with_nothing_dangling_and_nothing_missing(int write)
    {
        await Assert.ThrowsAsync<PowerCutException>(() => new PlanStore(new PowerCut(Open(), write), Time).KeepAsync(DraftOne, Stop));

        var store = new PlanStore(Open(), Time);
        Assert.Empty((await store.ListAsync(PlanExamples.Assessment, Stop)).Value!.Entries);
        Assert.Equal(KeepingOutcome.Done, (await store.KeepAsync(DraftOne, Stop)).Outcome);

        var report = (await store.VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!;
        Assert.True(report.IsIntact);
        Assert.Equal(3, report.Checked);
        Assert.Empty(report.Unlisted);
    }

    [Fact]
    public async Task What_a_crash_left_of_a_plan_that_was_never_kept_is_named_and_can_be_taken_away()
    {
        await Assert.ThrowsAsync<PowerCutException>(() => new PlanStore(new PowerCut(Open(), 4), Time).KeepAsync(OtherDraftOne, Stop));
        var store = new PlanStore(Open(), Time);
        await store.KeepAsync(DraftOne, Stop);

        var report = (await store.VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!;
        Assert.Equal(3, report.Unlisted.Count);
        Assert.True(report.IsIntact);
        Assert.Equal(KeepingOutcome.Refused, (await new PlanStore(Open(new KeepingRules { LegalHold = true }), Time).RemoveUnlistedAsync(PlanExamples.Assessment, Stop)).Outcome);
        Assert.Equal(3, (await store.RemoveUnlistedAsync(PlanExamples.Assessment, Stop)).Value!.Count);

        Assert.Empty((await store.VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!.Unlisted);
        Assert.Equal(DraftOne.Docx, (await store.ReadAsync(PlanExamples.Assessment, 1, PlanFormat.Docx, Stop)).Value);
    }

    [Fact]
    public async Task A_tampered_file_is_named_by_verify_and_not_given_out()
    {
        var store = new PlanStore(Open(), Time);
        var entry = (await store.KeepAsync(DraftOne, Stop)).Value!;
        await store.KeepAsync(FinalTwo, Stop);
        var target = entry.Files.Single(f => f.Format == PlanFormat.Html);

        await OverwriteAsync(target.Name, [.. DraftOne.Html.Take(DraftOne.Html.Length - 1), (byte)' ']);

        var report = (await store.VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!;
        Assert.Equal([target.Name], report.Problems.Select(p => p.Name));
        Assert.Equal(KeepingOutcome.Tampered, (await store.ReadAsync(PlanExamples.Assessment, 1, PlanFormat.Html, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Done, (await store.ReadAsync(PlanExamples.Assessment, 1, PlanFormat.Json, Stop)).Outcome);
    }

    [Fact]
    public async Task A_manifest_entry_that_was_changed_or_taken_out_breaks_the_chain()
    {
        var store = new PlanStore(Open(), Time);
        await store.KeepAsync(DraftOne, Stop);
        await store.KeepAsync(FinalTwo, Stop);
        var head = (await store.ListAsync(PlanExamples.Assessment, Stop)).Value!.Head;
        var name = $"330/{PlanExamples.Assessment}/manifest.json";
        var good = System.Text.Encoding.UTF8.GetString((await Open().ReadAsync(name, Stop)).Value!.Bytes);

        await OverwriteAsync(name, System.Text.Encoding.UTF8.GetBytes(good.Replace("\"preparedOn\": \"2026-03-02\"", "\"preparedOn\": \"2026-02-02\"", StringComparison.Ordinal)));
        Assert.Contains("The chain of hashes breaks at version 1.", (await store.VerifyAsync(PlanExamples.Assessment, head, Stop)).Value!.Problems.Select(p => p.Problem));

        // Someone who takes the last version out whole leaves a chain that holds; only the audit trail knows better.
        var (before, after) = (good.IndexOf("},\n    {\n      \"version\": 2", StringComparison.Ordinal), good.LastIndexOf("    }", StringComparison.Ordinal));
        await OverwriteAsync(name, System.Text.Encoding.UTF8.GetBytes(string.Concat(good.AsSpan(0, before), good.AsSpan(after + 4))));
        Assert.Single((await store.ListAsync(PlanExamples.Assessment, Stop)).Value!.Entries);
        Assert.True((await store.VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!.IsIntact);
        Assert.False((await store.VerifyAsync(PlanExamples.Assessment, head, Stop)).Value!.IsIntact);

        await OverwriteAsync(name, "nonsense"u8.ToArray());
        Assert.Equal([name], (await store.VerifyAsync(PlanExamples.Assessment, head, Stop)).Value!.Problems.Select(p => p.Name).Distinct());
        Assert.Equal(KeepingOutcome.Tampered, (await store.KeepAsync(DraftOne, Stop)).Outcome);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_named_by_verify()
    {
        var store = new PlanStore(Open(), Time);
        var entry = (await store.KeepAsync(DraftOne, Stop)).Value!;

        Assert.True((await Open().RemoveAsync(entry.Files[0].Name, Stop)).Succeeded);

        Assert.Equal([(entry.Files[0].Name, "The document is missing.")], (await store.VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!.Problems.Select(p => (p.Name, p.Problem)));
    }

    [Fact]
    public async Task While_the_store_is_away_nothing_is_lost_and_later_the_plan_is_kept()
    {
        var away = new PlanStore(OpenUnreachable(), Time);

        Assert.Equal(KeepingOutcome.Transient, (await away.KeepAsync(DraftOne, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Transient, (await away.ListAsync(PlanExamples.Assessment, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Transient, (await away.ReadAsync(PlanExamples.Assessment, 1, PlanFormat.Json, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Transient, (await away.VerifyAsync(PlanExamples.Assessment, null, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Transient, (await new AttachmentStore(OpenUnreachable(), new()).KeepAsync(PlanExamples.Assessment, "a.pdf", "application/pdf", Pdf(), Stop)).Outcome);

        Assert.Equal(KeepingOutcome.Done, (await new PlanStore(Open(), Time).KeepAsync(DraftOne, Stop)).Outcome);
    }

    [Fact]
    public async Task A_document_is_written_once_and_replaced_only_by_whom_has_read_it()
    {
        var documents = Open();

        Assert.Equal(KeepingOutcome.Done, (await documents.PutOnceAsync("330/a/x", "one"u8.ToArray(), "text/plain", Stop)).Outcome);
        Assert.Equal(KeepingOutcome.AlreadyThere, (await documents.PutOnceAsync("330/a/x", "two"u8.ToArray(), "text/plain", Stop)).Outcome);
        var first = (await documents.ReplaceAsync("330/a/m", "one"u8.ToArray(), "text/plain", null, Stop)).Value!;
        Assert.Equal(KeepingOutcome.Conflict, (await documents.ReplaceAsync("330/a/m", "two"u8.ToArray(), "text/plain", null, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Done, (await documents.ReplaceAsync("330/a/m", "two"u8.ToArray(), "text/plain", first, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Conflict, (await documents.ReplaceAsync("330/a/m", "three"u8.ToArray(), "text/plain", first, Stop)).Outcome);

        Assert.Equal("one"u8.ToArray(), (await documents.ReadAsync("330/a/x", Stop)).Value!.Bytes);
        Assert.Equal("two"u8.ToArray(), (await documents.ReadAsync("330/a/m", Stop)).Value!.Bytes);
        Assert.Equal(KeepingOutcome.Missing, (await documents.ReadAsync("330/a/none", Stop)).Outcome);
        Assert.Equal(["330/a/m", "330/a/x"], (await documents.ListAsync("330/a", Stop)).Value!);
        Assert.Empty((await documents.ListAsync("330/b", Stop)).Value!);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/hostname")]
    [InlineData("a//b")]
    [InlineData("a/.hidden")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        var documents = Open();

        Assert.Equal(KeepingOutcome.Refused, (await documents.PutOnceAsync(name, "x"u8.ToArray(), "text/plain", Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Refused, (await documents.ReadAsync(name, Stop)).Outcome);
    }

    [Fact]
    public async Task An_attachment_is_kept_once_and_served_only_when_the_scanner_calls_it_clean()
    {
        var attachments = new AttachmentStore(Open(), new KeepingRules());
        var kept = await attachments.KeepAsync(PlanExamples.Assessment, "Rowan's report.pdf", "application/pdf", Pdf(), Stop);
        var again = await attachments.KeepAsync(PlanExamples.Assessment, "copy.pdf", "application/pdf", Pdf(), Stop);
        var file = kept.Value!;

        Assert.Equal((KeepingOutcome.Done, KeepingOutcome.AlreadyThere), (kept.Outcome, again.Outcome));
        Assert.Equal($"330/{PlanExamples.Assessment}/attachments/{file.Sha256}", file.Token);
        Assert.Equal(KeepingOutcome.NotScanned, (await attachments.ReadAsync(PlanExamples.Assessment, file.Sha256, Stop)).Outcome);
        Assert.Equal(Pdf().ToArray(), (await new AttachmentStore(Open(), new() { ServeUnscanned = true }).ReadAsync(PlanExamples.Assessment, file.Sha256, Stop)).Value);
        await ScanAsync(file.Token, "No threats found");
        Assert.Equal(Pdf().ToArray(), (await attachments.ReadAsync(PlanExamples.Assessment, file.Sha256, Stop)).Value);
        await ScanAsync(file.Token, "Malicious");
        Assert.Equal(KeepingOutcome.Refused, (await new AttachmentStore(Open(), new() { ServeUnscanned = true }).ReadAsync(PlanExamples.Assessment, file.Sha256, Stop)).Outcome);
        Assert.Empty((await new PlanStore(Open(), Time).VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!.Unlisted);
    }

    [Fact]
    public async Task A_tampered_attachment_is_named_by_verify_and_not_given_out()
    {
        var attachments = new AttachmentStore(Open(), new());
        var file = (await attachments.KeepAsync(PlanExamples.Assessment, "a.pdf", "application/pdf", Pdf(), Stop)).Value!;

        await OverwriteAsync(file.Token, "%PDF-other"u8.ToArray());

        Assert.Equal(KeepingOutcome.Tampered, (await attachments.ReadAsync(PlanExamples.Assessment, file.Sha256, Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Tampered, (await attachments.KeepAsync(PlanExamples.Assessment, "a.pdf", "application/pdf", Pdf(), Stop)).Outcome);
        Assert.Equal([file.Token], (await new PlanStore(Open(), Time).VerifyAsync(PlanExamples.Assessment, null, Stop)).Value!.Problems.Select(p => p.Name));
        Assert.Equal(KeepingOutcome.Missing, (await attachments.ReadAsync(PlanExamples.Assessment, new string('0', 64), Stop)).Outcome);
        Assert.Equal(KeepingOutcome.Missing, (await attachments.ReadAsync(PlanExamples.Assessment, "../manifest.json", Stop)).Outcome);
    }

    protected static MemoryStream Pdf() => new("%PDF-1.7\n%EOF\n"u8.ToArray());

    private static PlanFiles Files(PlanInput input)
    {
        var plan = PlanAssembly.Assemble(input);
        return PlanFiles.Of(plan, PlanSummaryFacts.For(plan, RuleSet.England2014));
    }
}

internal sealed class PowerCutException : Exception;

/// <summary>The machine stops just before the n-th write.</summary>
internal sealed class PowerCut(IDocumentStore inner, int at) : IDocumentStore
{
    private int writes;

    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) =>
        ++writes == at ? throw new PowerCutException() : inner.PutOnceAsync(name, bytes, contentType, cancellationToken);

    public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) =>
        ++writes == at ? throw new PowerCutException() : inner.ReplaceAsync(name, bytes, contentType, etag, cancellationToken);

    public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) => inner.ReadAsync(name, cancellationToken);

    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) => inner.RemoveAsync(name, cancellationToken);

    public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => inner.ScanStateAsync(name, cancellationToken);
}
