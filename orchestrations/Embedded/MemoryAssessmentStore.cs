using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Due;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>
/// Stores assessments in memory, for simulations and tests. The store gives the same answers as <see cref="SqliteAssessmentStore"/> but
/// loses everything when the process ends, so it must never be used for real assessments.
/// </summary>
public sealed class MemoryAssessmentStore : IAssessmentStore, ICommitSignal
{
    private readonly Lock gate = new();
    private readonly Dictionary<AssessmentId, Kept> assessments = [];
    private readonly SortedSet<string> ids = new(StringComparer.Ordinal);
    private readonly DueAssessments due = new();
    private readonly OpenEffects open = new();
    private long nextEffect = 1;

    /// <inheritdoc/>
    public event Action? Committed;

    /// <inheritdoc/>
    public ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InboxReceipt receipt;
        lock (gate)
        {
            receipt = Put(delivery);
        }

        Committed?.Invoke();
        return new(receipt);
    }

    /// <inheritdoc/>
    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(assessments.TryGetValue(assessment, out var kept)
                ? new LoadedAssessment(kept.State, [.. kept.Inbox], kept.WakeAt)
                : new LoadedAssessment(AssessmentState.None(assessment), [], null));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The turn is not consistent.</exception>
    public ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TurnChecks.Check(turn);
        lock (gate)
        {
            var kept = Keep(turn.Assessment);
            if (kept.State.Version != turn.ExpectedVersion || turn.Decided.Any(d => kept.Outcomes.ContainsKey(d.Delivery.MessageId)))
            {
                return new(CommitResult.Conflict);
            }

            Commit(kept, turn);
        }

        Committed?.Invoke();
        return new(CommitResult.Committed);
    }

    /// <inheritdoc/>
    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new(assessments.TryGetValue(assessment, out var kept) ? kept.Outcomes.GetValueOrDefault(messageId) : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new(assessments.TryGetValue(assessment, out var kept) ? [.. kept.Events.Skip((int)after).Take(limit)] : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => new(due.At(now, limit));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        new([.. open.At(now, limit).Select(o => new PendingEffect(o.Effect.Effect!, o.Attempts, o.DueAt))]);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default)
    {
        var (wake, effect) = (due.NextWake(), open.NextDue());
        return new(wake < effect || effect is null ? wake : effect);
    }

    /// <inheritdoc/>
    public ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (open.Find(attempt.EffectId) is not { } effect)
            {
                return default;
            }

            var kept = assessments[attempt.Assessment];
            var at = kept.Effects.FindIndex(e => e.Effect.Id == attempt.EffectId);
            var attempts = effect.Attempts + 1;
            kept.Effects[at] = kept.Effects[at] with
            {
                Attempts = attempts,
                End = attempt.End,
                LastDetail = attempt.Result.Detail,
                NextAt = attempt.RetryAt,
            };
            if (attempt.RetryAt is { } again)
            {
                open.Retry(effect, attempts, again);
            }
            else
            {
                open.End(effect);
            }

            if (report is not null)
            {
                Put(report);
            }
        }

        Committed?.Invoke();
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new(assessments.TryGetValue(assessment, out var kept) ? [.. kept.Effects] : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default)
    {
        TurnChecks.Check(query);
        lock (gate)
        {
            // '.' is the character after '-', so the ids of a council's assessments sort between these two texts.
            var (from, to) = query.Council is { } council ? (council.Value + "-", council.Value + ".") : ("", "~");
            if (query.After is { } after && string.CompareOrdinal(after.Value, from) > 0)
            {
                from = after.Value;
            }

            if (string.CompareOrdinal(from, to) >= 0)
            {
                return new(new SummaryPage([], null));
            }

            var items = ids.GetViewBetween(from, to)
                .Where(id => id != query.After?.Value)
                .Select(id => assessments[Id(id)].Summary!)
                .Where(query.Includes)
                .Take(query.Limit + 1)
                .ToList();
            return new(items.Count <= query.Limit
                ? new SummaryPage(items, null)
                : new SummaryPage(items[..query.Limit], items[query.Limit - 1].Id));
        }
    }

    private static AssessmentId Id(string text) =>
        AssessmentId.TryParse(text, out var id, out var problem) ? id : throw new InvalidOperationException(problem);

    private InboxReceipt Put(Delivery delivery)
    {
        var kept = Keep(delivery.Assessment);
        if (kept.Outcomes.TryGetValue(delivery.MessageId, out var outcome))
        {
            return new InboxReceipt(false, outcome);
        }

        if (kept.Inbox.Exists(d => d.MessageId == delivery.MessageId))
        {
            return new InboxReceipt(false, null);
        }

        kept.Inbox.Add(delivery);
        Look(delivery.Assessment, kept);
        return new InboxReceipt(true, null);
    }

    private void Commit(Kept kept, Turn turn)
    {
        kept.State = turn.State;
        kept.WakeAt = turn.WakeAt;
        kept.Events.AddRange(turn.Events);
        foreach (var decided in turn.Decided)
        {
            kept.Inbox.RemoveAll(d => d.MessageId == decided.Delivery.MessageId);
            kept.Outcomes.Add(decided.Delivery.MessageId, decided.Outcome);
        }

        foreach (var effect in turn.Effects)
        {
            var at = turn.Events[0].At;
            kept.Effects.Add(new EffectRecord(effect, at, 0, null, null, at));
            open.Add(new OpenEffect { No = nextEffect++, Id = effect.Id, Assessment = effect.Assessment.Value, Effect = effect, DueAt = at });
        }

        if (turn.State.Version > 0)
        {
            kept.Summary = turn.Summary;
            ids.Add(turn.Assessment.Value);
        }

        Look(turn.Assessment, kept);
    }

    private Kept Keep(AssessmentId id)
    {
        if (!assessments.TryGetValue(id, out var kept))
        {
            assessments[id] = kept = new Kept { State = AssessmentState.None(id) };
        }

        return kept;
    }

    private void Look(AssessmentId id, Kept kept) => due.Set(id, kept.WakeAt, kept.Inbox.Count == 0 ? null : kept.Inbox[0].ReceivedAt);

    private sealed class Kept
    {
        internal required AssessmentState State { get; set; }

        internal DateTimeOffset? WakeAt { get; set; }

        internal AssessmentSummary? Summary { get; set; }

        internal List<RecordedEvent> Events { get; } = [];

        internal List<Delivery> Inbox { get; } = [];

        internal Dictionary<string, Outcome> Outcomes { get; } = [];

        internal List<EffectRecord> Effects { get; } = [];
    }
}
