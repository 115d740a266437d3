using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Advice;

/// <summary>What kind of place the child attends; decides who gives educational advice, reg 6(1)(b).</summary>
public enum SettingKind
{
    /// <summary>School: its head.</summary>
    School,

    /// <summary>Post-16 institution: its principal.</summary>
    Post16Institution,

    /// <summary>Early years provider: its manager or SEN lead.</summary>
    EarlyYearsProvider,

    /// <summary>None attended: the person responsible for the child's education.</summary>
    None,
}

/// <summary>Impairments for which reg 6(2) requires consulting a specially qualified teacher.</summary>
[Flags]
public enum SensoryImpairment
{
    /// <summary>None known.</summary>
    None = 0,

    /// <summary>Hearing impairment.</summary>
    Hearing = 1,

    /// <summary>Visual impairment.</summary>
    Visual = 2,

    /// <summary>Both: multi-sensory impairment.</summary>
    MultiSensory = Hearing | Visual,
}

/// <summary>The agency that will be asked for one kind of advice.</summary>
/// <param name="Kind">Kind of advice.</param>
/// <param name="Agency">Who is asked.</param>
public sealed record NamedAdviser(AdviceKind Kind, Agency Agency);
