using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Propose to amend the plan without a review (reg 28), or replace amendments that the family is considering. The family's time for
/// representations starts again, but the time for the amended plan still runs from the first proposal. Amendments that the family is
/// considering can be replaced even after a review meeting has been held. The review's amendments are proposed with its decision; the
/// time in reg 22(3) runs from the first proposal.
/// </summary>
/// <param name="Reasons">Why the amendments are proposed.</param>
/// <param name="Proposal">The amendments in words; the letter also lists the changed lines of the plan.</param>
public sealed record ProposeAmendments(string Reasons, string Proposal) : AssessmentInput, IStep<ProposeAmendments>
{
    public static StepDefinition<ProposeAmendments> Definition { get; } = new("propose-amendments", "Propose amendments without a review, or propose them again")
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
            || !InputChecks.Text(d, Reasons, "The reasons")
            || !InputChecks.Text(d, Proposal, "The proposed amendments")
            || !d.Require(
                Amendments.Open(d.State) is not null || Reviews.Current(d.State) is not { HeldOn: not null, DecidedOn: null },
                "review-under-way",
                "A review meeting has been held. Decide what follows the review, and propose the amendments with that decision."))
        {
            return;
        }

        var review = Amendments.Open(d.State)?.Review;
        Amending.Propose(d, review, NoticeKind.AmendmentProposed, Reasons, Proposal);
        Notices.TellAll(d, LegalNotice.AmendmentProposed, d.State.NewestPlan!.Version, d.State.Amendments[^1].Number);
    }
}
