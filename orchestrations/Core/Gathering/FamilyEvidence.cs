using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family's documents, which must be given to everyone who is asked for advice. SEND Regs 2014 reg 6(3).</summary>
public static class FamilyEvidence
{
    /// <summary>
    /// The documents sent with every request for advice: representations and evidence, and documents that were sent with the family's own
    /// views.
    /// </summary>
    public static IReadOnlyList<AttachmentRef> DocumentsOf(AssessmentState state) =>
    [
        .. state.FamilyEvidence.SelectMany(evidence => evidence.Documents)
            .Concat(state.Advice.Where(advice => advice is { Agency: null, Counts: true }).SelectMany(advice => advice.Content.Attachments))
            .DistinctBy(document => document.Sha256),
    ];
}
