using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Where somebody is educated who has no place with a number; the words are the codes of the SEN2 return.</summary>
public enum SenSetting
{
    /// <summary>Education otherwise than at school, arranged by the council.</summary>
    Ola,

    /// <summary>The same, arranged by the parent or young person.</summary>
    Opa,

    /// <summary>Elective home education.</summary>
    Ehe,

    /// <summary>An early years provider without a number.</summary>
    Eyp,

    /// <summary>Another setting.</summary>
    Oth,

    /// <summary>Sixteen or older and in no education, employment or training.</summary>
    Neet,

    /// <summary>Notice was given that the plan will cease.</summary>
    Niec,

    /// <summary>In no education for another reason.</summary>
    Nieo,
}

/// <summary>A place where the child is educated, actually or according to the plan. What is not known is null.</summary>
public sealed record SchoolPlace
{
    /// <summary>1: the main place. 2: a second one beside it.</summary>
    public required int Rank { get; init; }

    /// <summary>The place by its URN or UKPRN.</summary>
    public AgencyId? Institution { get; init; }

    /// <summary>What kind of place it is, where it has no such number.</summary>
    public SenSetting? Setting { get; init; }

    /// <summary>What another setting is, in words.</summary>
    public string? OtherSetting { get; init; }

    /// <summary>Whether the place is in a SEN unit.</summary>
    public bool? SenUnit { get; init; }

    /// <summary>Whether it is in resourced provision.</summary>
    public bool? ResourcedProvision { get; init; }
}

/// <summary>A place where the child is or was actually educated.</summary>
/// <param name="Place">The place.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; null while it goes on.</param>
/// <param name="Residential">Residential place: the code of the SEN2 return.</param>
/// <param name="WorkBased">Work-based place: the code of the SEN2 return.</param>
public sealed record AttendedPlace(SchoolPlace Place, DateOnly From, DateOnly? To = null, string? Residential = null, string? WorkBased = null);

/// <summary>What the SEN2 return asks about the plan and what its text does not say.</summary>
public sealed record PlanTerms
{
    /// <summary>The places that section I names; empty where only the placement itself is known.</summary>
    public IReadOnlyList<SchoolPlace> Named { get; init => field = value ?? []; } = [];

    /// <summary>Residential place: the code of the SEN2 return.</summary>
    public string? Residential { get; init; }

    /// <summary>Work-based place: the code of the SEN2 return.</summary>
    public string? WorkBased { get; init; }

    /// <summary>Whether there is a personal budget; null: as the case's own record of it.</summary>
    public bool? PersonalBudget { get; init; }

    /// <summary>Whether the council or a school manages the budget.</summary>
    public bool? OrganisedArrangement { get; init; }

    /// <summary>Direct payment: the code of the SEN2 return.</summary>
    public string? DirectPayment { get; init; }
}
