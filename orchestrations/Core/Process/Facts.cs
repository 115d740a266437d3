using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>How the assessment came to the council. CFA 2014 s36(1) names the only people who can make a request; s24 is the other route.</summary>
public enum RequestRoute
{
    /// <summary>A request by the child's parent, s36(1).</summary>
    Parent,

    /// <summary>A request by the young person, s36(1).</summary>
    YoungPerson,

    /// <summary>A request by a person acting on behalf of a school, s36(1).</summary>
    School,

    /// <summary>A request by a person acting on behalf of a post-16 institution, s36(1).</summary>
    Post16Institution,

    /// <summary>The council became responsible, because it identified the child or somebody brought the child to its attention (s24).</summary>
    BecameResponsible,

    /// <summary>A request by the person in charge of the youth accommodation in which somebody is detained, s71(2)(b).</summary>
    PersonInCharge,
}

/// <summary>The person who speaks for the child, or the young person. This person receives every notice that goes to the family.</summary>
public sealed record FamilyContact
{
    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>Relationship to the child, for instance "mother" or "self".</summary>
    public required string Relationship { get; init; }

    /// <summary>E-mail address, used only with the person's agreement.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// The day on which the family agreed to be served electronically. Without this agreement notices are posted, because Education Act 1996
    /// s572 allows e-mail only if the parent has agreed.
    /// </summary>
    public DateOnly? ElectronicServiceAgreedOn { get; init; }

    /// <summary>The lines of the postal address, of which the last is a postcode or a country; null if none is known.</summary>
    public IReadOnlyList<string>? PostalAddress { get; init; }

    /// <summary>Mobile telephone, for short messages that name no child.</summary>
    public string? Mobile { get; init; }

    /// <summary>
    /// Language in which the person wishes to read letters, as an IETF tag. Examples are <c>en</c> and <c>cy</c>. Null means English.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>The telephone number for calls.</summary>
    public string? Telephone { get; init; }

    /// <summary>The language of the interpreter that the person needs, in words; null if none is needed.</summary>
    public string? Interpreter { get; init; }

    /// <summary>
    /// The format in which the person needs letters, such as "large print". The hub does not produce letters in other formats, so an
    /// officer sends them. Null if the usual format is enough.
    /// </summary>
    public string? AccessibleFormat { get; init; }
}

/// <summary>
/// Whether a young person lacks capacity, and who then acts (reg 64(2)(b)). Capacity is presumed.
/// </summary>
/// <param name="LacksCapacity">Whether the young person lacks capacity for these decisions.</param>
/// <param name="AlternativePerson">The person who acts for the young person.</param>
/// <param name="AssessedOn">The day of the capacity assessment.</param>
public sealed record CapacityRecord(bool LacksCapacity, DateOnly AssessedOn, string? AlternativePerson = null);

/// <summary>What is known when an assessment is opened (Code 9.47).</summary>
public sealed record OpeningFacts
{
    /// <summary>How the case began.</summary>
    public required RequestRoute Route { get; init; }

    /// <summary>The day on which the request was received or the council became responsible, from which the 6, 16 and 20 weeks run.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>The person who speaks for the family.</summary>
    public required FamilyContact Family { get; init; }

    /// <summary>The kind of place that the child or young person attends.</summary>
    public required SettingKind SettingKind { get; init; }

    /// <summary>The place that the child or young person attends; null if <see cref="SettingKind"/> is
    /// <see cref="Advice.SettingKind.None"/>.</summary>
    public Agency? Setting { get; init; }

    /// <summary>The responsible commissioning body (integrated care board), which is notified under reg 4(2), agrees section G and receives the
    /// final plan.</summary>
    public required Agency Icb { get; init; }

    /// <summary>Hearing or visual impairment known at the start.</summary>
    public SensoryImpairment SensoryImpairment { get; init; }

    /// <summary>Whether a parent serves in the armed forces (reg 6(1)(b)(iv)).</summary>
    public bool ParentServesInArmedForces { get; init; }

    /// <summary>The record of the young person's capacity, if there is one.</summary>
    public CapacityRecord? Capacity { get; init; }

    /// <summary>An officer's decision whether another case is about the same child; null if the question did not arise.</summary>
    public EarlierCaseDecision? EarlierCase { get; init; }

    /// <summary>A plan that was issued elsewhere and is taken over; null if an assessment is asked for.</summary>
    public TakenPlan? TakenOver { get; init; }

    /// <summary>The adviser for each kind of advice, as far as known.</summary>
    public IReadOnlyList<NamedAdviser> Advisers { get; init => field = value ?? []; } = [];
}
