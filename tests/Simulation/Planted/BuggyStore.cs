using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Simulation.Tests.Planted;

/// <summary>A store through which one bug works: each member may be given another way.</summary>
internal sealed class BuggyStore(IAssessmentStore inner) : IAssessmentStore
{
    internal Func<Turn, Turn> Turn { get; init; } = turn => turn;

    /// <summary>What is put in place of a delivery; null: it is acknowledged and forgotten.</summary>
    internal Func<Delivery, IReadOnlyList<Delivery>> Put { get; init; } = delivery => [delivery];

    internal Func<LoadedAssessment, LoadedAssessment> Loaded { get; init; } = loaded => loaded;

    internal Func<EffectAttempt, EffectAttempt> Attempt { get; init; } = attempt => attempt;

    internal Func<Delivery?, Delivery?> Report { get; init; } = report => report;

    internal Func<Outcome?, Outcome?> Outcome { get; init; } = outcome => outcome;

    internal Func<IReadOnlyList<RecordedEvent>, IReadOnlyList<RecordedEvent>> Events { get; init; } = events => events;

    public async ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellation = default)
    {
        var receipt = new InboxReceipt(true, null);
        foreach (var one in Put(delivery))
        {
            receipt = await inner.PutAsync(one, cancellation);
        }

        return receipt;
    }

    public ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellation = default) => inner.CommitAsync(Turn(turn), cancellation);

    public ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellation = default) =>
        inner.RecordAttemptAsync(Attempt(attempt), Report(report), cancellation);

    public async ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellation = default) => Loaded(await inner.LoadAsync(assessment, cancellation));

    public async ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellation = default) =>
        Outcome(await inner.OutcomeAsync(assessment, messageId, cancellation));

    public async ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellation = default) =>
        Events(await inner.EventsAsync(assessment, after, limit, cancellation));

    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => inner.DueAsync(now, limit, cancellation);

    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => inner.DueEffectsAsync(now, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default) => inner.NextDueAsync(cancellation);

    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellation = default) => inner.EffectsAsync(assessment, cancellation);

    public ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellation = default) => inner.ListAsync(query, cancellation);
}

/// <summary>A handler through which one bug works.</summary>
internal sealed class BuggyHandler(IEffectHandler inner, Func<OutboxEffect, IEffectHandler, ValueTask<EffectResult>> run) : IEffectHandler
{
    public bool Handles(Effect effect) => inner.Handles(effect);

    public ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellation = default) => run(effect, inner);
}
