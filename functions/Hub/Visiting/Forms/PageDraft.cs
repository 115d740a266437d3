using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Forms;
using Microsoft.Extensions.Primitives;

namespace IntegrationHub.Functions.Visiting.Forms;

/// <summary>What was typed on the pages of one link and has not been sent yet.</summary>
public sealed record PageDraft
{
    /// <summary>How often it was saved.</summary>
    public int Saves { get; init; }

    /// <summary>When it was last saved, UTC; null where it never was.</summary>
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>
    /// Whether the form was started: then the draft holds everything that will be sent, and nothing is copied from advice that was sent
    /// before.
    /// </summary>
    public bool Begun { get; init; }

    /// <summary>What was typed, by the path of its field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was sent from these pages, newest last, as the receipts show it.</summary>
    public IReadOnlyList<SentReceipt> Sent { get; init => field = value ?? []; } = [];

    /// <summary>The files attached to it.</summary>
    public IReadOnlyList<AttachmentRef> Files { get; init; } = [];

    /// <summary>What was typed, as forms show it.</summary>
    [JsonIgnore]
    internal FormValues Values => FormValues.Of(Typed.Select(t => KeyValuePair.Create(t.Key, new StringValues(t.Value))));

    /// <summary>The draft with new values at all paths of one part of it.</summary>
    /// <param name="isOfPart">Whether a path belongs to the part.</param>
    /// <param name="typed">What was typed; paths that do not belong to the part are ignored.</param>
    internal PageDraft With(Func<string, bool> isOfPart, FormValues typed) => this with
    {
        Typed = Typed.Where(t => !isOfPart(t.Key)).Concat(typed.All.Where(t => isOfPart(t.Key) && t.Value.Length > 0)).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal),
    };
}

/// <summary>A receipt.</summary>
/// <param name="Reference">Reference of what was sent.</param>
/// <param name="On">Day of receipt, London time.</param>
public sealed record SentReceipt(string Reference, DateOnly On);

/// <summary>
/// Keeps drafts in the document store of the host: anything reported as saved survives a power cut. A draft that was sent is emptied,
/// because the case has all of it.
/// </summary>
public sealed class PageDrafts(IDocumentStore documents, TimeProvider time)
{
    private const string Json = "application/json";
    private const int Rounds = 5;

    /// <summary>Name of a draft. It is stored like an upload, outside the folders of cases, because a case's manifest lists every file in its folder.</summary>
    /// <param name="assessment">The case.</param>
    /// <param name="of">Which draft of the case, in letters, digits and hyphens.</param>
    internal static string NameOf(AssessmentId assessment, string of) => $"contributions/{PlanStore.FolderOf(assessment)}/{of}.json";

    /// <summary>The draft of a page; an empty one where nothing was saved.</summary>
    /// <returns>Done; Transient; Tampered.</returns>
    internal async Task<Kept<PageDraft>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var read = await ReadWithMarkAsync(name, cancellationToken);
        return read.Succeeded ? Kept.Done(read.Value.Draft) : read.As<PageDraft>();
    }

    /// <summary>Changes the draft. If somebody else saves at the same moment, the change is applied to what they saved.</summary>
    /// <returns>Done with the draft as it is now kept; Transient; Tampered.</returns>
    internal async Task<Kept<PageDraft>> ChangeAsync(string name, Func<PageDraft, PageDraft> change, CancellationToken cancellationToken)
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
                return Kept.Done(changed);
            }

            if (put.Outcome != KeepingOutcome.Conflict)
            {
                return put.As<PageDraft>();
            }
        }

        return Kept.Failed<PageDraft>(KeepingOutcome.Transient, "Others are saving the same draft at this moment.");
    }

    private async Task<Kept<(PageDraft Draft, string? ETag)>> ReadWithMarkAsync(string name, CancellationToken cancellationToken)
    {
        var read = await documents.ReadAsync(name, cancellationToken);
        if (read.Outcome == KeepingOutcome.Missing)
        {
            return Kept.Done<(PageDraft, string?)>((new PageDraft(), null));
        }

        if (!read.Succeeded)
        {
            return read.As<(PageDraft, string?)>();
        }

        try
        {
            return Kept.Done<(PageDraft, string?)>((JsonSerializer.Deserialize(read.Value.Bytes, DraftJson.Default.PageDraft) ?? new PageDraft(), read.Value.ETag));
        }
        catch (JsonException)
        {
            return Kept.Failed<(PageDraft, string?)>(KeepingOutcome.Tampered, $"{name} cannot be read.");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PageDraft))]
internal sealed partial class DraftJson : JsonSerializerContext;
