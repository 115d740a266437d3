using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Notices;

namespace IntegrationHub.Azure.Notices;

/// <summary>
/// The notice book of many hosts, in one table. What waits stands by recipient, what went out by assessment and, newest first, by itself;
/// a row for each effect says which of the two holds. Every write may be made twice: a host that dies in between leaves nothing that the
/// next attempt at the effect does not mend.
/// </summary>
internal sealed class NoticeTable(TableClient table) : INoticeBook
{
    private const string Effects = "effect";
    private const string All = "kept";

    public async ValueTask<KeptNotice?> PutAsync(NoticeItem item, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var known = await table.GetEntityIfExistsAsync<TableEntity>(Effects, Key(item.EffectId), cancellationToken: cancellation);
        if (known.HasValue)
        {
            return known.Value!.GetString("Notice") is { } notice ? Read(notice) : null;
        }

        var waiting = new TableEntity(Waiting(item.Recipient), Key(item.EffectId)) { ["PutAt"] = now.UtcTicks, ["Item"] = JsonSerializer.Serialize(item, BookJson.Default.NoticeItem) };
        await table.UpsertEntityAsync(waiting, TableUpdateMode.Replace, cancellation);
        await table.UpsertEntityAsync(new TableEntity(Effects, Key(item.EffectId)) { ["Recipient"] = item.Recipient }, TableUpdateMode.Merge, cancellation);
        return null;
    }

    public IReadOnlyList<(NoticeItem Item, DateTimeOffset PutAt)> WaitingFor(string recipient)
    {
        var partition = Waiting(recipient);
        return
        [
            .. table.Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"))
                .Select(row => (Item: JsonSerializer.Deserialize(row.GetString("Item"), BookJson.Default.NoticeItem)!, PutAt: new DateTimeOffset(row.GetInt64("PutAt") ?? 0, TimeSpan.Zero)))
                .OrderBy(w => w.PutAt).ThenBy(w => w.Item.EffectId, StringComparer.Ordinal),
        ];
    }

    public async ValueTask DropAsync(string effectId, CancellationToken cancellation = default)
    {
        var known = await table.GetEntityIfExistsAsync<TableEntity>(Effects, Key(effectId), cancellationToken: cancellation);
        if (known.HasValue && known.Value!.GetString("Notice") is null)
        {
            await table.DeleteEntityAsync(Waiting(known.Value.GetString("Recipient")), Key(effectId), ETag.All, cancellation);
            await table.DeleteEntityAsync(Effects, Key(effectId), ETag.All, cancellation);
        }
    }

    public async ValueTask KeepAsync(KeptNotice notice, CancellationToken cancellation = default)
    {
        var text = JsonSerializer.Serialize(notice, BookJson.Default.KeptNotice);
        foreach (var partition in notice.Assessments.Select(a => a.Value).Append(All))
        {
            await table.UpsertEntityAsync(new TableEntity(partition, NewestFirst(notice)) { ["Notice"] = text }, TableUpdateMode.Replace, cancellation);
        }

        foreach (var effect in notice.Effects)
        {
            var known = await table.GetEntityIfExistsAsync<TableEntity>(Effects, Key(effect), cancellationToken: cancellation);
            await table.UpsertEntityAsync(new TableEntity(Effects, Key(effect)) { ["Notice"] = text }, TableUpdateMode.Merge, cancellation);
            if (known.HasValue && known.Value!.GetString("Recipient") is { } recipient)
            {
                await table.DeleteEntityAsync(Waiting(recipient), Key(effect), ETag.All, cancellation);
            }
        }
    }

    public IReadOnlyList<KeptNotice> Of(AssessmentId assessment, int limit = 100) => In(assessment.Value, limit);

    public IReadOnlyList<KeptNotice> Newest(int limit) => In(All, limit);

    private List<KeptNotice> In(string partition, int limit) =>
        [.. table.Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), Math.Clamp(limit, 1, 1000)).Take(limit).Select(row => Read(row.GetString("Notice")))];

    private static KeptNotice Read(string text) => JsonSerializer.Deserialize(text, BookJson.Default.KeptNotice)!;

    private static string NewestFirst(KeptNotice notice) =>
        FormattableString.Invariant($"{DateTimeOffset.MaxValue.UtcTicks - notice.SentAt.UtcTicks:D19}-{Key(notice.Id)}");

    private static string Waiting(string recipient) => "waiting-" + Key(recipient);

    /// <summary>Ids of effects and recipients hold characters that no key may.</summary>
    private static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NoticeItem))]
[JsonSerializable(typeof(KeptNotice))]
internal sealed partial class BookJson : JsonSerializerContext;
