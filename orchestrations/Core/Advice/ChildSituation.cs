using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Advice;

/// <summary>The kind of setting, which decides who gives educational advice (reg 6(1)(b)).</summary>
public enum SettingKind
{
    /// <summary>School, whose head teacher gives the advice.</summary>
    School,

    /// <summary>Post-16 institution, whose principal gives the advice.</summary>
    Post16Institution,

    /// <summary>Early years provider, whose manager or SEN lead gives the advice.</summary>
    EarlyYearsProvider,

    /// <summary>The child attends no setting, so the person responsible for the child's education gives the advice.</summary>
    None,
}

/// <summary>Impairments for which reg 6(2) requires consulting a specially qualified teacher.</summary>
[Flags]
public enum SensoryImpairment
{
    /// <summary>No known impairment.</summary>
    None = 0,

    /// <summary>Hearing impairment.</summary>
    Hearing = 1,

    /// <summary>Visual impairment.</summary>
    Visual = 2,

    /// <summary>Hearing and visual impairment, called multi-sensory impairment.</summary>
    MultiSensory = Hearing | Visual,
}

/// <summary>The agency that will be asked for one kind of advice.</summary>
/// <param name="Kind">Kind of advice.</param>
/// <param name="Agency">Who is asked.</param>
public sealed record NamedAdviser(AdviceKind Kind, Agency Agency);
