using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>The rows with the outcomes of messages, stored for as long as the assessment exists.</summary>
internal static class OutcomeRows
{
    internal static async ValueTask<TableEntity> RowAsync(AssessmentId assessment, string key, Outcome outcome, LargeValues large, CancellationToken cancellationToken)
    {
        var row = new TableEntity(assessment.Value, key);
        await large.PutAsync(row, assessment, Writing.Write(outcome, TurnJson.Default.Outcome), cancellationToken);
        return row;
    }
}
