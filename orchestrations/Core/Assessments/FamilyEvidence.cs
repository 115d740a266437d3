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

/// <summary>The family's representations, or evidence submitted by it or at its request.</summary>
/// <param name="EvidenceId">Id chosen by the sender, unique in the assessment.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="ReceivedOn">Day they were received.</param>
/// <param name="Documents">The documents, put into the hub before.</param>
public sealed record RecordFamilyEvidence(string EvidenceId, FamilyEvidenceKind Kind, DateOnly ReceivedOn, IReadOnlyList<AttachmentRef> Documents) : AssessmentInput;

/// <summary>Documents of the family, which everyone who is asked for advice must be given. SEND Regs 2014 reg 6(3).</summary>
public static class FamilyEvidence
{
    // More than any case file has; a message names each of them.
    private const int MostDocuments = 100;

    /// <summary>The documents that go with every request for advice: representations and evidence, and what came with the family's own views.</summary>
    public static IReadOnlyList<AttachmentRef> DocumentsOf(AssessmentState state) =>
    [
        .. state.FamilyEvidence.SelectMany(evidence => evidence.Documents)
            .Concat(state.Advice.Where(advice => advice is { Agency: null, Returned: false }).SelectMany(advice => advice.Content.Attachments))
            .DistinctBy(document => document.Sha256),
    ];

    internal static void Record(Deciding d, RecordFamilyEvidence input)
    {
        if (!Form.Open(d)
            || !Form.Id(d, input.EvidenceId, "The evidence's id")
            || !d.Require(d.State.FamilyEvidence.All(e => e.EvidenceId != input.EvidenceId), "already-recorded", "Evidence with this id is on record already.")
            || !Form.NotInFuture(d, input.ReceivedOn, "The day on which it was received")
            || !d.Require(input.Documents.Count > 0, "no-document", "Name at least one document.")
            || !d.Require(
                d.State.FamilyEvidence.Sum(e => e.Documents.Count) + input.Documents.Count <= MostDocuments,
                "too-many-documents",
                FormattableString.Invariant($"An assessment takes at most {MostDocuments} documents of the family.")))
        {
            return;
        }

        d.Happened(new FamilyEvidenceReceived(input));
        if (d.State.Requests.Any(r => r is { IsOpen: true, Agency: not null }))
        {
            // Those asked before it came must have it too, and only a person can say whether it changes what they are asked.
            d.AskAttention($"evidence-{input.EvidenceId}", "The family's representations or evidence came after advice was asked for: send the open requests again, so that those asked have them (reg 6(3)).");
        }
    }
}
