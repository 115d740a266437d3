using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>What an officer decided about a message.</summary>
/// <param name="By">The officer.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Case">The case it belongs to; null where it was dismissed.</param>
/// <param name="As">As what: a request, advice, a representation, evidence or a letter; null where it was dismissed.</param>
/// <param name="Reason">Why it was dismissed, or why it belongs to the case although it names another child; null where neither was said.</param>
public sealed record TrayDecision(string By, DateTimeOffset At, AssessmentId? Case = null, string? As = null, string? Reason = null);

/// <summary>An officer has begun to put a message into a case.</summary>
/// <param name="By">The officer.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Case">The case.</param>
/// <param name="As">As what.</param>
public sealed record TrayClaim(string By, DateTimeOffset At, AssessmentId Case, string As)
{
    /// <summary>How long it keeps others away.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);
}
