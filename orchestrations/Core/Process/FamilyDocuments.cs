using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the family's documents are.</summary>
public enum FamilyEvidenceKind
{
    /// <summary>Representations of the child's parent or the young person, SEND Regs 2014 reg 6(3)(a).</summary>
    Representations,

    /// <summary>Evidence submitted by them or at their request, reg 6(3)(b).</summary>
    Evidence,
}

/// <summary>Representations or evidence of the family, as received.</summary>
/// <param name="EvidenceId">Id chosen by the sender; unique in the assessment.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="ReceivedOn">Day they were received.</param>
/// <param name="Documents">The documents.</param>
/// <param name="Person">Who sent them, if the family has several people; null means the first contact, or that it is not known.</param>
public sealed record FamilyDocuments(string EvidenceId, FamilyEvidenceKind Kind, DateOnly ReceivedOn, IReadOnlyList<AttachmentRef> Documents, string? Person = null);
