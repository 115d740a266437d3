namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What somebody is to the child or young person.</summary>
public enum PersonRole
{
    /// <summary>A parent, or somebody else who is a parent under Education Act 1996 s576.</summary>
    Parent,

    /// <summary>The young person.</summary>
    YoungPerson,

    /// <summary>A foster carer.</summary>
    FosterCarer,

    /// <summary>The child's social worker.</summary>
    SocialWorker,

    /// <summary>The virtual school head, for a looked-after child.</summary>
    VirtualSchool,

    /// <summary>A friend, advocate or adviser, with the family's consent.</summary>
    Supporter,
}

/// <summary>
/// One of the people around a child, other than the first contact. Personal data: seen only by the council,
/// never logged, never in a timeline.
/// </summary>
public sealed record FamilyPerson
{
    /// <summary>Unique within the case; says nothing about the person, because it is part of the ids of notices.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>What they are to the child.</summary>
    public required PersonRole Role { get; init; }

    /// <summary>Relation in words, for instance "father".</summary>
    public string? Relationship { get; init; }

    /// <summary>Whether they have parental responsibility; notices are then sent to them too.</summary>
    public bool ParentalResponsibility { get; init; }

    /// <summary>E-mail address, used only where that was agreed.</summary>
    public string? Email { get; init; }

    /// <summary>Day on which they agreed to be served there (Education Act 1996 s572).</summary>
    public DateOnly? ElectronicServiceAgreedOn { get; init; }

    /// <summary>Lines of the postal address, the last a postcode or a country; null where none is known.</summary>
    public IReadOnlyList<string>? PostalAddress { get; init; }

    /// <summary>Telephone, to call.</summary>
    public string? Telephone { get; init; }

    /// <summary>Mobile telephone, for short messages that name no child.</summary>
    public string? Mobile { get; init; }

    /// <summary>Language in which they wish to read letters, IETF tag; English where null.</summary>
    public string? Language { get; init; }

    /// <summary>Language of the interpreter they need, in words; null where they need none.</summary>
    public string? Interpreter { get; init; }

    /// <summary>
    /// The form in which they need letters, in words: "large print". The hub does not produce such letters: a person sends them. Null where
    /// the usual form is enough.
    /// </summary>
    public string? AccessibleFormat { get; init; }

    /// <summary>
    /// Other family members must not learn the address. Everybody's address appears only in their own letters; this one,
    /// in addition, must not be an address that another family member uses too.
    /// </summary>
    public bool AddressIsSecret { get; init; }

    /// <summary>Day on which the family agreed that this supporter takes part.</summary>
    public DateOnly? ConsentOn { get; init; }

    /// <summary>
    /// Which family member named this supporter, as <see cref="FamilyPeople.ReaderOf"/> makes it: they see and can end what they named, and no other
    /// family member can. Null where the council recorded it.
    /// </summary>
    public string? NamedBy { get; init; }

    /// <summary>How letters reach them.</summary>
    public FamilyContact ToContact() => new()
    {
        Name = Name,
        Relationship = Relationship ?? "",
        Email = Email,
        ElectronicServiceAgreedOn = ElectronicServiceAgreedOn,
        PostalAddress = PostalAddress,
        Mobile = Mobile,
        Language = Language,
        Telephone = Telephone,
        Interpreter = Interpreter,
        AccessibleFormat = AccessibleFormat,
    };
}
