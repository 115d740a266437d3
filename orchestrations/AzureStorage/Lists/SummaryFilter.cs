using Azure.Data.Tables;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Lists;

/// <summary>Converts a query to a filter of the table service. The results are then checked again with
/// <see cref="SummaryFilters"/>.</summary>
internal static class SummaryFilter
{
    private const int OfficerBeginning = 128;

    /// <summary>The range of rows in the table that contains the answer to the query. An assessment's id begins with its council's code, so
    /// the order of ids is also the order of partitions and rows.</summary>
    internal static string Range(SummaryQuery query) => (query.Council, query.After) switch
    {
        ({ } council, { } after) => TableClient.CreateQueryFilter($"PartitionKey eq {council.Value} and RowKey gt {after.Value}"),
        ({ } council, null) => TableClient.CreateQueryFilter($"PartitionKey eq {council.Value}"),
        (null, { } after) => TableClient.CreateQueryFilter($"(PartitionKey gt {after.Council.Value} or (PartitionKey eq {after.Council.Value} and RowKey gt {after.Value}))"),
        _ => "",
    };

    /// <summary>The part of the filter that compares columns. If a row's summary is about to change, the filter always includes the row,
    /// which is then checked against the assessment's head row.</summary>
    internal static string Columns(SummaryQuery query)
    {
        var parts = new List<string>();
        Add(query.Stage is { } stage ? TableClient.CreateQueryFilter($"Stage eq {stage.ToString()}") : null);
        Add(query.Open is { } open ? TableClient.CreateQueryFilter($"Ended eq {!open}") : null);
        Add(query.CaseOfficer is { } officer ? TableClient.CreateQueryFilter($"CaseOfficer eq {Officer(officer)}") : null);
        // If what a row says about what the case is waiting for may be out of date, the filter always includes the row, which is then
        // checked again.
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

    /// <summary>The beginning of an officer's name. The filter is part of a web address, whose length is limited, so it contains only the
    /// beginning of the name; the results are then checked against the full name.</summary>
    internal static string Officer(string name) =>
        name.Length <= OfficerBeginning ? name : name[..(char.IsHighSurrogate(name[OfficerBeginning - 1]) ? OfficerBeginning - 1 : OfficerBeginning)];

    internal static string Day(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
