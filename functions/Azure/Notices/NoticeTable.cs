using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.AzureStorage.Rows;

namespace IntegrationHub.Azure.Notices;

/// <summary>
/// The store of notices that many hosts share, in one table. Waiting notices are stored under their recipient. Sent notices are stored
/// under their assessment and also in one list, newest first. A row for each effect states whether its notice is waiting or sent. Every
/// write can be repeated safely: if a host fails half-way, the next attempt at the effect puts right what the host left unfinished.
/// </summary>
internal sealed class NoticeTable(TableClient table, NoticeText texts) : INoticeStore
{
    private const string Effects = "effect";
    private const string Kept = "kept";
    private const string Recipient = "Recipient";

    public async ValueTask<KeptNotice?> PutAsync(NoticeItem item, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var known = await table.GetEntityIfExistsAsync<TableEntity>(Effects, Key(item.EffectId), cancellationToken: cancellationToken);
        if (known.HasValue)
        {
            if (texts.Read(known.Value!) is not { } notice)
            {
                return null;
            }

            // If a host stopped while it recorded the notice, the item is still waiting. It would be sent again with the person's next
            // notice, and that notice would not wait for others to be sent with it.
            await table.DeleteEntityAsync(Waiting(item.Recipient), Key(item.EffectId), ETag.All, cancellationToken);
            return Read(notice);
        }

        var waiting = new TableEntity(Waiting(item.Recipient), Key(item.EffectId)) { ["PutAt"] = now.UtcTicks };
        SplitValue.Put(waiting, "Item", JsonSerializer.SerializeToUtf8Bytes(item, BookJson.Default.NoticeItem));
        await table.UpsertEntityAsync(waiting, TableUpdateMode.Replace, cancellationToken);
        var effect = new TableEntity(Effects, Key(item.EffectId));
        SplitValue.Put(effect, Recipient, item.Recipient);
        await table.UpsertEntityAsync(effect, TableUpdateMode.Merge, cancellationToken);
        return null;
    }

    public IReadOnlyList<(NoticeItem Item, DateTimeOffset PutAt)> WaitingFor(string recipient)
    {
        var partition = Waiting(recipient);
        return
        [
            .. table.Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"))
                .Select(row => (Item: JsonSerializer.Deserialize(SplitValue.GetText(row, "Item") ?? "", BookJson.Default.NoticeItem)!, PutAt: new DateTimeOffset(row.GetInt64("PutAt") ?? 0, TimeSpan.Zero)))
                .OrderBy(w => w.PutAt).ThenBy(w => w.Item.EffectId, StringComparer.Ordinal),
        ];
    }

    public async ValueTask DropAsync(string effectId, CancellationToken cancellationToken = default)
    {
        var known = await table.GetEntityIfExistsAsync<TableEntity>(Effects, Key(effectId), cancellationToken: cancellationToken);
        if (known.HasValue && texts.Read(known.Value!) is null)
        {
            await table.DeleteEntityAsync(Waiting(RecipientOf(known.Value!) ?? ""), Key(effectId), ETag.All, cancellationToken);
            await table.DeleteEntityAsync(Effects, Key(effectId), ETag.All, cancellationToken);
        }
    }

    public async ValueTask KeepAsync(KeptNotice notice, CancellationToken cancellationToken = default)
    {
        var put = await texts.KeepAsync(JsonSerializer.SerializeToUtf8Bytes(notice, BookJson.Default.KeptNotice), cancellationToken);
        foreach (var partition in notice.Assessments.Select(a => a.Value).Append(Kept))
        {
            await WriteAsync(new TableEntity(partition, NewestFirst(notice)), put, cancellationToken);
        }

        foreach (var effect in notice.Effects)
        {
            var known = await table.GetEntityIfExistsAsync<TableEntity>(Effects, Key(effect), cancellationToken: cancellationToken);
            var recipient = known.HasValue ? RecipientOf(known.Value!) : null;
            var row = new TableEntity(Effects, Key(effect));
            if (recipient is not null)
            {
                SplitValue.Put(row, Recipient, recipient);
            }

            await WriteAsync(row, put, cancellationToken);
            if (recipient is not null)
            {
                await table.DeleteEntityAsync(Waiting(recipient), Key(effect), ETag.All, cancellationToken);
            }
        }
    }

    public IReadOnlyList<KeptNotice> Of(AssessmentId assessment, int limit = 100) => In(assessment.Value, limit);

    public IEnumerable<KeptNotice> All(AssessmentId? about = null)
    {
        var partition = about?.Value ?? Kept;
        return table.Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}")).Select(Read);
    }

    public IReadOnlyList<KeptNotice> Newest(int limit) => In(Kept, limit);

    private List<KeptNotice> In(string partition, int limit) =>
        [.. table.Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), Math.Clamp(limit, 1, 1000)).Take(limit).Select(Read)];

    private async Task WriteAsync(TableEntity row, Action<TableEntity> put, CancellationToken cancellationToken)
    {
        put(row);
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    private static string? RecipientOf(TableEntity effect) => SplitValue.GetText(effect, Recipient);

    private KeptNotice Read(TableEntity row) => Read(texts.Read(row) ?? "");

    private static KeptNotice Read(string text) => JsonSerializer.Deserialize(text, BookJson.Default.KeptNotice)!;

    private static string NewestFirst(KeptNotice notice) =>
        FormattableString.Invariant($"{DateTimeOffset.MaxValue.UtcTicks - notice.SentAt.UtcTicks:D19}-{Key(notice.Id)}");

    private static string Waiting(string recipient) => "waiting-" + Key(recipient);

    /// <summary>Makes a table key from the id of an effect or recipient, because ids contain characters that are not allowed in
    /// keys.</summary>
    private static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NoticeItem))]
[JsonSerializable(typeof(KeptNotice))]
internal sealed partial class BookJson : JsonSerializerContext;
