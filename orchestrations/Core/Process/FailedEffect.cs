namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An effect that failed permanently.</summary>
/// <param name="EffectId">Its id.</param>
/// <param name="Effect">The effect.</param>
/// <param name="End">How it ended.</param>
/// <param name="Detail">What went wrong, without personal data.</param>
/// <param name="On">Day it ended.</param>
public sealed record FailedEffect(string EffectId, Effect Effect, EffectEnd End, string? Detail, DateOnly On);
