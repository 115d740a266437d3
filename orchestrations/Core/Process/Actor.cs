using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The role in which somebody acts on an assessment.</summary>
public enum ActorRole
{
    /// <summary>An officer of the council that carries out the assessment.</summary>
    CouncilOfficer,

    /// <summary>A person or system of an agency that was asked for advice.</summary>
    Agency,

    /// <summary>The child's parent, or the young person.</summary>
    Family,

    /// <summary>An operator of the hub, who takes no part in the assessment.</summary>
    Operator,

    /// <summary>The hub itself, at a wake-up or when an effect ends.</summary>
    Hub,
}

/// <summary>The person, system or program that acts.</summary>
public sealed record Actor
{
    /// <summary>The hub itself.</summary>
    public static readonly Actor TheHub = new() { Role = ActorRole.Hub, Id = "hub" };

    /// <summary>The role of the actor.</summary>
    public required ActorRole Role { get; init; }

    /// <summary>The actor's own stable id (the subject of the token), not a name.</summary>
    public required string Id { get; init; }

    /// <summary>The agency, if <see cref="Role"/> is <see cref="ActorRole.Agency"/>.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>The person or organisation on whose behalf the actor acts, for instance the family if an officer enters what it said on the
    /// telephone; null if the actor acts for itself.</summary>
    public string? OnBehalfOf { get; init; }
}
