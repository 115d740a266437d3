using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Finalise the amended plan and send it to the family, the institution and the ICB. An amended plan follows a proposal, or an order,
/// agreement or decision that requires it. The amended plan is the plan's next version, and the earlier version is kept.
/// </summary>
/// <param name="SignedBy">Who signs the plan.</param>
public sealed record FinaliseAmendedPlan(string SignedBy) : AssessmentInput, IStep<FinaliseAmendedPlan>
{
    public static StepDefinition<FinaliseAmendedPlan> Definition { get; } = new("finalise-amended-plan", "Finalise the amended plan")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 22(3), 27, 28, 44",
        Example = """{ "signedBy": "officer-17" }""",
    };

    internal override void Decide(Deciding d)
    {
        var open = Amendments.Open(d.State);
        var awaiting = Amending.Awaiting(d.State).ToList();
        if (!Amendments.MayBeChanged(d, "Finalising an amended plan")
            || !InputChecks.Text(d, SignedBy, "Who signs the plan")
            || !d.Require(open is not null || awaiting.Count > 0, "nothing-to-amend", "No proposal, order, agreement or decision requires an amended plan. Propose the amendments first.")
            || !WhetherToAssess.MayNotify(d)
            || (open is not null && !IsReady(d, open)))
        {
            return;
        }

        var amended = Drafting.Assemble(d, PlanKind.AmendedFinal) with { SignedBy = SignedBy.Trim() };
        if (!d.Require(!PlanDiff.Between(d.State.NewestPlan!, amended).IsEmpty, "nothing-changed", "Nothing has changed since the plan in force.")
            || (open is not null && !IsAsProposed(d, open, amended))
            || !Drafting.Passes(d, amended, PlanStep.BeforeFinal))
        {
            return;
        }

        Drafting.Keep(d, amended);
        TransferPlanMade.Note(d, amended.Version);
        if (open is not null)
        {
            d.Happened(new AmendmentEnded(open.Number, d.Today, AmendmentOutcome.Amended));
        }

        foreach (var notice in awaiting)
        {
            d.Happened(new NoticePlanSet(notice.Id, amended.Version));
            if (d.State.Attention.Any(a => a.Id == Notices.PostId(notice.Id)))
            {
                d.Happened(new AttentionResolved(Notices.PostId(notice.Id), "the hub writes the letter"));
            }

            Notices.Send(d, d.State.Notices.First(n => n.Id == notice.Id));
        }

        if (awaiting.Count == 0)
        {
            Notices.TellAll(d, LegalNotice.AmendedPlan, amended.Version);
        }
    }

    private static bool IsReady(Deciding d, PlanAmendment open)
    {
        var last = Limits.All(d.State, d.Rules).FirstOrDefault(l => l.RuleKey == "reviewRepresentations")?.Due;
        return d.Require(Amendments.Proposed(d.State, open, n => n.ServedOn) is not null, "proposal-not-served", "The proposed amendments have not been served on the family.")
            && d.Require(last < d.Today, "representations-still-open", last is { } day ? $"The family may make representations until the end of {Words.Day(day, true)}." : "The family's time for representations has not begun.")
            && d.Require(d.State.MeetingAskedOn is null || d.State.MeetingHeldOn is not null, "meeting-not-held", "The family asked for a meeting with an officer, and the meeting has not been held.");
    }

    /// <summary>
    /// After the proposal, only the family's representations and the placement can change the plan. All other changes need a new proposal.
    /// </summary>
    private static bool IsAsProposed(Deciding d, PlanAmendment open, PlanDocument amended)
    {
        var proposed = Amending.Proposed(d, open);
        var others = PlanDiff.NotAllowedAfterDraft(PlanDiff.Between(proposed, amended), d.State.Edits);
        return d.Require(Amending.BasisOf(proposed, d.State) == open.Basis, "proposal-out-of-date", "The plan has changed since the proposal was sent. Propose the amendments again.")
            && d.Require(
                others.Count == 0,
                "must-be-proposed-again",
                FormattableString.Invariant($"{others.Count} change(s) since the proposal come neither from the family's representations nor from the placement. Propose the amendments again. The first change is in section {others.FirstOrDefault()?.Section}, line {others.FirstOrDefault()?.LineId}."));
    }
}
