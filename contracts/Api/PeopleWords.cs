using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>
/// How the assessment came to the council. CFA 2014 s36(1) names the only people who can make a request; s24 is the other route.
/// </summary>
[JsonConverter(typeof(CamelCaseEnum<RequestRoute>))]
public enum RequestRoute
{
    /// <summary>Request by the child's parent, s36(1).</summary>
    Parent,

    /// <summary>Request by the young person, s36(1).</summary>
    YoungPerson,

    /// <summary>Request by a person acting on behalf of a school, s36(1).</summary>
    School,

    /// <summary>Request by a person acting on behalf of a post-16 institution, s36(1).</summary>
    Post16Institution,

    /// <summary>
    /// The council became responsible: it identified the child, or somebody brought the child to its attention, s24.
    /// </summary>
    BecameResponsible,

    /// <summary>Request by the person in charge of relevant youth accommodation, s71(2).</summary>
    PersonInCharge,
}

/// <summary>What the officer found about the earlier case.</summary>
[JsonConverter(typeof(CamelCaseEnum<EarlierCaseAnswer>))]
public enum EarlierCaseAnswer
{
    /// <summary>Another child: a twin, or a person of the same name and date of birth.</summary>
    AnotherChild,

    /// <summary>The same child, for whom a further case is opened nevertheless.</summary>
    SameChild,
}

/// <summary>The role of a person towards the child or young person.</summary>
[JsonConverter(typeof(CamelCaseEnum<PersonRole>))]
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

/// <summary>Kind of document from the family.</summary>
[JsonConverter(typeof(CamelCaseEnum<FamilyEvidenceKind>))]
public enum FamilyEvidenceKind
{
    /// <summary>Representations of the child's parent or the young person, SEND Regs 2014 reg 6(3)(a).</summary>
    Representations,

    /// <summary>Evidence submitted by the child's parent or the young person, or at their request, reg 6(3)(b).</summary>
    Evidence,
}

/// <summary>The role in which somebody acts on an assessment.</summary>
[JsonConverter(typeof(CamelCaseEnum<ActorRole>))]
public enum ActorRole
{
    /// <summary>An officer of the council that carries out the assessment.</summary>
    CouncilOfficer,

    /// <summary>Person or system of an agency asked for advice.</summary>
    Agency,

    /// <summary>The child's parent, or the young person.</summary>
    Family,

    /// <summary>An operator of the hub, who takes no part in the assessment.</summary>
    Operator,

    /// <summary>The hub itself: a wake-up, or the end of an effect.</summary>
    Hub,
}
