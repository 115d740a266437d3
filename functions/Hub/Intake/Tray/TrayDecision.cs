using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>What an officer made of a message.</summary>
/// <param name="By">The officer.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Case">The case it belongs to; null where it was dismissed.</param>
/// <param name="As">As what: a request, advice, a representation, evidence or a letter; null where it was dismissed.</param>
/// <param name="Reason">Why it was dismissed, or why it belongs to the case although it names another child; null where neither was said.</param>
public sealed record TrayDecision(string By, DateTimeOffset At, AssessmentId? Case = null, string? As = null, string? Reason = null);

/// <summary>A reading of a message: kept like the readings of cases, because a message may be about a child who has none yet.</summary>
/// <param name="By">The reader.</param>
/// <param name="Roles">In which roles.</param>
/// <param name="At">When, UTC.</param>
/// <param name="What">What was shown.</param>
public sealed record TrayReading(string By, string Roles, DateTimeOffset At, string What);
