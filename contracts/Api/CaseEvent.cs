using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>One event of the audit trail.</summary>
public sealed record CaseEvent
{
    /// <summary>1, 2, 3 ... without gaps within one case.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who caused it, and on whose behalf.</summary>
    public required EventSource By { get; init; }

    /// <summary>The message that led to it; absent for what fell due.</summary>
    public string? MessageId { get; init; }

    /// <summary>The sender's correlation id, carried through.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// What happened: an object whose member <c>type</c> names the event; docs/assessment-events.md lists every event with
    /// its members. Members are only ever added.
    /// </summary>
    public required JsonElement What { get; init; }
}

/// <summary>Who acts.</summary>
public sealed record EventSource
{
    /// <summary>The role of the actor.</summary>
    public required ActorRole Role { get; init; }

    /// <summary>The sender's own stable id (token subject), not a name.</summary>
    public required string Id { get; init; }

    /// <summary>The agency, when <c>Role</c> is <c>Agency</c>.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>
    /// On whose behalf, if it is somebody else; for instance an officer who enters what a family said on the telephone.
    /// </summary>
    public string? OnBehalfOf { get; init; }
}
