using Azure.Data.Tables;
using IntegrationHub.Orchestrations.Durable;

namespace IntegrationHub.Azure.Clock;

/// <summary>The record of times that the timers need from one run to the next, such as a timer's last run, shared by many hosts. Each row
/// contains one time.</summary>
internal sealed class TableDriverRecord(TableClient table) : IDriverRecord
{
    private const string Partition = "drivers";
    private const string At = "At";

    public async ValueTask<DateTimeOffset?> ReadAsync(string name, CancellationToken cancellationToken = default)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, name, cancellationToken: cancellationToken);
        return row.HasValue && row.Value!.GetInt64(At) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    public async ValueTask WriteAsync(string name, DateTimeOffset instant, CancellationToken cancellationToken = default) =>
        await table.UpsertEntityAsync(new TableEntity(Partition, name) { [At] = instant.UtcTicks }, TableUpdateMode.Replace, cancellationToken);
}
