using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The role in which somebody acts on an assessment.</summary>
public enum ActorRole
{
    /// <summary>An officer of the council that carries out the assessment.</summary>
    CouncilOfficer,

    /// <summary>A person or system of an agency that was asked.</summary>
    Agency,

    /// <summary>The child's parent, or the young person.</summary>
    Family,

    /// <summary>An operator of the hub, who takes no part in the assessment.</summary>
    Operator,

    /// <summary>The hub itself: a wake-up, or the end of an effect.</summary>
    Hub,
}

/// <summary>Who acts.</summary>
public sealed record Actor
{
    /// <summary>The hub itself.</summary>
    public static readonly Actor TheHub = new() { Role = ActorRole.Hub, Id = "hub" };

    /// <summary>The role of the actor.</summary>
    public required ActorRole Role { get; init; }

    /// <summary>The sender's own stable id (token subject), not a name.</summary>
    public required string Id { get; init; }

    /// <summary>The agency, when <see cref="Role"/> is <see cref="ActorRole.Agency"/>.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>On whose behalf, if it is somebody else: for instance an officer who enters what a family said on the telephone.</summary>
    public string? OnBehalfOf { get; init; }
}
