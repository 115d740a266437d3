using System.Globalization;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The kind of transfer between phases of education. The first six kinds are the transfers in reg 18(1).</summary>
public enum TransferOfPhase
{
    /// <summary>From an early years setting to school.</summary>
    EarlyYearsToSchool,

    /// <summary>From infant to junior school.</summary>
    InfantToJunior,

    /// <summary>From primary to middle school.</summary>
    PrimaryToMiddle,

    /// <summary>From primary to secondary school.</summary>
    PrimaryToSecondary,

    /// <summary>From middle to secondary school.</summary>
    MiddleToSecondary,

    /// <summary>From secondary school to a post-16 institution.</summary>
    SecondaryToPost16,

    /// <summary>From one post-16 institution to another (reg 18(2)).</summary>
    BetweenPost16,

    /// <summary>There is no transfer, because the child stays at the same institution.</summary>
    Stays,
}

/// <summary>The phase transfer in one calendar year, or the fact that there is none.</summary>
/// <param name="Transfer">The kind of transfer.</param>
/// <param name="On">The first day of the new phase, which is in the calendar year of the transfer.</param>
/// <param name="PreferenceAskedOn">The day on which the family was asked which institution it prefers.</param>
/// <param name="Preference">The family's preference, as the family wrote it.</param>
/// <param name="Reasons">Why the child stays.</param>
/// <param name="Version">The first version of the plan that names the place after the transfer; null until there is one.</param>
/// <param name="Letter">The number of the letter that asks the family for its preference; null if the hub sent none.</param>
/// <param name="Answers">Family members' answers to the hub's letter, in the order of receipt; null until somebody answers.</param>
public sealed record PhaseTransfer(
    TransferOfPhase Transfer, DateOnly On, DateOnly? PreferenceAskedOn = null, string? Preference = null, string? Reasons = null, int? Version = null,
    int? Letter = null, IReadOnlyList<PreferenceAnswer>? Answers = null);

/// <summary>A family member's answer to the question of which institution is preferred after a phase transfer.</summary>
/// <param name="On">The day of receipt.</param>
/// <param name="Place">The preferred school or college, as the family member wrote it.</param>
/// <param name="Institution">The preferred institution, if its number is known.</param>
/// <param name="Text">Anything else that the family member writes.</param>
/// <param name="Person">The family member who answered; null means the first contact.</param>
/// <param name="LateAfter">The day by which the letter asked for an answer, if the answer was late; null if it was in time.</param>
public sealed record PreferenceAnswer(DateOnly On, string? Place = null, Agency? Institution = null, string? Text = null, string? Person = null, DateOnly? LateAfter = null)
{
    /// <summary>The name of the preferred institution as the family member wrote it; empty if none is named.</summary>
    public string Preferred => Institution is { } known ? $"{known.Name} ({known.Id})" : Place ?? "";

    /// <summary>The full text of the answer.</summary>
    public string InWords() => string.Join('\n', ((string?[])
    [
        Institution is { } known ? $"Prefers: {known.Name} ({known.Id})" : null,
        Place is { } place ? $"Preference, in the family's words: {place}" : null,
        Text,
        LateAfter is { } last ? $"This answer was late; it was due by {last.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}." : null,
    ]).OfType<string>());
}
