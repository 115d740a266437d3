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
public sealed record PhaseTransfer(
    TransferOfPhase Transfer, DateOnly On, DateOnly? PreferenceAskedOn = null, string? Preference = null, string? Reasons = null, int? Version = null,
    int? Letter = null);
