using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Simulation.Planted;

/// <summary>A store through which one bug works: each member may be given another way.</summary>
internal sealed class BuggyStore(IAssessmentStore inner) : IAssessmentStore
{
    internal Func<Turn, Turn> Turn { get; init; } = turn => turn;

    /// <summary>What happens to each event; the state is folded from what comes out, as by a slip in the decision itself.</summary>
    internal Func<AssessmentEvent, AssessmentEvent>? Event { get; init; }

    /// <summary>Which events the decision forgets; the state is folded from those that are left, and their letters do not go out.</summary>
    internal Func<AssessmentEvent, bool> Drop { get; init; } = _ => false;

    /// <summary>What is put in place of a delivery; null: it is acknowledged and forgotten.</summary>
    internal Func<Delivery, IReadOnlyList<Delivery>> Put { get; init; } = delivery => [delivery];

    internal Func<LoadedAssessment, LoadedAssessment> Loaded { get; init; } = loaded => loaded;

    internal Func<EffectAttempt, EffectAttempt> Attempt { get; init; } = attempt => attempt;

    internal Func<Delivery?, Delivery?> Report { get; init; } = report => report;

    internal Func<Outcome?, Outcome?> Outcome { get; init; } = outcome => outcome;

    internal Func<IReadOnlyList<RecordedEvent>, IReadOnlyList<RecordedEvent>> Events { get; init; } = events => events;

    internal Func<SummaryQuery, SummaryQuery> Query { get; init; } = query => query;

    internal Func<SummaryPage, SummaryPage> Page { get; init; } = page => page;

    public async ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default)
    {
        var receipt = new InboxReceipt(true, null);
        foreach (var one in Put(delivery))
        {
            receipt = await inner.PutAsync(one, cancellationToken);
        }

        return receipt;
    }

    public async ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default)
    {
        if (Event is { } change && turn.Events.Any(e => change(e.What) != e.What))
        {
            var before = (await inner.LoadAsync(turn.Assessment, cancellationToken)).State;
            var events = turn.Events.Select(e => e with { What = change(e.What) }).ToList();
            turn = before.Version != turn.ExpectedVersion ? turn : turn with { Events = events, State = Assessment.Replay(before, events.Select(e => e.What)) };
        }

        if (turn.Events.Any(e => Drop(e.What)))
        {
            var before = (await inner.LoadAsync(turn.Assessment, cancellationToken)).State;
            var lost = turn.Events.Select(e => e.What).Where(Drop).OfType<NoticePlanned>().Select(e => e.Notice.Id).ToHashSet(StringComparer.Ordinal);
            var left = turn.Events.Where(e => !Drop(e.What)).Select((e, n) => e with { Sequence = turn.ExpectedVersion + n + 1 }).ToList();
            turn = before.Version != turn.ExpectedVersion ? turn : turn with
            {
                Events = left,
                State = Assessment.Replay(before, left.Select(e => e.What)),
                Effects = [.. turn.Effects.Where(e => e.Effect is not SendNotice notice || !lost.Contains(notice.NoticeId))],
            };
        }

        return await inner.CommitAsync(Turn(turn), cancellationToken);
    }

    public ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default) =>
        inner.RecordAttemptAsync(Attempt(attempt), Report(report), cancellationToken);

    public async ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => Loaded(await inner.LoadAsync(assessment, cancellationToken));

    public async ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default) =>
        Outcome(await inner.OutcomeAsync(assessment, messageId, cancellationToken));

    public async ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        Events(await inner.EventsAsync(assessment, after, limit, cancellationToken));

    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => inner.DueAsync(now, limit, cancellationToken);

    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => inner.DueEffectsAsync(now, limit, cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => inner.NextDueAsync(cancellationToken);

    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => inner.EffectsAsync(assessment, cancellationToken);

    public async ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default) => Page(await inner.ListAsync(Query(query), cancellationToken));
}

/// <summary>A handler through which one bug works.</summary>
internal sealed class BuggyHandler(IEffectHandler inner, Func<OutboxEffect, IEffectHandler, ValueTask<EffectResult>> run) : IEffectHandler
{
    public bool Handles(Effect effect) => inner.Handles(effect);

    public ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default) => run(effect, inner);
}
