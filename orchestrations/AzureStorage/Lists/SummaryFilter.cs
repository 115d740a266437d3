using Azure.Data.Tables;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Lists;

/// <summary>A query as the table service filters by it, and as what comes back is held to it.</summary>
internal static class SummaryFilter
{
    internal static bool Fits(SummaryQuery query, AssessmentSummary summary) =>
        (query.Council is not { } council || summary.Id.Council == council)
        && (query.Agency is not { } agency || summary.Agencies.Contains(agency))
        && (query.Stage is not { } stage || summary.Stage == stage)
        && (query.Open is not { } isOpen || summary.Stage.HasEnded() != isOpen)
        && (query.CaseOfficer is not { } officer || summary.CaseOfficer == officer)
        && (query.WaitingDueBefore is not { } waiting || summary.WaitingDue < waiting)
        && (query.FinalPlanDueBefore is not { } final || summary.FinalPlanDue < final)
        && (query.NeedsAttention is not { } attention || summary.Attention > 0 == attention);

    /// <summary>Where in the table the answer lies. An assessment's id begins with its council, so the order of ids is that of partitions and rows.</summary>
    internal static string Range(SummaryQuery query) => (query.Council, query.After) switch
    {
        ({ } council, { } after) => TableClient.CreateQueryFilter($"PartitionKey eq {council.Value} and RowKey gt {after.Value}"),
        ({ } council, null) => TableClient.CreateQueryFilter($"PartitionKey eq {council.Value}"),
        (null, { } after) => TableClient.CreateQueryFilter($"(PartitionKey gt {after.Council.Value} or (PartitionKey eq {after.Council.Value} and RowKey gt {after.Value}))"),
        _ => "",
    };

    /// <summary>The filter on columns. A row whose summary is on its way comes in any case and is asked of its head.</summary>
    internal static string Columns(SummaryQuery query)
    {
        var parts = new List<string>();
        Add(query.Stage is { } stage ? TableClient.CreateQueryFilter($"Stage eq {stage.ToString()}") : null);
        Add(query.Open is { } open ? TableClient.CreateQueryFilter($"Ended eq {!open}") : null);
        Add(query.CaseOfficer is { } officer ? TableClient.CreateQueryFilter($"CaseOfficer eq {officer}") : null);
        Add(query.WaitingDueBefore is { } waiting ? TableClient.CreateQueryFilter($"WaitingDue lt {Day(waiting)}") : null);
        Add(query.FinalPlanDueBefore is { } final ? TableClient.CreateQueryFilter($"FinalPlanDue lt {Day(final)}") : null);
        Add(query.NeedsAttention is { } attention ? attention ? "Attention gt 0" : "Attention eq 0" : null);
        return parts.Count == 0 ? "" : $"(({string.Join(" and ", parts)}) or Pending gt 0L)";

        void Add(string? part)
        {
            if (part is not null)
            {
                parts.Add(part);
            }
        }
    }

    internal static string Day(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
