using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>One event in CloudEvents format.</summary>
public sealed record FeedEvent
{
    /// <summary>Version of CloudEvents: 1.0.</summary>
    public required string Specversion { get; init; }

    /// <summary>The case and the number of the event in the case; never changes.</summary>
    public required string Id { get; init; }

    /// <summary>The hub of the council, as a URN.</summary>
    public required string Source { get; init; }

    /// <summary><c>uk.integrationhub.case.</c> and then <c>data.what</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The case.</summary>
    public required AssessmentId Subject { get; init; }

    /// <summary>Time of the decision, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Position in the feed; the cursor for later events.</summary>
    public required string Sequence { get; init; }

    /// <summary>What happened, without personal data.</summary>
    public required FeedEventData Data { get; init; }
}

/// <summary>Data of an event, without personal data.</summary>
public sealed record FeedEventData
{
    /// <summary>
    /// Name of the event in the audit trail; docs/assessment-events.md lists the names. For <c>caseErased</c>, erase your data about the
    /// case.
    /// </summary>
    public required string What { get; init; }

    /// <summary>The version of the case after the event.</summary>
    public required long Version { get; init; }

    /// <summary>Rules whose limits changed: limits that began, moved, ended, or were met or missed.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>Address of the case; absent if the case was erased.</summary>
    public string? Link { get; init; }
}
