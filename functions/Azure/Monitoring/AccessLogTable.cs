using System.Globalization;
using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;

namespace IntegrationHub.Azure.Monitoring;

/// <summary>The access log that many hosts share, with a partition for each case, newest entry first. Rows are added and never
/// removed.</summary>
internal sealed class AccessLogTable(TableClient table) : IAccessLog
{
    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<CaseReading> readings, CancellationToken cancellationToken) =>
        await Task.WhenAll(readings.Select(reading => table.AddEntityAsync(
            new TableEntity(reading.Case.Value, string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - reading.At.UtcTicks:D19}-{Guid.NewGuid():N}"))
            {
                ["At"] = reading.At,
                ["By"] = reading.By,
                ["Roles"] = reading.Roles,
                ["What"] = reading.What,
            },
            cancellationToken)));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<CaseReading>> EntriesAsync(AssessmentId @case, int skip, int most, CancellationToken cancellationToken)
    {
        var readings = new List<CaseReading>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {@case.Value}"), null, null, cancellationToken))
        {
            if (skip-- > 0)
            {
                continue;
            }

            readings.Add(new CaseReading(@case, row.GetDateTimeOffset("At")!.Value, row.GetString("By"), row.GetString("Roles"), row.GetString("What")));
            if (readings.Count == most)
            {
                break;
            }
        }

        return readings;
    }
}
