using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A document of the case itself.</summary>
/// <param name="Id">Its id.</param>
/// <param name="What">What it is.</param>
/// <param name="ReceivedOn">Day on which it was received.</param>
/// <param name="Document">The document.</param>
/// <param name="From">Who wrote or sent it.</param>
public sealed record CaseDocument(string Id, string What, DateOnly ReceivedOn, AttachmentRef Document, string? From);
