using Azure.Data.Tables;
using IntegrationHub.Functions.Monitoring.DeadLetters;

namespace IntegrationHub.Azure.Monitoring;

/// <summary>The operators' journal of many hosts: one partition of the notices' table, newest first.</summary>
internal sealed class JournalTable(TableClient table) : IOperatorJournal
{
    private const string Partition = "operators";

    public async ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellation = default)
    {
        var key = FormattableString.Invariant($"{DateTimeOffset.MaxValue.UtcTicks - entry.At.UtcTicks:D19}-{Guid.NewGuid():N}");
        var row = new TableEntity(Partition, key)
        {
            ["At"] = entry.At,
            ["By"] = entry.By,
            ["Action"] = entry.Action,
            ["About"] = entry.About,
            ["Reason"] = entry.Reason,
            ["Result"] = entry.Result,
        };
        await table.AddEntityAsync(row, cancellation);
    }

    public async ValueTask<IReadOnlyList<JournalEntry>> NewestAsync(int most, CancellationToken cancellation = default)
    {
        var entries = new List<JournalEntry>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), Math.Clamp(most, 1, 1000), null, cancellation))
        {
            entries.Add(new JournalEntry(row.GetDateTimeOffset("At") ?? default, row.GetString("By"), row.GetString("Action"), row.GetString("About"), row.GetString("Reason"), row.GetString("Result")));
            if (entries.Count == most)
            {
                break;
            }
        }

        return entries;
    }
}
