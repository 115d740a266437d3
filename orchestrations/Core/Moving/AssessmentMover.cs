using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Moving;

/// <summary>
/// Moves assessments from one store to another and proves that they arrived in full. No hub is allowed to use either store during the move.
/// An interrupted move can be started again, and assessments that have already arrived are not changed.
/// </summary>
public static class AssessmentMover
{
    private const int PageSize = 500;

    /// <summary>The ids of every assessment in a store, including those for which only an unprocessed delivery is stored.</summary>
    public static async Task<IReadOnlyList<AssessmentId>> AllAsync(IAssessmentStore store, CancellationToken cancellationToken = default)
    {
        var all = new SortedSet<AssessmentId>(Comparer<AssessmentId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)));
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(new SummaryQuery { After = after, Limit = PageSize }, cancellationToken);
            all.UnionWith(page.Items.Select(i => i.Id));
            after = page.Next;
        }
        while (after is not null);
        all.UnionWith(await store.DueAsync(DateTimeOffset.MaxValue, int.MaxValue, cancellationToken));
        return [.. all];
    }

    /// <summary>Reads one assessment from the old store.</summary>
    public static async Task<MovedAssessment> ReadAsync<TStore>(TStore store, AssessmentId assessment, CancellationToken cancellationToken = default)
        where TStore : IAssessmentStore, IMessageHistory =>
        await ReadAsync(store, assessment, await store.MessagesAsync(assessment, cancellationToken), cancellationToken);

    /// <summary>Writes one assessment to a store.</summary>
    /// <param name="store">The store. Until the call has ended, nobody else is allowed to change this assessment in the store.</param>
    /// <param name="moved">The assessment.</param>
    /// <param name="rules">The rules of law, and the data of the council to which the store belongs.</param>
    /// <param name="now">The present time in UTC; the lists show the case as it is at this time.</param>
    /// <param name="cancellationToken">Cancels the import between two steps. What has been written is not undone, and a second call
    /// continues from there.</param>
    /// <returns>The assessment as read back from the store. The move is complete if its <see cref="MovedAssessment.Digest"/> equals the
    /// digest of <paramref name="moved"/>.</returns>
    /// <exception cref="InvalidDataException">The store has a different assessment under this id, or another hub is using the
    /// assessment.</exception>
    public static async Task<MovedAssessment> ImportAsync(
        IAssessmentStore store, MovedAssessment moved, RuleBook rules, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var there = (await store.LoadAsync(moved.Assessment, cancellationToken)).State.Version;
        var known = await store.EventsAsync(moved.Assessment, 0, cancellationToken: cancellationToken);
        if (there > moved.Events.Count || !known.Select(e => (e.Sequence, e.At, e.MessageId)).SequenceEqual(moved.Events.Take((int)there).Select(e => (e.Sequence, e.At, e.MessageId))))
        {
            throw new InvalidDataException($"The store already has a different assessment with the id {moved.Assessment}.");
        }

        // Messages may have been refused before the assessment was opened.
        var refusedOnly = moved.Events.Count == 0 && moved.Messages.Count > 0 && await store.OutcomeAsync(moved.Assessment, moved.Messages[0].MessageId, cancellationToken) is null;
        foreach (var turn in Turns(moved, refusedOnly ? -1 : there, rules.For(moved.Assessment), now))
        {
            if (await store.CommitAsync(turn, cancellationToken) == CommitResult.Conflict)
            {
                throw new InvalidDataException($"Another process is changing {moved.Assessment} in this store. Stop that process and try again.");
            }
        }

        await EndEffectsAsync(store, moved, now, cancellationToken);
        foreach (var delivery in moved.Inbox)
        {
            await store.PutAsync(delivery, cancellationToken);
        }

        var messages = new List<KeptMessage>(moved.Messages.Count);
        foreach (var message in moved.Messages)
        {
            if (await store.OutcomeAsync(moved.Assessment, message.MessageId, cancellationToken) is { } outcome)
            {
                messages.Add(message with { Outcome = outcome });
            }
        }

        return await ReadAsync(store, moved.Assessment, messages, cancellationToken);
    }

    private static async Task<MovedAssessment> ReadAsync(IAssessmentStore store, AssessmentId assessment, IReadOnlyList<KeptMessage> messages, CancellationToken cancellationToken)
    {
        var loaded = await store.LoadAsync(assessment, cancellationToken);
        return new MovedAssessment
        {
            Assessment = assessment,
            Events = await store.EventsAsync(assessment, 0, cancellationToken: cancellationToken),
            Messages = [.. messages.OrderBy(m => m.MessageId, StringComparer.Ordinal)],
            Inbox = loaded.Inbox,
            Effects = [.. (await store.EffectsAsync(assessment, cancellationToken)).Select(Moved)],
            WakeAt = loaded.WakeAt,
        };
    }

    private static MovedEffect Moved(EffectRecord kept) => kept.End is { } end
        ? new MovedEffect(kept.Effect, end, kept.LastDetail)
        : new MovedEffect(kept.Effect, NextAt: kept.NextAt);

    /// <summary>
    /// The turns of the moved assessment that the store does not have yet. A turn ends at every event at which an effect was decided,
    /// because an effect's id contains the version of its turn. The last turn also sets the time of the next wake-up.
    /// </summary>
    private static IEnumerable<Turn> Turns(MovedAssessment moved, long there, Rules rules, DateTimeOffset now)
    {
        var effects = moved.Effects.ToLookup(e => OutboxEffect.VersionOf(e.Effect.Id) ?? throw new InvalidDataException($"{e.Effect.Id} is not a valid effect id."));
        var last = (long)moved.Events.Count;
        var ends = effects.Select(e => e.Key).Append(last).Distinct().Where(v => v > there).Order();
        var state = Assessment.Replay(AssessmentState.None(moved.Assessment), moved.Events.Take((int)Math.Max(0, there)).Select(e => e.What));
        foreach (var end in ends)
        {
            var from = state.Version;
            RecordedEvent[] events = [.. moved.Events.Where(e => e.Sequence > from && e.Sequence <= end)];
            state = Assessment.Replay(state, events.Select(e => e.What));
            yield return new Turn
            {
                Assessment = moved.Assessment,
                ExpectedVersion = from,
                State = state,
                Events = events,
                Decided = [.. moved.Messages.Where(m => (from == 0 || m.Outcome.Version > from) && m.Outcome.Version <= end).Select(m => Decided(moved.Assessment, m, now))],
                Effects = [.. effects[end].Select(e => e.Effect)],
                WakeAt = end == last ? moved.WakeAt : null,
                Summary = Summaries.Of(state, now, rules),
            };
        }
    }

    /// <summary>A store keeps only the id and the outcome of a message that was processed. The content of the message is already stored as
    /// events, so any input can be given in its place here.</summary>
    private static DecidedDelivery Decided(AssessmentId assessment, KeptMessage message, DateTimeOffset now) => new(
        new Delivery { Assessment = assessment, MessageId = message.MessageId, By = Actor.TheHub, ReceivedAt = now, Fingerprint = message.Outcome.Fingerprint, Input = new ResumeChasing("Decided before the move.") },
        message.Outcome);

    private static async Task EndEffectsAsync(IAssessmentStore store, MovedAssessment moved, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var there = (await store.EffectsAsync(moved.Assessment, cancellationToken)).ToDictionary(e => e.Effect.Id);
        foreach (var effect in moved.Effects)
        {
            if (!there.TryGetValue(effect.Effect.Id, out var open) || open.End is not null)
            {
                continue;
            }

            var attempt = effect.End switch
            {
                EffectOutcome.Done => new EffectResult(EffectFault.None, effect.Detail),
                EffectOutcome.Permanent => new EffectResult(EffectFault.Permanent, effect.Detail),
                EffectOutcome.NoChannel => new EffectResult(EffectFault.NoChannel, effect.Detail),
                EffectOutcome.NeedsHuman => new EffectResult(EffectFault.NeedsHuman, effect.Detail),
                _ => open.NextAt == effect.NextAt ? null : new EffectResult(EffectFault.Transient, "Moved from another store."),
            };
            if (attempt is not null)
            {
                await store.RecordAttemptAsync(new EffectAttempt(effect.Effect.Id, moved.Assessment, now, attempt, effect.NextAt), null, cancellationToken);
            }
        }
    }
}
