using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>The outbox. All effects of one turn share a row, because they are few and become known together.</summary>
internal sealed class Effects(PartitionReader reader, LargeValues large, Deliveries deliveries)
{
    internal static DateTimeOffset? Earliest(IReadOnlyDictionary<long, long> open) =>
        open.Count == 0 ? null : new DateTimeOffset(open.Values.Min(), TimeSpan.Zero);

    internal async Task<Change<bool>> PlanAsync(EffectAttempt attempt, Delivery? report, Known known, CancellationToken cancellationToken)
    {
        if (OutboxEffect.VersionOf(attempt.EffectId) is not { } version
            || await reader.EffectsOfAsync(attempt.Assessment, version, cancellationToken) is not { } turn
            || turn.Effects.FirstOrDefault(e => e.Effect.Id == attempt.EffectId) is not { End: null } effect)
        {
            return new Change<bool>(false);
        }

        KeptEffect[] effects = [.. turn.Effects.Select(e => ReferenceEquals(e, effect) ? After(e, attempt) : e)];
        var row = new TableEntity(attempt.Assessment.Value, turn.Row.RowKey);
        await large.PutAsync(row, attempt.Assessment, Writing.Write<IReadOnlyList<KeptEffect>>(effects, RowJson.Default.IReadOnlyListKeptEffect), cancellationToken);
        var rows = new List<TableTransactionAction> { new(TableTransactionActionType.UpsertReplace, row) };

        var open = new Dictionary<long, long>(known.Head.Open);
        open.Remove(version);
        if (effects.Min(e => e.NextAt) is { } next)
        {
            open[version] = next.UtcTicks;
        }

        var head = known.Head with { Open = open, Effect = Hint.Next(known.Head.Effect, Earliest(open), known.Head.Changes + 1) };
        if (report is not null
            && known.Waiting.All(w => w.Row != RowKeys.Waiting(report.MessageId))
            && !await reader.ExistsAsync(attempt.Assessment, RowKeys.Outcome(report.MessageId), cancellationToken))
        {
            (head, var arrived) = await deliveries.AddedAsync(report, known, head, cancellationToken);
            rows.Add(arrived);
        }

        var dead = LargeValues.BlobOf(turn.Row);
        return new Change<bool>(true, head, rows, dead is null || dead == LargeValues.BlobOf(row) ? [] : [dead]);
    }

    /// <summary>The open effects of one assessment that are due, in the order of the decisions that caused them.</summary>
    internal async Task<IEnumerable<PendingEffect>> DueAsync(AssessmentId assessment, Head head, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var pending = new List<PendingEffect>();
        foreach (var (version, _) in head.Open.Where(o => o.Value <= now.UtcTicks).OrderBy(o => o.Key))
        {
            if (await reader.EffectsOfAsync(assessment, version, cancellationToken) is { } turn)
            {
                pending.AddRange(turn.Effects.Where(e => e.NextAt <= now).Select(e => new PendingEffect(e.Effect, e.Attempts, e.NextAt!.Value)));
            }
        }

        return pending;
    }

    private static KeptEffect After(KeptEffect effect, EffectAttempt attempt) => effect with
    {
        Attempts = effect.Attempts + 1,
        End = attempt.End,
        LastDetail = attempt.Result.Detail,
        NextAt = attempt.RetryAt,
    };
}
