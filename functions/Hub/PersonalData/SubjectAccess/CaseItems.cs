using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>Collects all the data that the hub holds in one case.</summary>
/// <param name="store">The store of cases.</param>
/// <param name="documents">The store of plans, letters and documents.</param>
/// <param name="notices">The record of notices sent to people.</param>
/// <param name="log">The access log.</param>
internal sealed partial class CaseItems(IAssessmentStore store, IDocumentStore documents, INoticeStore notices, IAccessLog log)
{
    private const int Page = 500;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>All items of a case, ordered by kind and then by time.</summary>
    /// <exception cref="IOException">A store cannot be read.</exception>
    internal async Task<IReadOnlyList<HeldItem>> OfAsync(AssessmentState state, CancellationToken cancellationToken)
    {
        var items = new List<HeldItem>();
        await AddEventsAsync(items, state.Id, cancellationToken);
        await AddPlansAsync(items, state.Id, cancellationToken);
        await AddLettersAsync(items, state.Id, cancellationToken);
        items.AddRange(notices.All(state.Id).Reverse().Select(notice => new HeldItem(
            state.Id, HeldItemKind.Notice, notice.Id, notice.SentAt, $"A message to {notice.To}", JsonSerializer.SerializeToNode(notice, Web)!)));
        await AddReadingsAsync(items, state.Id, cancellationToken);
        items.AddRange(PackageWriter.DocumentsOf(state).DistinctBy(one => one.Document.Sha256).Select(one => new HeldItem(
            state.Id, HeldItemKind.Document, one.Document.Sha256, null, one.What, JsonSerializer.SerializeToNode(one.Document, Web)!)
        { Document = one.Document.Sha256 }));
        return items;
    }

    /// <summary>The bytes of an item that is a document.</summary>
    /// <exception cref="IOException">The document's bytes cannot be read.</exception>
    internal async Task<byte[]> DocumentAsync(HeldItem item, CancellationToken cancellationToken) =>
        Value(await documents.ReadAsync(AttachmentStore.TokenOf(item.Folder ?? AttachmentStore.FolderOf(item.Case), item.Document!), cancellationToken)).Bytes;

    private async Task AddEventsAsync(List<HeldItem> items, AssessmentId @case, CancellationToken cancellationToken)
    {
        var context = new TimelineContext();
        foreach (var recorded in await store.EventsAsync(@case, 0, cancellationToken: cancellationToken))
        {
            context.Read(recorded);
            items.Add(new HeldItem(
                @case, HeldItemKind.Event, recorded.Sequence.ToString(CultureInfo.InvariantCulture), recorded.At, recorded.What.Describe(context),
                JsonSerializer.SerializeToNode(recorded, AssessmentJson.Default.RecordedEvent)!)
            { Advice = (recorded.What as AdviceReceived)?.Advice.Id });
        }
    }

    private async Task AddPlansAsync(List<HeldItem> items, AssessmentId @case, CancellationToken cancellationToken)
    {
        var plans = new PlanStore(documents, TimeProvider.System);
        foreach (var entry in Value(await plans.ListAsync(@case, cancellationToken)).Entries)
        {
            items.Add(new HeldItem(
                @case, HeldItemKind.Plan, entry.Version.ToString(CultureInfo.InvariantCulture), entry.KeptAt, FormattableString.Invariant($"Version {entry.Version} of the plan"),
                JsonNode.Parse(Value(await plans.ReadAsync(@case, entry.Version, PlanFormat.Json, cancellationToken)))!));
        }
    }

    private async Task AddLettersAsync(List<HeldItem> items, AssessmentId @case, CancellationToken cancellationToken)
    {
        var listed = await documents.ListAsync(KeptLetter.FolderOf(@case), cancellationToken);
        foreach (var letter in listed.Outcome == KeepingOutcome.Missing ? [] : Value(listed).Select(name => KeptLetter.Read(@case, name)).OfType<KeptLetter>().Where(l => l.Format == LetterFormat.Html))
        {
            var page = Encoding.UTF8.GetString(Value(await documents.ReadAsync(letter.NameIn(@case), cancellationToken)).Bytes);
            items.Add(new HeldItem(
                @case, HeldItemKind.Letter, $"{letter.Letter}/{letter.Sha256[..12]}", new DateTimeOffset(letter.On.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), $"Letter {letter.Letter}",
                new JsonObject { ["on"] = letter.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["sentBy"] = letter.By.ToString(), ["text"] = TextOf(page) }));
        }
    }

    private async Task AddReadingsAsync(List<HeldItem> items, AssessmentId @case, CancellationToken cancellationToken)
    {
        var found = new List<CaseReading>();
        IReadOnlyList<CaseReading> page;
        do
        {
            page = await log.EntriesAsync(@case, found.Count, Page, cancellationToken);
            found.AddRange(page);
        }
        while (page.Count == Page);

        found.Reverse();
        items.AddRange(found.Select((reading, n) => new HeldItem(
            @case, HeldItemKind.Reading, (n + 1).ToString(CultureInfo.InvariantCulture), reading.At, $"Viewed by {reading.By} ({reading.Roles}): {reading.What}",
            new JsonObject { ["by"] = reading.By, ["roles"] = reading.Roles, ["what"] = reading.What })));
    }

    /// <summary>The text that somebody who opens an HTML page sees, with a line for each paragraph or cell.</summary>
    private static string TextOf(string html)
    {
        var words = WebUtility.HtmlDecode(Tag().Replace(Block().Replace(Unseen().Replace(html, ""), "\n"), ""));
        return string.Join('\n', words.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    // If advice, a plan or a letter cannot be read, the method fails, because the answer would be incomplete without saying so.
    private static T Value<T>(StoreResult<T> kept) => kept.Succeeded ? kept.Value : throw new IOException(kept.Reason);

    [GeneratedRegex("<(style|title|script)[^>]*>.*?</\\1>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Unseen();

    [GeneratedRegex("</?(p|div|h[1-6]|li|tr|td|th|br|section|table|address|header|footer|main)\\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
