using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>One event of the audit trail.</summary>
public sealed record CaseEvent
{
    /// <summary>Number of the event in the case: 1, 2, 3, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>Time of the decision, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who caused the event, and on whose behalf.</summary>
    public required EventSource By { get; init; }

    /// <summary>The message that caused the event; absent if a date caused it.</summary>
    public string? MessageId { get; init; }

    /// <summary>The sender's correlation id, unchanged.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// What happened: an object whose member <c>type</c> names the event; docs/assessment-events.md lists every event with
    /// its members. Later versions only add members.
    /// </summary>
    public required JsonElement What { get; init; }
}

/// <summary>Who caused an event.</summary>
public sealed record EventSource
{
    /// <summary>The role of the actor.</summary>
    public required ActorRole Role { get; init; }

    /// <summary>The sender's own stable id (token subject), not a name.</summary>
    public required string Id { get; init; }

    /// <summary>The agency, if <c>Role</c> is <c>Agency</c>.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>
    /// On whose behalf the sender acts; for instance when an officer enters what a family said on the telephone.
    /// </summary>
    public string? OnBehalfOf { get; init; }
}
