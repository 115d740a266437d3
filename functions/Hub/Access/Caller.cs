using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Access;

/// <summary>The role in which somebody calls the hub. A token carries exactly one role.</summary>
public enum CallerRole
{
    /// <summary>Officer of one council; sees that council's assessments and no others.</summary>
    CouncilOfficer,

    /// <summary>Person or system of one agency; sees the requests to that agency, and none to other agencies.</summary>
    Agency,

    /// <summary>The child's parent or the young person; sees one assessment.</summary>
    Family,

    /// <summary>Person who monitors the hub; sees the stage of each assessment, but never which child it is about.</summary>
    OperationsReader,

    /// <summary>Person who runs the hub; sees the same as a person who monitors it.</summary>
    Operator,

    /// <summary>System of one council that reads the council's feed of events and nothing else.</summary>
    EventsReader,
}

/// <summary>
/// The caller of a request, as identified by the token. The caller is determined once, when the request arrives; no later code reads
/// claims.
/// </summary>
public sealed record Caller
{
    /// <summary>The role of the actor.</summary>
    public required CallerRole Role { get; init; }

    /// <summary>The token's subject: stable for one person or system.</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// The council. Officers and events readers always have a council; operations staff only if they are limited to one council.
    /// </summary>
    public LocalAuthorityCode? Council { get; init; }

    /// <summary>The agency, for <see cref="CallerRole.Agency"/>.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>The assessment, for <see cref="CallerRole.Family"/>.</summary>
    public AssessmentId? Assessment { get; init; }

    /// <summary>Whether the caller runs or monitors the hub rather than taking part in an assessment.</summary>
    public bool IsOperations => Role is CallerRole.OperationsReader or CallerRole.Operator;

    /// <summary>The caller as an actor in an assessment.</summary>
    /// <param name="onBehalfOf">The person on whose behalf an officer enters a statement, if somebody else made it.</param>
    public Actor ToActor(string? onBehalfOf = null) => new()
    {
        Role = ActorRoleOf(Role),
        Id = Subject,
        Agency = Agency,
        OnBehalfOf = onBehalfOf,
    };

    /// <summary>The role that a caller of this role has as an actor in an assessment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A caller of this role takes no part in assessments.</exception>
    public static ActorRole ActorRoleOf(CallerRole role) => role switch
    {
        CallerRole.CouncilOfficer => ActorRole.CouncilOfficer,
        CallerRole.Agency => ActorRole.Agency,
        CallerRole.Family => ActorRole.Family,
        CallerRole.OperationsReader or CallerRole.Operator => ActorRole.Operator,
        _ => throw new ArgumentOutOfRangeException(nameof(role), "A caller of this role takes no part in assessments."),
    };
}
