using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The kind of documents that the family sent.</summary>
public enum FamilyEvidenceKind
{
    /// <summary>Representations by the child's parent or the young person, SEND Regs 2014 reg 6(3)(a).</summary>
    Representations,

    /// <summary>Evidence submitted by the child's parent or the young person, or at their request, reg 6(3)(b).</summary>
    Evidence,
}

/// <summary>The family's representations or evidence, as received.</summary>
/// <param name="EvidenceId">The id of the evidence, chosen by the sender and unique in the assessment.</param>
/// <param name="Kind">Whether these are representations or evidence.</param>
/// <param name="ReceivedOn">The day on which the documents were received.</param>
/// <param name="Documents">The documents.</param>
/// <param name="Person">The family member who sent the documents; null means the first contact, or that the sender is not known.</param>
public sealed record FamilyDocuments(string EvidenceId, FamilyEvidenceKind Kind, DateOnly ReceivedOn, IReadOnlyList<AttachmentRef> Documents, string? Person = null);
