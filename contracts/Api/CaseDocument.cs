using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Api;

/// <summary>A document in the case.</summary>
public sealed record CaseDocument
{
    /// <summary>Id of the document.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of document.</summary>
    public required string What { get; init; }

    /// <summary>Day on which it was received.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The document.</summary>
    public required AttachmentRef Document { get; init; }

    /// <summary>The author or sender.</summary>
    public string? From { get; init; }
}
