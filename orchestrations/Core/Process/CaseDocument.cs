using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A document in the case file.</summary>
/// <param name="Id">The id of the document.</param>
/// <param name="What">A description of the document.</param>
/// <param name="ReceivedOn">The day on which the document was received.</param>
/// <param name="Document">The document.</param>
/// <param name="From">The person or organisation that wrote or sent the document.</param>
public sealed record CaseDocument(string Id, string What, DateOnly ReceivedOn, AttachmentRef Document, string? From);
