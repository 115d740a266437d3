using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Where somebody is educated if the place has no URN or UKPRN. The values are named after the codes of the SEN2 return.</summary>
public enum SenSetting
{
    /// <summary>Education otherwise than at school, arranged by the council.</summary>
    Ola,

    /// <summary>Education otherwise than at school, arranged by the parent or young person.</summary>
    Opa,

    /// <summary>Elective home education.</summary>
    Ehe,

    /// <summary>An early years provider with neither a URN nor a UKPRN.</summary>
    Eyp,

    /// <summary>Another setting.</summary>
    Oth,

    /// <summary>The young person is sixteen or older and not in education, employment or training.</summary>
    Neet,

    /// <summary>The young person is not in education, and notice was given that the plan will cease.</summary>
    Niec,

    /// <summary>The child or young person is not in education, for another reason.</summary>
    Nieo,
}

/// <summary>A place where the child is educated: the actual place, or the place that the plan names. Facts that are not known are null.</summary>
public sealed record SchoolPlace
{
    /// <summary>The rank of the place: 1 for the main place, 2 for a second place.</summary>
    public required int Rank { get; init; }

    /// <summary>The place by its URN or UKPRN.</summary>
    public AgencyId? Institution { get; init; }

    /// <summary>The kind of place, if the place has neither a URN nor a UKPRN.</summary>
    public SenSetting? Setting { get; init; }

    /// <summary>A description of the setting, if it is of none of the kinds listed.</summary>
    public string? OtherSetting { get; init; }

    /// <summary>Whether the place is in a SEN unit.</summary>
    public bool? SenUnit { get; init; }

    /// <summary>Whether the place is in resourced provision.</summary>
    public bool? ResourcedProvision { get; init; }
}

/// <summary>A place where the child is or was actually educated.</summary>
/// <param name="Place">The place.</param>
/// <param name="From">The first day at the place.</param>
/// <param name="To">The last day at the place; null if the child is still there.</param>
/// <param name="Residential">The code of the SEN2 return for a residential place.</param>
/// <param name="WorkBased">The code of the SEN2 return for a work-based place.</param>
public sealed record AttendedPlace(SchoolPlace Place, DateOnly From, DateOnly? To = null, string? Residential = null, string? WorkBased = null);

/// <summary>Details of the plan that the SEN2 return asks for, but that the plan's text does not contain.</summary>
public sealed record PlanTerms
{
    /// <summary>The places that section I names; empty if only the placement itself is known.</summary>
    public IReadOnlyList<SchoolPlace> Named { get; init => field = value ?? []; } = [];

    /// <summary>The code of the SEN2 return for a residential place.</summary>
    public string? Residential { get; init; }

    /// <summary>The code of the SEN2 return for a work-based place.</summary>
    public string? WorkBased { get; init; }

    /// <summary>Whether there is a personal budget; null means that the budget recorded in the case applies.</summary>
    public bool? PersonalBudget { get; init; }

    /// <summary>Whether the council or a school manages the budget.</summary>
    public bool? OrganisedArrangement { get; init; }

    /// <summary>The code of the SEN2 return for direct payments.</summary>
    public string? DirectPayment { get; init; }
}
