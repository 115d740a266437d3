using System.Globalization;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>From which phase of education to which; the first six are those of reg 18(1), each in its calendar year.</summary>
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

    /// <summary>None: the child stays at the same institution.</summary>
    Stays,
}

/// <summary>A transfer of phase of one year, or that there is none.</summary>
/// <param name="Transfer">Which.</param>
/// <param name="On">First day of the new phase; its calendar year is that of the transfer.</param>
/// <param name="PreferenceAskedOn">Day on which the family was asked which institution it prefers.</param>
/// <param name="Preference">What it prefers, in its words.</param>
/// <param name="Reasons">Why the child stays.</param>
/// <param name="Version">The first version of the plan that names the place after the transfer; null while none does.</param>
/// <param name="Letter">Which letter asks the family for its preference; null where the hub sent none.</param>
/// <param name="Answers">What members of the family answered it themselves, in the order of receipt; null while nobody has.</param>
public sealed record PhaseTransfer(
    TransferOfPhase Transfer, DateOnly On, DateOnly? PreferenceAskedOn = null, string? Preference = null, string? Reasons = null, int? Version = null,
    int? Letter = null, IReadOnlyList<PreferenceAnswer>? Answers = null);

/// <summary>A family member's answer about which institution they prefer after a transfer of phase.</summary>
/// <param name="On">Day of receipt.</param>
/// <param name="Place">The school or college, in their words.</param>
/// <param name="Institution">The institution, where its number is known.</param>
/// <param name="Text">What else they say.</param>
/// <param name="Person">Who says it; null means the first contact.</param>
/// <param name="LateAfter">The day by which the letter asked for it, where it came later; null where it came in time.</param>
public sealed record PreferenceAnswer(DateOnly On, string? Place = null, Agency? Institution = null, string? Text = null, string? Person = null, DateOnly? LateAfter = null)
{
    /// <summary>What is preferred: the institution's name, or their own words; empty where they name none.</summary>
    public string Preferred => Institution is { } known ? $"{known.Name} ({known.Id})" : Place ?? "";

    /// <summary>All of its words.</summary>
    public string InWords() => string.Join('\n', ((string?[])
    [
        Institution is { } known ? $"Prefers: {known.Name} ({known.Id})" : null,
        Place is { } place ? $"Prefers, in their words: {place}" : null,
        Text,
        LateAfter is { } last ? $"It came late: it was asked for by {last.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}." : null,
    ]).OfType<string>());
}
