namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An effect that failed permanently.</summary>
/// <param name="EffectId">The id of the effect.</param>
/// <param name="Effect">The effect.</param>
/// <param name="End">How the effect ended.</param>
/// <param name="Detail">What went wrong, without personal data.</param>
/// <param name="On">The day on which the effect ended.</param>
public sealed record FailedEffect(string EffectId, Effect Effect, EffectOutcome End, string? Detail, DateOnly On);
