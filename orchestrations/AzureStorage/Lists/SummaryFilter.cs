using Azure.Data.Tables;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Lists;

/// <summary>Converts a query to a filter of the table service. The results are checked again with <see cref="SummaryFilters"/>.</summary>
internal static class SummaryFilter
{
    private const int OfficerBeginning = 128;

    /// <summary>The range of the table that contains the answer. An assessment's id begins with its council, so ids have the same order as
    /// partitions and rows.</summary>
    internal static string Range(SummaryQuery query) => (query.Council, query.After) switch
    {
        ({ } council, { } after) => TableClient.CreateQueryFilter($"PartitionKey eq {council.Value} and RowKey gt {after.Value}"),
        ({ } council, null) => TableClient.CreateQueryFilter($"PartitionKey eq {council.Value}"),
        (null, { } after) => TableClient.CreateQueryFilter($"(PartitionKey gt {after.Council.Value} or (PartitionKey eq {after.Council.Value} and RowKey gt {after.Value}))"),
        _ => "",
    };

    /// <summary>The filter on columns. A row whose summary is about to change is always included and checked against its head.</summary>
    internal static string Columns(SummaryQuery query)
    {
        var parts = new List<string>();
        Add(query.Stage is { } stage ? TableClient.CreateQueryFilter($"Stage eq {stage.ToString()}") : null);
        Add(query.Open is { } open ? TableClient.CreateQueryFilter($"Ended eq {!open}") : null);
        Add(query.CaseOfficer is { } officer ? TableClient.CreateQueryFilter($"CaseOfficer eq {Officer(officer)}") : null);
        // A row that may be waiting for something else by now is always included and checked against the filter afterwards.
        Add(query.WaitingDueBefore is { } waiting
            ? query.OnDay is { } day
                ? TableClient.CreateQueryFilter($"(WaitingDue lt {Day(waiting)} or LaterFrom le {Day(day)})")
                : TableClient.CreateQueryFilter($"WaitingDue lt {Day(waiting)}")
            : null);
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

    /// <summary>The beginning of an officer's name. A filter is part of an address, whose length is limited, so the results are checked
    /// against the whole name.</summary>
    internal static string Officer(string name) =>
        name.Length <= OfficerBeginning ? name : name[..(char.IsHighSurrogate(name[OfficerBeginning - 1]) ? OfficerBeginning - 1 : OfficerBeginning)];

    internal static string Day(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
