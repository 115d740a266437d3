using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.AzureStorage.Due;
using IntegrationHub.Orchestrations.AzureStorage.Lists;
using IntegrationHub.Orchestrations.AzureStorage.Partition;

namespace IntegrationHub.Orchestrations.AzureStorage.Committing;

/// <summary>
/// Changes assessments. A crash does no harm, because new blobs and index entries are written before the transaction, old ones are removed
/// after it, and readers can recognise any that were left behind.
/// </summary>
internal sealed class PartitionWriter(TableClient table, PartitionReader reader, DueIndex due, SummaryLists lists, LargeValues large)
{
    /// <summary>The greatest number of operations in one transaction of the table service.</summary>
    internal const int MaxRows = 100;

    /// <summary>How many outcomes can be written in one transaction when a turn is completed. Each outcome needs two operations.</summary>
    private const int OutcomesAtOnce = MaxRows / 2;

    /// <summary>Makes a change, and tries again if another change was made first.</summary>
    /// <param name="assessment">The assessment.</param>
    /// <param name="plan">Returns the change to make. The function's second argument states whether an earlier attempt failed; if so, more
    /// must be read.</param>
    /// <param name="cancellationToken">Cancels the work, but only before the transaction.</param>
    internal async Task<T> ChangeAsync<T>(AssessmentId assessment, Func<Known, bool, Task<Change<T>>> plan, CancellationToken cancellationToken)
    {
        var mark = Guid.NewGuid().ToString("N");
        Change<T>? sent = null;
        while (true)
        {
            var known = await reader.KnownAsync(assessment, cancellationToken);
            if (sent is not null && known.Head.Mark == mark)
            {
                // The transaction succeeded, but the response of the table service was lost.
                return sent.Result;
            }

            if (known.Unfinished)
            {
                await FinishAsync(assessment, known, cancellationToken);
                continue;
            }

            var change = await plan(known, sent is not null);
            if (change.After is not { } after)
            {
                return change.Result;
            }

            var head = after with { Changes = known.Head.Changes + 1, Mark = mark };
            var listed = await AnnounceAsync(assessment, known.Head, head, cancellationToken);
            sent = change;
            if (await TryAsync([HeadRow(assessment, known.Head, head), .. change.Rows ?? []], cancellationToken))
            {
                if (change.Rows?.Any(r => r.Entity.RowKey == RowKeys.Unfinished) == true)
                {
                    await FinishAsync(assessment, await reader.KnownAsync(assessment, CancellationToken.None), CancellationToken.None);
                }

                await TidyAsync(assessment, known.Head, head, listed, change.DeadBlobs ?? []);
                return change.Result;
            }
        }
    }

    /// <summary>Completes a committed turn that has too many outcomes for one transaction. Any host that finds an incomplete turn completes
    /// it; if two hosts do so, no harm is done.</summary>
    internal async Task FinishAsync(AssessmentId assessment, Known known, CancellationToken cancellationToken)
    {
        if (await reader.UnfinishedAsync(assessment, cancellationToken) is not { } outcomes)
        {
            return;
        }

        var waiting = known.Waiting.Select(w => w.Row).ToHashSet();
        foreach (var some in outcomes.Chunk(OutcomesAtOnce))
        {
            var rows = new List<TableTransactionAction>();
            foreach (var outcome in some)
            {
                rows.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, await OutcomeRows.RowAsync(assessment, outcome.Row, outcome.Outcome, large, cancellationToken)));
                if (waiting.Contains(outcome.Waiting))
                {
                    rows.Add(Delete(assessment, outcome.Waiting));
                }
            }

            if (!await TryAsync(rows, cancellationToken))
            {
                return;
            }
        }

        await TryAsync(
            [HeadRow(assessment, known.Head, known.Head with { Changes = known.Head.Changes + 1 }), Delete(assessment, RowKeys.Unfinished)],
            cancellationToken);
    }

    internal static TableTransactionAction Delete(AssessmentId assessment, string row) =>
        new(TableTransactionActionType.Delete, new TableEntity(assessment.Value, row), ETag.All);

    private static TableTransactionAction HeadRow(AssessmentId assessment, Head before, Head after) => before.ETag is { } etag
        ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, after.Row(assessment.Value), etag)
        : new TableTransactionAction(TableTransactionActionType.Add, after.Row(assessment.Value));

    /// <summary>Writes the index and list entries that must exist if the change succeeds and that do no harm if it fails.</summary>
    private async Task<ETag?> AnnounceAsync(AssessmentId assessment, Head before, Head after, CancellationToken cancellationToken)
    {
        var hints = Moved(before, after).Where(m => m.After is not null).Select(m => due.AddAsync(m.Kind, assessment, m.After!.Value, cancellationToken));
        var pending = after.Summary is { } summary && !ReferenceEquals(summary, before.Summary)
            ? lists.AnnounceAsync(summary, before.Summary, after.Changes, cancellationToken)
            : Task.FromResult<ETag?>(null);
        await Task.WhenAll([.. hints, pending]);
        return await pending;
    }

    /// <summary>Removes the entries that the change replaced. If this fails, readers recognise the old entries, so the change itself is not
    /// reported as failed.</summary>
    private async Task TidyAsync(AssessmentId assessment, Head before, Head after, ETag? listed, IReadOnlyList<string> deadBlobs)
    {
        try
        {
            var past = Moved(before, after).Where(m => m.Before is not null).Select(m => due.RemoveAsync(m.Kind, assessment, m.Before!.Value, CancellationToken.None));
            var list = listed is { } etag ? lists.StoreAsync(after.Summary!, etag, CancellationToken.None) : Task.CompletedTask;
            await Task.WhenAll([.. past, list, large.RemoveAsync(deadBlobs, CancellationToken.None)]);
        }
        catch (RequestFailedException)
        {
            // Whoever next reads the index or the list repairs the entry.
        }
    }

    private static IEnumerable<(DueKind Kind, Hint? Before, Hint? After)> Moved(Head before, Head after)
    {
        (DueKind Kind, Hint? Before, Hint? After)[] all =
        [
            (DueKind.Wake, before.Wake, after.Wake),
            (DueKind.Arrived, before.Arrived, after.Arrived),
            (DueKind.Effect, before.Effect, after.Effect),
        ];
        return all.Where(m => m.Before != m.After);
    }

    /// <returns>False if data that the change depends on have changed; nothing was then written.</returns>
    private async Task<bool> TryAsync(IReadOnlyList<TableTransactionAction> rows, CancellationToken cancellationToken)
    {
        try
        {
            await table.SubmitTransactionAsync(rows, cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status == 412 || lost.ErrorCode == TableErrorCode.EntityAlreadyExists || lost.ErrorCode == TableErrorCode.ResourceNotFound)
        {
            return false;
        }
    }
}
