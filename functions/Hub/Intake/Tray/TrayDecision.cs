using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>An officer's decision about a message.</summary>
/// <param name="By">The officer who decided.</param>
/// <param name="At">The time of the decision, UTC.</param>
/// <param name="Case">The case that the message belongs to, or null if it was dismissed.</param>
/// <param name="As">How the message was filed: as a request, advice, a representation, evidence or a letter, or null if it was
/// dismissed.</param>
/// <param name="Reason">Why the message was dismissed, or why it belongs to the case even though it names another child, or null if no
/// reason was given.</param>
public sealed record TrayDecision(string By, DateTimeOffset At, AssessmentId? Case = null, string? As = null, string? Reason = null);

/// <summary>A record that an officer has begun to put a message into a case.</summary>
/// <param name="By">The officer who began to put the message into the case.</param>
/// <param name="At">When the officer began to put the message into the case, UTC.</param>
/// <param name="Case">The case.</param>
/// <param name="As">How the message is to be filed, for example as advice.</param>
public sealed record TrayClaim(string By, DateTimeOffset At, AssessmentId Case, string As)
{
    /// <summary>How long an officer's claim prevents other officers from working on the message.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(10);
}
