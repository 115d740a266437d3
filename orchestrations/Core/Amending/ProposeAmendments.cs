using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Propose to amend the plan without a review (reg 28), or propose other amendments in place of those that are with the family. The family
/// has its time for representations again; the time for the amended plan still runs from the first proposal. A review meeting held since then does not
/// stop a proposal that is with the family: its own amendments follow with its decision, and reg 22(3) still runs from the first proposal.
/// </summary>
/// <param name="Reasons">Why.</param>
/// <param name="Proposal">The amendments in words; the letter also lists the changed lines of the plan.</param>
public sealed record ProposeAmendments(string Reasons, string Proposal) : AssessmentInput, IStep<ProposeAmendments>
{
    public static StepDefinition<ProposeAmendments> Definition { get; } = new("propose-amendments", "Propose amendments of the plan without a review, or again")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 22, 28",
        Example = """
            { "reasons": "The therapist's new report.", "proposal": "Section F: therapy weekly instead of fortnightly." }
            """,
    };

    internal override void Decide(Deciding d)
    {
        if (!Amendments.MayBeChanged(d, "Proposing amendments")
            || !Detentions.RequireNotDetained(d, "Proposing amendments")
            || !Form.Text(d, Reasons, "The reasons")
            || !Form.Text(d, Proposal, "The proposed amendments")
            || !d.Require(
                Amendments.Open(d.State) is not null || Reviews.Current(d.State) is not { HeldOn: not null, DecidedOn: null },
                "review-under-way",
                "The meeting of a review was held: decide after it, and propose the amendments with the decision."))
        {
            return;
        }

        var review = Amendments.Open(d.State)?.Review;
        Amending.Propose(d, review, NoticeKind.AmendmentProposed, Reasons, Proposal);
        Notices.TellAll(d, LegalNotice.AmendmentProposed, d.State.NewestPlan!.Version, d.State.Amendments[^1].Number);
    }
}
