using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Sex, as recorded in the SEN2 return.</summary>
public enum Sex
{
    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,
}

/// <summary>The reason why there is neither a UPN nor a ULN, named after the codes of the SEN2 return.</summary>
public enum NoNumber
{
    /// <summary>The child is under six and has no number yet.</summary>
    Un1,

    /// <summary>The child was never in a state school.</summary>
    Un2,

    /// <summary>The child is educated outside England.</summary>
    Un3,

    /// <summary>The sources disagree about the number.</summary>
    Un5,

    /// <summary>The child is new to the council.</summary>
    Un8,

    /// <summary>The young person was never in a state school or college.</summary>
    Un9,

    /// <summary>The request ended with no further action before the number was known.</summary>
    Un10,
}

/// <summary>A type of need, named after the codes of the SEN2 return.</summary>
public enum SenNeed
{
    /// <summary>Specific learning difficulty.</summary>
    Spld,

    /// <summary>Moderate learning difficulty.</summary>
    Mld,

    /// <summary>Severe learning difficulty.</summary>
    Sld,

    /// <summary>Profound and multiple learning difficulty.</summary>
    Pmld,

    /// <summary>Social, emotional and mental health.</summary>
    Semh,

    /// <summary>Speech, language and communication needs.</summary>
    Slcn,

    /// <summary>Hearing impairment.</summary>
    Hi,

    /// <summary>Vision impairment.</summary>
    Vi,

    /// <summary>Multi-sensory impairment.</summary>
    Msi,

    /// <summary>Physical disability.</summary>
    Pd,

    /// <summary>Autistic spectrum disorder.</summary>
    Asd,

    /// <summary>Down syndrome.</summary>
    Ds,

    /// <summary>Other difficulty or disability.</summary>
    Oth,
}

/// <summary>Who asked for the assessment, numbered like the codes of the SEN2 return.</summary>
public enum AskedBy
{
    /// <summary>The parent or the young person.</summary>
    Family = 1,

    /// <summary>A school, college or other place of education.</summary>
    School = 2,

    /// <summary>A health professional.</summary>
    Health = 3,

    /// <summary>A social care professional.</summary>
    SocialCare = 4,

    /// <summary>Another person.</summary>
    Other = 5,
}

/// <summary>
/// What is known about the child beyond the facts given when the case opened. A fact that is not known is null. No fact is derived from
/// another, least of all ethnicity, which is special category data (UK GDPR art 9).
/// </summary>
public sealed record ChildFacts
{
    /// <summary>The child's sex.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Ethnicity, as a four-letter code of the school census, for instance WBRI, REFU or NOBT.</summary>
    public string? Ethnicity { get; init; }

    /// <summary>Unique learner number.</summary>
    public Uln? Uln { get; init; }

    /// <summary>The reason why there is neither a UPN nor a ULN.</summary>
    public NoNumber? NoNumber { get; init; }

    /// <summary>Whether the child is looked after.</summary>
    public bool? LookedAfter { get; init; }

    /// <summary>Who asked for the assessment, if the route of the request does not show it.</summary>
    public AskedBy? AskedBy { get; init; }

    /// <summary>Whether the young person was in relevant youth accommodation when the request was made.</summary>
    public bool? InYouthAccommodation { get; init; }

    /// <summary>Types of need, with the primary need first.</summary>
    public IReadOnlyList<SenNeed> Needs { get; init => field = value ?? []; } = [];
}
