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
/// One of the people round a child beside the first contact that the case was opened with. Personal data: seen by the council alone, never
/// logged, never in a timeline.
/// </summary>
public sealed record FamilyPerson
{
    /// <summary>Unique within the case; says nothing about the person, because it stands in names of notices.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>What they are to the child.</summary>
    public required PersonRole Role { get; init; }

    /// <summary>Relation in words, for instance "father".</summary>
    public string? Relationship { get; init; }

    /// <summary>They have parental responsibility: notices to the child's parent go to them too.</summary>
    public bool ParentalResponsibility { get; init; }

    /// <summary>E-mail address, used only where <see cref="ElectronicServiceAgreedOn"/> is set.</summary>
    public string? Email { get; init; }

    /// <summary>Day on which they agreed to be served at that address (Education Act 1996 s572).</summary>
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

    /// <summary>The form in which they need letters, in words: "large print". The hub makes none: a person sends it. Null where the usual ones will do.</summary>
    public string? AccessibleFormat { get; init; }

    /// <summary>
    /// Others of the family must not learn where this person is reached. An address stands in its own reader's letters alone, whoever it is;
    /// this one may not be an address that somebody else of the family reads too.
    /// </summary>
    public bool AddressIsSecret { get; init; }

    /// <summary>Day on which the family agreed that this supporter takes part.</summary>
    public DateOnly? ConsentOn { get; init; }

    /// <summary>
    /// Who of the family named this supporter, as <see cref="FamilyPeople.ReaderOf"/> makes it: they see and end what they named, and nobody else
    /// of the family does. Null where the council recorded it.
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
