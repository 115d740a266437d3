using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>Takes turns until no delivery is waiting, and reports what to do next. A repeated call is harmless, because it finds nothing
/// left to process.</summary>
public sealed class TurnActivity(IAssessmentStore store, TurnTaker taker, RuleBook rules, TimeProvider time)
{
    /// <summary>Name under which the activity is registered.</summary>
    public const string Name = "TakeTurn";

    /// <summary>The greatest number of effects in one report, to keep each entry of the history small. Further effects are in the report of
    /// the next turn.</summary>
    public const int MaxEffects = 32;

    /// <summary>
    /// The shortest wait before work that is due but was not done is tried again, for example while the clock is not trusted. Without this
    /// wait, the orchestrator would take one empty turn after another.
    /// </summary>
    public static readonly TimeSpan MinimumPause = TimeSpan.FromMinutes(5);

    /// <summary>Runs the activity.</summary>
    /// <param name="instanceId">The orchestration's instance id, which is the assessment's id.</param>
    /// <param name="cancellationToken">Signals that the host is stopping.</param>
    /// <exception cref="ArgumentException">The instance id is not an assessment's id.</exception>
    public async Task<TurnReport> RunAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        if (!AssessmentId.TryParse(instanceId, out var assessment, out var problem))
        {
            throw new ArgumentException(problem, nameof(instanceId));
        }

        while (await taker.TakeAsync(assessment, cancellationToken) is not null)
        {
        }

        var now = time.GetUtcNow();
        var loaded = await store.LoadAsync(assessment, cancellationToken);
        var open = (await store.EffectsAsync(assessment, cancellationToken)).Where(e => e.End is null).ToList();
        var due = open.Where(e => e.NextAt <= now).Take(MaxEffects)
            .Select(e => new DueEffect(EffectActivities.For(e.Effect.Effect), instanceId, e.Effect.Id)).ToList();
        var next = open.Select(e => e.NextAt).Append(loaded.WakeAt).Min();
        return new TurnReport(
            StatusLine.Of(loaded.State, LondonDate.Of(now), rules.For(assessment)),
            due,
            due.Count == 0 && next <= now ? now + MinimumPause : next,
            next is null && loaded.Inbox.Count == 0 && (loaded.State.Version == 0 || loaded.State.Stage.HasEnded()));
    }
}
