using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Api;

/// <summary>What is known when an assessment is opened (Code 9.47).</summary>
public sealed record CaseFacts
{
    /// <summary>How the case began.</summary>
    public required RequestRoute Route { get; init; }

    /// <summary>
    /// Day the request was received or the council became responsible; the limits of the assessment run from this day.
    /// </summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>The family's first contact.</summary>
    public required FamilyContact Family { get; init; }

    /// <summary>Kind of place attended.</summary>
    public required SettingKind SettingKind { get; init; }

    /// <summary>The place attended; absent if <c>SettingKind</c> is <c>None</c>.</summary>
    public Agency? Setting { get; init; }

    /// <summary>
    /// The responsible commissioning body (integrated care board): notified under reg 4(2), agrees section G, receives the final plan.
    /// </summary>
    public required Agency Icb { get; init; }

    /// <summary>Hearing or visual impairment known at the start.</summary>
    public required SensoryImpairment SensoryImpairment { get; init; }

    /// <summary>
    /// A parent serves in the armed forces, reg 6(1)(b)(iv).
    /// </summary>
    public required bool ParentServesInArmedForces { get; init; }

    /// <summary>Record of the young person's capacity, if any.</summary>
    public CapacityRecord? Capacity { get; init; }

    /// <summary>
    /// An officer's decision if another case might have been about the same child; otherwise absent.
    /// </summary>
    public EarlierCaseDecision? EarlierCase { get; init; }

    /// <summary>The adviser for each kind of advice, as far as known.</summary>
    public required IReadOnlyList<NamedAdviser> Advisers { get; init; }
}

/// <summary>
/// The person who speaks for the child, or the young person; receives every notice that goes to the family.
/// </summary>
public sealed record FamilyContact
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Relation to the child, for instance "mother", or "self".</summary>
    public required string Relationship { get; init; }

    /// <summary>E-mail address, used only with the person's agreement.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// Day the family agreed to be served electronically. Without agreement an officer posts the notices, because Education Act 1996 s572
    /// allows e-mail only if the parent has agreed.
    /// </summary>
    public DateOnly? ElectronicServiceAgreedOn { get; init; }

    /// <summary>Postal address, in lines; the last line is a postcode or a country; absent if unknown.</summary>
    public IReadOnlyList<string>? PostalAddress { get; init; }

    /// <summary>Mobile telephone, for short messages that name no child.</summary>
    public string? Mobile { get; init; }

    /// <summary>
    /// Language in which the person wishes to read letters, as an IETF tag. Examples are <c>en</c> and <c>cy</c>. If null, the language is English.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>Telephone number for calls.</summary>
    public string? Telephone { get; init; }

    /// <summary>Language of the interpreter needed, in words; absent if none.</summary>
    public string? Interpreter { get; init; }

    /// <summary>
    /// The format in which the person needs letters, such as "large print". The hub does not produce such letters; an officer sends them. Absent
    /// if standard letters are suitable.
    /// </summary>
    public string? AccessibleFormat { get; init; }
}

/// <summary>
/// Whether a young person lacks capacity, and who then acts (reg 64(2)(b)). Capacity is presumed.
/// </summary>
public sealed record CapacityRecord
{
    /// <summary>The young person lacks capacity for these decisions.</summary>
    public required bool LacksCapacity { get; init; }

    /// <summary>Day of the capacity assessment.</summary>
    public required DateOnly AssessedOn { get; init; }

    /// <summary>The person who acts for the young person.</summary>
    public string? AlternativePerson { get; init; }
}

/// <summary>
/// What an officer decided about another case that may be about the same child. It is recorded with the case's facts.
/// </summary>
public sealed record EarlierCaseDecision
{
    /// <summary>What the officer found.</summary>
    public required EarlierCaseAnswer Answer { get; init; }

    /// <summary>The reason, in the officer's words.</summary>
    public required string Reason { get; init; }

    /// <summary>The earlier case; given if it is about the same child and the council may see it.</summary>
    public AssessmentId? Case { get; init; }
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

    /// <summary>Role of the person towards the child.</summary>
    public required PersonRole Role { get; init; }

    /// <summary>Relation in words, for instance "father".</summary>
    public string? Relationship { get; init; }

    /// <summary>Whether they have parental responsibility; notices are then sent to them too.</summary>
    public required bool ParentalResponsibility { get; init; }

    /// <summary>E-mail address, used only with the person's agreement.</summary>
    public string? Email { get; init; }

    /// <summary>Day on which the person agreed to be served by e-mail (Education Act 1996 s572).</summary>
    public DateOnly? ElectronicServiceAgreedOn { get; init; }

    /// <summary>Postal address, in lines; the last line is a postcode or a country; absent if unknown.</summary>
    public IReadOnlyList<string>? PostalAddress { get; init; }

    /// <summary>Telephone number for calls.</summary>
    public string? Telephone { get; init; }

    /// <summary>Mobile telephone, for short messages that name no child.</summary>
    public string? Mobile { get; init; }

    /// <summary>Language in which the person wishes to read letters, as an IETF tag. If null, the language is English.</summary>
    public string? Language { get; init; }

    /// <summary>Language of the interpreter needed, in words; absent if none.</summary>
    public string? Interpreter { get; init; }

    /// <summary>
    /// The format in which the person needs letters, such as "large print". The hub does not produce such letters; an officer sends them. Absent
    /// if standard letters are suitable.
    /// </summary>
    public string? AccessibleFormat { get; init; }

    /// <summary>
    /// The rest of the family must not see the address. Every address appears only in its owner's letters; a secret address must also
    /// differ from the addresses of the rest of the family.
    /// </summary>
    public required bool AddressIsSecret { get; init; }

    /// <summary>Day on which the family agreed that this supporter takes part.</summary>
    public DateOnly? ConsentOn { get; init; }

    /// <summary>The family member who named the person; absent if the council did.</summary>
    public string? NamedBy { get; init; }
}

/// <summary>A link to the family's page.</summary>
public sealed record FamilyLink
{
    /// <summary>Unique within the assessment.</summary>
    public required string Id { get; init; }

    /// <summary>Day on which the link was issued.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>Last day on which the link works.</summary>
    public required DateOnly ExpiresOn { get; init; }

    /// <summary>Whether the link was revoked.</summary>
    public required bool Revoked { get; init; }

    /// <summary>The family member who holds the link; absent for the first contact.</summary>
    public string? Person { get; init; }
}
