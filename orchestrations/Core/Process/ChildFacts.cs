using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Sex, as the SEN2 return has it.</summary>
public enum Sex
{
    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,
}

/// <summary>Why there is neither a UPN nor a ULN; the words are the codes of the SEN2 return.</summary>
public enum NoNumber
{
    /// <summary>Under six, and has none yet.</summary>
    Un1,

    /// <summary>Never in a state school.</summary>
    Un2,

    /// <summary>Educated outside England.</summary>
    Un3,

    /// <summary>Sources conflict.</summary>
    Un5,

    /// <summary>New to the council.</summary>
    Un8,

    /// <summary>A young person who was never in a state school or college.</summary>
    Un9,

    /// <summary>Nothing further was done before it was known.</summary>
    Un10,
}

/// <summary>A type of need; the words are the codes of the SEN2 return.</summary>
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

/// <summary>Who asked for the assessment; the number is the code of the SEN2 return.</summary>
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

    /// <summary>Somebody else.</summary>
    Other = 5,
}

/// <summary>
/// What is known about the child in addition to the facts given at the opening. What is not known is null: none of it is derived from another
/// fact, least of all ethnicity, which is special category data (UK GDPR art 9).
/// </summary>
public sealed record ChildFacts
{
    /// <summary>Sex.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Ethnicity, as four letters of the school census: WBRI, REFU, NOBT.</summary>
    public string? Ethnicity { get; init; }

    /// <summary>Unique learner number.</summary>
    public Uln? Uln { get; init; }

    /// <summary>Why there is neither a UPN nor a ULN.</summary>
    public NoNumber? NoNumber { get; init; }

    /// <summary>Whether the child is looked after.</summary>
    public bool? LookedAfter { get; init; }

    /// <summary>Who asked, where the route of the request does not say.</summary>
    public AskedBy? AskedBy { get; init; }

    /// <summary>Whether the young person was in relevant youth accommodation when the request was made.</summary>
    public bool? InYouthAccommodation { get; init; }

    /// <summary>Types of need, the primary one first.</summary>
    public IReadOnlyList<SenNeed> Needs { get; init => field = value ?? []; } = [];
}
