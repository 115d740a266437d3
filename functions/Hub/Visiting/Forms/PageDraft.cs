using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Forms;
using Microsoft.Extensions.Primitives;

namespace IntegrationHub.Functions.Visiting.Forms;

/// <summary>Text that was typed on the pages that one link opens, and that has not been sent yet.</summary>
public sealed record PageDraft
{
    /// <summary>Number of times that the draft was saved.</summary>
    public int Saves { get; init; }

    /// <summary>Number of times that typed text was saved from a page. Several people can have the page open.</summary>
    public int Writes { get; init; }

    /// <summary>The page from which typed text was last saved: a random name that the page got when it was shown.</summary>
    public string? WrittenFrom { get; init; }

    /// <summary>Time at which the draft was last saved, in UTC; null if it was never saved.</summary>
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>
    /// Whether the form was started. Once the form is started, the draft contains everything that will be sent, and nothing is copied from
    /// advice that was sent before.
    /// </summary>
    public bool Begun { get; init; }

    /// <summary>
    /// Whether the draft of advice says so if a line is linked to nothing. In drafts that earlier versions stored, the field of such a line
    /// is empty, as if the line were linked to everything.
    /// </summary>
    public bool SaysNone { get; init; }

    /// <summary>The typed values, by the path of their field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>Receipts for everything sent from these pages, newest last.</summary>
    public IReadOnlyList<SentReceipt> Sent { get; init => field = value ?? []; } = [];

    /// <summary>Files attached to the draft.</summary>
    public IReadOnlyList<AttachmentRef> Files { get; init; } = [];

    /// <summary>The typed values, as forms show them.</summary>
    [JsonIgnore]
    internal FormValues Values => FormValues.Of(Typed.Select(t => KeyValuePair.Create(t.Key, new StringValues(t.Value))));

    /// <summary>
    /// The fields in which somebody else has written a different text since a page was shown. The page would overwrite this text without
    /// its reader having seen it. If the page itself saved last (the reader went back in the browser), there are no such fields.
    /// </summary>
    /// <param name="isOfPart">Says whether the path of a field belongs to the page.</param>
    /// <param name="typed">What was typed on the page.</param>
    /// <param name="writes">The number of writes when the page was shown, as the page sent it; empty if it sent none.</param>
    /// <param name="page">The name of the page.</param>
    internal IReadOnlyList<KeyValuePair<string, string>> Overwritten(Func<string, bool> isOfPart, FormValues typed, string writes, string page) =>
        writes.Length == 0 || writes == Writes.ToString(CultureInfo.InvariantCulture) || page == WrittenFrom ? []
            : [.. Typed.Where(t => isOfPart(t.Key) && t.Value.Trim().Length > 0 && t.Value != typed[t.Key])];

    /// <summary>The draft with new values for all fields of one part of the form.</summary>
    /// <param name="isOfPart">Says whether the path of a field belongs to that part of the form.</param>
    /// <param name="typed">The new values; fields that do not belong to that part are ignored.</param>
    internal PageDraft With(Func<string, bool> isOfPart, FormValues typed) => this with
    {
        Typed = Typed.Where(t => !isOfPart(t.Key)).Concat(typed.All.Where(t => isOfPart(t.Key) && t.Value.Length > 0)).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal),
    };
}

/// <summary>A receipt for something that was sent.</summary>
/// <param name="Reference">Reference of the receipt.</param>
/// <param name="On">Day of receipt, London time.</param>
public sealed record SentReceipt(string Reference, DateOnly On);

/// <summary>
/// Stores drafts in the host's document store, so that a saved draft survives a power cut. A draft that was sent is emptied, because the
/// case now contains everything in it.
/// </summary>
public sealed class PageDrafts(IDocumentStore documents, TimeProvider time)
{
    private const string Json = "application/json";
    private const int Rounds = 5;

    /// <summary>Name of a draft. A draft is stored like an upload, outside the folders of cases, because a case's manifest lists every file
    /// in its folder.</summary>
    /// <param name="assessment">The case.</param>
    /// <param name="of">Name of the draft within the case, in letters, digits and hyphens.</param>
    internal static string NameOf(AssessmentId assessment, string of) => $"contributions/{PlanStore.FolderOf(assessment)}/{of}.json";

    /// <summary>The draft of a page, or an empty draft if nothing was saved.</summary>
    /// <returns>The outcome: Done, Transient or Tampered.</returns>
    internal async Task<StoreResult<PageDraft>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var read = await ReadWithMarkAsync(name, cancellationToken);
        return read.Succeeded ? StoreResult.Done(read.Value.Draft) : read.As<PageDraft>();
    }

    /// <summary>Changes the draft. If somebody else saves at the same moment, the change is applied to their version.</summary>
    /// <returns>The outcome is Done (with the stored draft), Transient or Tampered.</returns>
    internal async Task<StoreResult<PageDraft>> ChangeAsync(string name, Func<PageDraft, PageDraft> change, CancellationToken cancellationToken)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var read = await ReadWithMarkAsync(name, cancellationToken);
            if (!read.Succeeded)
            {
                return read.As<PageDraft>();
            }

            var changed = change(read.Value.Draft) with { Saves = read.Value.Draft.Saves + 1, SavedAt = time.GetUtcNow() };
            var put = await documents.ReplaceAsync(name, JsonSerializer.SerializeToUtf8Bytes(changed, DraftJson.Default.PageDraft), Json, read.Value.ETag, cancellationToken);
            if (put.Succeeded)
            {
                return StoreResult.Done(changed);
            }

            if (put.Outcome != KeepingOutcome.Conflict)
            {
                return put.As<PageDraft>();
            }
        }

        return StoreResult.Failed<PageDraft>(KeepingOutcome.Transient, "Other people are saving the same draft at this moment.");
    }

    private async Task<StoreResult<(PageDraft Draft, string? ETag)>> ReadWithMarkAsync(string name, CancellationToken cancellationToken)
    {
        var read = await documents.ReadAsync(name, cancellationToken);
        if (read.Outcome == KeepingOutcome.Missing)
        {
            return StoreResult.Done<(PageDraft, string?)>((new PageDraft(), null));
        }

        if (!read.Succeeded)
        {
            return read.As<(PageDraft, string?)>();
        }

        try
        {
            return StoreResult.Done<(PageDraft, string?)>((JsonSerializer.Deserialize(read.Value.Bytes, DraftJson.Default.PageDraft) ?? new PageDraft(), read.Value.ETag));
        }
        catch (JsonException)
        {
            return StoreResult.Failed<(PageDraft, string?)>(KeepingOutcome.Tampered, $"{name} cannot be read.");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PageDraft))]
internal sealed partial class DraftJson : JsonSerializerContext;
