namespace IntegrationHub.Orchestrations.Durable;

/// <summary>What the orchestrator needs to know after a turn. The report is stored in the instance's history, so it contains only
/// references and nothing about a child.</summary>
/// <param name="Status">The assessment's state in one line, shorter than the limit of 16 KB for a custom status.</param>
/// <param name="Due">Effects to be carried out now, at most <see cref="TurnActivity.MaxEffects"/>.</param>
/// <param name="NextAt">When to check again even if nothing arrives, UTC, or null for never.</param>
/// <param name="HasEnded">Whether no work is waiting and none will fall due, so that the instance can end. A later input to the assessment
/// starts the instance again.</param>
public sealed record TurnReport(string Status, IReadOnlyList<DueEffect> Due, DateTimeOffset? NextAt, bool HasEnded);

/// <summary>An effect to be carried out.</summary>
/// <param name="Activity">The activity for this kind of effect. The name of the activity is data and not code, so a new kind of effect in a
/// later version needs no new orchestrator.</param>
/// <param name="Assessment">The assessment's id.</param>
/// <param name="EffectId">The effect's id.</param>
public sealed record DueEffect(string Activity, string Assessment, string EffectId);
