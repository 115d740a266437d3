namespace IntegrationHub.Orchestrations.Durable;

/// <summary>What the orchestrator goes by after a turn. It stands in the instance's history: references only, nothing of a child.</summary>
/// <param name="Status">One line on where the assessment stands; under 16 KB, the limit of a custom status.</param>
/// <param name="Due">Effects to be carried out now, at most <see cref="TurnActivity.MostEffects"/>.</param>
/// <param name="NextAt">When to look again though nothing arrives, UTC; null when never.</param>
/// <param name="HasEnded">Nothing waits and nothing will fall due: the instance may end. News that comes later starts it again.</param>
public sealed record TurnReport(string Status, IReadOnlyList<DueEffect> Due, DateTimeOffset? NextAt, bool HasEnded);

/// <summary>An effect to be carried out.</summary>
/// <param name="Activity">The activity of its kind: data, not code, so that a kind which a later version adds needs no new orchestrator.</param>
/// <param name="Assessment">The assessment's id.</param>
/// <param name="EffectId">The effect's id.</param>
public sealed record DueEffect(string Activity, string Assessment, string EffectId);
