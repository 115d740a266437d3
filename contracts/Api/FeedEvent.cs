using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>One event as CloudEvents writes it.</summary>
public sealed record FeedEvent
{
    /// <summary>CloudEvents 1.0.</summary>
    public required string Specversion { get; init; }

    /// <summary>Never changes: the case and the number of the event in it.</summary>
    public required string Id { get; init; }

    /// <summary>The hub.</summary>
    public required string Source { get; init; }

    /// <summary>What happened; <c>uk.integrationhub.case.</c> and <c>data.what</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The case.</summary>
    public required AssessmentId Subject { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Its place in the feed; the cursor for what comes after it.</summary>
    public required string Sequence { get; init; }

    /// <summary>What happened, without anything about a person.</summary>
    public required FeedEventData Data { get; init; }
}

/// <summary>What happened; nothing about a person.</summary>
public sealed record FeedEventData
{
    /// <summary>Name of the event in the audit trail; docs/assessment-events.md lists them. <c>caseErased</c>: erase what you have of it.</summary>
    public required string What { get; init; }

    /// <summary>The version of the case after it.</summary>
    public required long Version { get; init; }

    /// <summary>Rules whose limits changed; they began, moved, were met, missed or ended.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>Address of the case; absent when it was erased.</summary>
    public string? Link { get; init; }
}
