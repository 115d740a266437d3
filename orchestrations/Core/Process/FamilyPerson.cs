namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The role of a person in relation to the child or young person.</summary>
public enum PersonRole
{
    /// <summary>A parent, or somebody else who counts as a parent under Education Act 1996 s576.</summary>
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
/// One of the people around a child, other than the first contact. Only the council sees these personal data, which are never logged or
/// shown in a timeline.
/// </summary>
public sealed record FamilyPerson
{
    /// <summary>The person's id, unique within the case. The id reveals nothing about the person, because it is part of the ids of notices.</summary>
    public required string Id { get; init; }

    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>The person's role in relation to the child.</summary>
    public required PersonRole Role { get; init; }

    /// <summary>The person's relationship to the child in words, for instance "father".</summary>
    public string? Relationship { get; init; }

    /// <summary>Whether the person has parental responsibility and is therefore sent notices too.</summary>
    public bool ParentalResponsibility { get; init; }

    /// <summary>E-mail address, used only with the person's agreement.</summary>
    public string? Email { get; init; }

    /// <summary>The day on which the person agreed to be served by e-mail (Education Act 1996 s572).</summary>
    public DateOnly? ElectronicServiceAgreedOn { get; init; }

    /// <summary>The lines of the postal address, of which the last is a postcode or a country; null if none is known.</summary>
    public IReadOnlyList<string>? PostalAddress { get; init; }

    /// <summary>The telephone number for calls.</summary>
    public string? Telephone { get; init; }

    /// <summary>Mobile telephone, for short messages that name no child.</summary>
    public string? Mobile { get; init; }

    /// <summary>The language in which the person wishes to read letters, as an IETF tag; null means English.</summary>
    public string? Language { get; init; }

    /// <summary>The language of the interpreter that the person needs, in words; null if none is needed.</summary>
    public string? Interpreter { get; init; }

    /// <summary>
    /// The format in which the person needs letters, such as "large print". The hub does not produce letters in other formats, so an
    /// officer sends them. Null if the usual format is enough.
    /// </summary>
    public string? AccessibleFormat { get; init; }

    /// <summary>
    /// Whether other family members must not learn the address. A person's address appears only in that person's own letters; if the address
    /// is secret, no other family member may have the same address on record.
    /// </summary>
    public bool AddressIsSecret { get; init; }

    /// <summary>The day on which the family agreed that this supporter takes part.</summary>
    public DateOnly? ConsentOn { get; init; }

    /// <summary>
    /// The family member who named this supporter, as given by <see cref="FamilyPeople.ReaderId"/>. Nobody else in the family can see or
    /// remove the supporter. Null if the council recorded the supporter.
    /// </summary>
    public string? NamedBy { get; init; }

    /// <summary>The contact details for letters to this person.</summary>
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
