using IntegrationHub.Contracts.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family's representations, or evidence submitted by the family or at its request.</summary>
/// <param name="EvidenceId">Id chosen by the sender, unique in the assessment.</param>
/// <param name="Kind">Whether these are representations or evidence.</param>
/// <param name="ReceivedOn">The day on which the documents were received.</param>
/// <param name="Documents">The documents, which must be uploaded beforehand.</param>
/// <param name="Person">The family member who sends the documents; null means the first contact.</param>
public sealed record RecordFamilyEvidence(string EvidenceId, FamilyEvidenceKind Kind, DateOnly ReceivedOn, IReadOnlyList<AttachmentRef> Documents, string? Person = null)
    : AssessmentInput, IStep<RecordFamilyEvidence>
{
    // This is more than the number of documents in any real case. The number is limited because each message lists all the documents.
    private const int MaxDocuments = 100;

    public static StepDefinition<RecordFamilyEvidence> Definition { get; } = new("record-family-evidence", "Record the family's representations on the request, or the family's evidence")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "SEND Regs 2014 reg 6(3)",
        Example = """
            {
              "evidenceId": "evidence-1",
              "kind": "evidence",
              "receivedOn": "2026-06-05",
              "documents": [
                {
                  "token": "330/330-ABCDEFGHJKMN/attachments/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                  "fileName": "letter.pdf",
                  "contentType": "application/pdf",
                  "size": 4,
                  "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                }
              ]
            }
            """,
        Days = x => [x.Past(
            "ReceivedOn", "The day on which the evidence was received", i => i.ReceivedOn,
            (s, _) => DatedFacts.Request(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (!InputChecks.InHand(d)
            || !InputChecks.Id(d, EvidenceId, "The evidence's id")
            || !d.Require(d.State.FamilyEvidence.All(e => e.EvidenceId != EvidenceId), "already-recorded", "Evidence with this id is already recorded.")
            || !d.Require(Person is null || d.State.People.Any(p => p.Id == Person), "unknown-person", "There is no person with this id in this case.")
            || !d.Require(Documents.Count > 0, "no-document", "Include at least one document.")
            || !d.Require(
                d.State.FamilyEvidence.Sum(e => e.Documents.Count) + Documents.Count <= MaxDocuments,
                "too-many-documents",
                FormattableString.Invariant($"An assessment can have at most {MaxDocuments} documents from the family.")))
        {
            return;
        }

        d.Happened(new FamilyEvidenceReceived(new FamilyDocuments(EvidenceId, Kind, ReceivedOn, Documents, Person)));
        if (Person is not null && Kind == FamilyEvidenceKind.Representations)
        {
            d.AskAttention($"own-view-{EvidenceId}", "A member of the family other than the first contact has given their own view: read it, and add it to section A as appropriate.");
        }

        if (d.State.Requests.Any(r => r is { IsOpen: true, Agency: not null }))
        {
            // Advisers who were asked earlier must receive the evidence too, and only an officer can decide whether it changes the request.
            d.AskAttention($"evidence-{EvidenceId}", "The family's representations or evidence were received after advice was asked for: send the open requests again, so that the advisers receive them (reg 6(3)).");
        }
    }
}

/// <summary>
/// Representations or evidence from the family were received; the documents are sent with every later request for advice.
/// </summary>
public sealed record FamilyEvidenceReceived(FamilyDocuments Evidence) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("familyEvidenceReceived", "Representations or evidence from the family were received (reg 6(3)); the documents are sent with every later request for advice.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { FamilyEvidence = With(state.FamilyEvidence, Evidence) };

    public override string Describe(TimelineContext context) => $"{(Evidence.Kind == FamilyEvidenceKind.Representations ? "Representations" : "Evidence")} from the family {(Evidence.Kind == FamilyEvidenceKind.Representations ? "were" : "was")} received on {Day(Evidence.ReceivedOn)}; everybody who is asked for advice is sent the documents (reg 6(3)).";
}
