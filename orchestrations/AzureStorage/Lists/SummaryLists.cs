using System.Text;
using Azure;
using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage.Partition;
using IntegrationHub.Orchestrations.AzureStorage.Rows;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Lists;

/// <summary>
/// The monitor's lists, with one partition for each council and one row for each assessment. The row is marked as pending before a change
/// to the assessment and replaced after the change. A reader that finds a pending row checks the assessment's head row. Even after a crash,
/// nobody is shown an outdated row, or a row for a change that never happened.
/// </summary>
internal sealed class SummaryLists(TableClient rows, TableClient agencies, PartitionReader partitions)
{
    private const int AtOnce = 32;

    /// <summary>Marks the assessment's row as pending, and adds the assessment to the lists of its new agencies.</summary>
    /// <returns>The ETag with which <see cref="StoreAsync"/> can replace the row, if no other change has been announced since
    /// then.</returns>
    internal async Task<ETag?> AnnounceAsync(AssessmentSummary summary, AssessmentSummary? before, long change, CancellationToken cancellationToken)
    {
        foreach (var agency in summary.Agencies.Except(before?.Agencies ?? []))
        {
            await agencies.UpsertEntityAsync(new TableEntity(Partition(agency), summary.Id.Value), TableUpdateMode.Replace, cancellationToken);
        }

        var mark = new TableEntity(summary.Id.Council.Value, summary.Id.Value) { ["Pending"] = change };
        using var written = await rows.UpsertEntityAsync(mark, TableUpdateMode.Merge, cancellationToken);
        return written.Headers.ETag;
    }

    /// <summary>Replaces the assessment's row, unless a later change has been announced in the meantime.</summary>
    internal async Task StoreAsync(AssessmentSummary summary, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            await rows.UpdateEntityAsync(Row(summary), etag, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException later) when (later.Status == 412)
        {
            // A later change has been announced and writes its own row.
        }
    }

    internal async Task<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken)
    {
        var found = new List<AssessmentSummary>();
        await foreach (var batch in BatchesAsync(query, cancellationToken))
        {
            found.AddRange(batch.OfType<AssessmentSummary>().Where(query.Includes));
            if (found.Count > query.Limit)
            {
                return new SummaryPage(found[..query.Limit], found[query.Limit - 1].Id);
            }
        }

        return new SummaryPage(found, null);
    }

    private IAsyncEnumerable<AssessmentSummary?[]> BatchesAsync(SummaryQuery query, CancellationToken cancellationToken) =>
        query.Agency is { } agency ? OfAgencyAsync(agency, query, cancellationToken) : OfCouncilsAsync(query, cancellationToken);

    private async IAsyncEnumerable<AssessmentSummary?[]> OfCouncilsAsync(SummaryQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = string.Join(" and ", new[] { SummaryFilter.Range(query), SummaryFilter.Columns(query) }.Where(f => f.Length > 0));
        await foreach (var page in rows.QueryAsync<TableEntity>(filter, query.Limit + 1, cancellationToken: cancellationToken).AsPages())
        {
            yield return await Task.WhenAll(page.Values.Select(row => CurrentAsync(row, cancellationToken)));
        }
    }

    private async IAsyncEnumerable<AssessmentSummary?[]> OfAgencyAsync(AgencyId agency, SummaryQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // '.' is the character after '-', so a council's assessments sort between the two.
        var (from, to) = query.Council is { } council ? (council.Value + "-", council.Value + ".") : ("", "~");
        if (query.After is { } after && string.CompareOrdinal(after.Value, from) > 0)
        {
            from = after.Value;
        }

        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(agency)} and RowKey gt {from} and RowKey lt {to}");
        await foreach (var page in agencies.QueryAsync<TableEntity>(filter, query.Limit + 1, ["PartitionKey", "RowKey"], cancellationToken).AsPages())
        {
            foreach (var some in page.Values.Chunk(AtOnce))
            {
                yield return await Task.WhenAll(some.Select(row => ByIdAsync(row.RowKey, cancellationToken)));
            }
        }
    }

    private async Task<AssessmentSummary?> ByIdAsync(string id, CancellationToken cancellationToken)
    {
        var row = await rows.GetEntityIfExistsAsync<TableEntity>(id[..3], id, cancellationToken: cancellationToken);
        return row.HasValue ? await CurrentAsync(row.Value!, cancellationToken) : null;
    }

    private async Task<AssessmentSummary?> CurrentAsync(TableEntity row, CancellationToken cancellationToken)
    {
        if (row.GetInt64("Pending") is not { } change)
        {
            return Writing.Read<AssessmentSummary>(Encoding.UTF8.GetBytes(SplitValue.GetText(row, "Summary") ?? ""));
        }

        if (!AssessmentId.TryParse(row.RowKey, out var assessment, out _))
        {
            throw new StoredDataDamagedException("A row of the lists must have an assessment's id as its key, but has a different key.");
        }

        var head = await partitions.HeadAsync(assessment, cancellationToken);
        if (head.Summary is { } summary && head.Changes >= change)
        {
            await StoreAsync(summary, row.ETag, cancellationToken);
        }

        return head.Summary;
    }

    private static TableEntity Row(AssessmentSummary summary)
    {
        var row = new TableEntity(summary.Id.Council.Value, summary.Id.Value)
        {
            ["Stage"] = summary.Stage.ToString(),
            ["Ended"] = summary.Stage.HasEnded(),
            ["FinalPlanDue"] = SummaryFilter.Day(summary.FinalPlanDue),
            ["Attention"] = summary.Attention,
        };
        SplitValue.Put(row, "Summary", Writing.Write(summary, TurnJson.Default.AssessmentSummary));
        if (summary.CaseOfficer is { } officer)
        {
            row["CaseOfficer"] = SummaryFilter.Officer(officer);
        }

        if (summary.WaitingDue is { } due)
        {
            row["WaitingDue"] = SummaryFilter.Day(due);
        }

        if (summary.Later is { } later)
        {
            row["LaterFrom"] = SummaryFilter.Day(later.From);
        }

        return row;
    }

    /// <summary>The partition key of an agency. An agency's id can contain a slash, but a key cannot.</summary>
    private static string Partition(AgencyId agency) => agency.Value.Replace('/', '!');
}
