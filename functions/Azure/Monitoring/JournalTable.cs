using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Orchestrations.AzureStorage.Rows;

namespace IntegrationHub.Azure.Monitoring;

/// <summary>The operators' journal that many hosts share: one partition of the table of notices, newest entry first.</summary>
internal sealed class JournalTable(TableClient table) : IOperatorJournal
{
    private const string Partition = "operators";
    private const string Entry = "Entry";

    public async ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        var key = FormattableString.Invariant($"{DateTimeOffset.MaxValue.UtcTicks - entry.At.UtcTicks:D19}-{Guid.NewGuid():N}");
        var row = new TableEntity(Partition, key);
        SplitValue.Put(row, Entry, JsonSerializer.SerializeToUtf8Bytes(entry, OperatorsJson.Default.JournalEntry));
        await table.AddEntityAsync(row, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<JournalEntry>> NewestAsync(int most, CancellationToken cancellationToken = default)
    {
        var entries = new List<JournalEntry>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), Math.Clamp(most, 1, 1000), null, cancellationToken))
        {
            entries.Add(JsonSerializer.Deserialize(SplitValue.Get(row, Entry), OperatorsJson.Default.JournalEntry)!);
            if (entries.Count == most)
            {
                break;
            }
        }

        return entries;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class OperatorsJson : JsonSerializerContext;
