namespace IntegrationHub.Orchestrations.Durable;

/// <summary>What the orchestrator needs to know after a turn. It is kept in the instance's history, so it holds only references, nothing about a
/// child.</summary>
/// <param name="Status">The assessment's state in one line; under 16 KB, the limit of a custom status.</param>
/// <param name="Due">Effects to be carried out now, at most <see cref="TurnActivity.MaxEffects"/>.</param>
/// <param name="NextAt">When to look again even if nothing arrives, UTC; null for never.</param>
/// <param name="HasEnded">Nothing waits and nothing will fall due: the instance may end. Later input starts it again.</param>
public sealed record TurnReport(string Status, IReadOnlyList<DueEffect> Due, DateTimeOffset? NextAt, bool HasEnded);

/// <summary>An effect to be carried out.</summary>
/// <param name="Activity">The activity of its kind: data, not code, so that a kind which a later version adds needs no new orchestrator.</param>
/// <param name="Assessment">The assessment's id.</param>
/// <param name="EffectId">The effect's id.</param>
public sealed record DueEffect(string Activity, string Assessment, string EffectId);
