using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>How the assessment came to the council. CFA 2014 s36(1) names the only people who can make a request; s24 is the other route.</summary>
public enum RequestRoute
{
    /// <summary>Request of the child's parent, s36(1).</summary>
    Parent,

    /// <summary>Request of the young person, s36(1).</summary>
    YoungPerson,

    /// <summary>Request of a person acting on behalf of a school, s36(1).</summary>
    School,

    /// <summary>Request of a person acting on behalf of a post-16 institution, s36(1).</summary>
    Post16Institution,

    /// <summary>The council became responsible: the child was identified by it or brought to its attention by any person, s24.</summary>
    BecameResponsible,

    /// <summary>Request of the person in charge of the youth accommodation in which somebody is detained, s71(2)(b).</summary>
    PersonInCharge,
}

/// <summary>The person who speaks for the child, or the young person; receives every notice that goes to the family.</summary>
public sealed record FamilyContact
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Relation to the child, for instance "mother", or "self".</summary>
    public required string Relationship { get; init; }

    /// <summary>E-mail address, used only where that was agreed.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// Day the family agreed to be served electronically. Without it notices are posted by a person:
    /// Education Act 1996 s572 allows e-mail only where the parent has agreed.
    /// </summary>
    public DateOnly? ElectronicServiceAgreedOn { get; init; }

    /// <summary>Lines of the postal address, the last a postcode or a country; null where none is known.</summary>
    public IReadOnlyList<string>? PostalAddress { get; init; }

    /// <summary>Mobile telephone, for short messages that name no child.</summary>
    public string? Mobile { get; init; }

    /// <summary>Language in which the person wishes to read letters, IETF tag: <c>en</c>, <c>cy</c>. English where null.</summary>
    public string? Language { get; init; }

    /// <summary>Telephone, to call.</summary>
    public string? Telephone { get; init; }

    /// <summary>Language of the interpreter they need, in words; null where they need none.</summary>
    public string? Interpreter { get; init; }

    /// <summary>
    /// The form in which they need letters, in words: "large print". The hub does not produce such letters: a person sends them. Null where
    /// the usual form is enough.
    /// </summary>
    public string? AccessibleFormat { get; init; }
}

/// <summary>
/// Whether a young person lacks capacity, and who then acts for them (reg 64(2)(b)). Capacity is presumed.
/// </summary>
/// <param name="LacksCapacity">The young person lacks capacity for these decisions.</param>
/// <param name="AlternativePerson">Who acts for them.</param>
/// <param name="AssessedOn">Day of the capacity assessment.</param>
public sealed record CapacityRecord(bool LacksCapacity, DateOnly AssessedOn, string? AlternativePerson = null);

/// <summary>What is known when an assessment is opened (Code 9.47).</summary>
public sealed record OpeningFacts
{
    /// <summary>How the case began.</summary>
    public required RequestRoute Route { get; init; }

    /// <summary>Day the request was received or the council became responsible; the origin of the 6, 16 and 20 weeks.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>Who speaks for the family.</summary>
    public required FamilyContact Family { get; init; }

    /// <summary>Kind of place attended.</summary>
    public required SettingKind SettingKind { get; init; }

    /// <summary>The place attended; null where <see cref="SettingKind"/> is <see cref="Advice.SettingKind.None"/>.</summary>
    public Agency? Setting { get; init; }

    /// <summary>The responsible commissioning body (integrated care board): told under reg 4(2), agrees section G, receives the final plan.</summary>
    public required Agency Icb { get; init; }

    /// <summary>Hearing or visual impairment known at the start.</summary>
    public SensoryImpairment SensoryImpairment { get; init; }

    /// <summary>A parent serves in the armed forces, reg 6(1)(b)(iv).</summary>
    public bool ParentServesInArmedForces { get; init; }

    /// <summary>Record of the young person's capacity, where there is one.</summary>
    public CapacityRecord? Capacity { get; init; }

    /// <summary>A person's decision when another case might have been about the same child; null where the question did not arise.</summary>
    public EarlierCaseDecision? EarlierCase { get; init; }

    /// <summary>A plan that was issued elsewhere and is taken over; null where an assessment is asked for.</summary>
    public TakenPlan? TakenOver { get; init; }

    /// <summary>Who will be asked for which advice, as far as known.</summary>
    public IReadOnlyList<NamedAdviser> Advisers { get; init => field = value ?? []; } = [];
}
