using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Finalise the plan and send it to the family, the institution and the ICB.</summary>
public sealed record FinalisePlan(string SignedBy) : AssessmentInput, IStep<FinalisePlan>
{
    public static StepDefinition<FinalisePlan> Definition { get; } = new("finalise-plan", "Finalise the plan")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss39, 40; SEND Regs 2014 regs 13(2), 14",
        Example = """{ "signedBy": "officer-17" }""",
    };

    internal override void Decide(Deciding d)
    {
        var served = ClockFacts.NewestDraftNotice(d.State)?.ServedOn;
        if (!InputChecks.At(d, "Finalising the plan", Stage.Consulting)
            || !InputChecks.Text(d, SignedBy, "Who signs the plan")
            || !d.Require(served is not null, "draft-not-served", "The newest draft has not been served on the family.")
            || !MayEndRepresentations(d)
            || !d.Require(
                d.State.MeetingAskedOn is null || d.State.MeetingHeldOn is not null, "meeting-not-held", $"The family required a meeting with an officer ({d.Rules.CitationFor(d.State, "familyRepresentations")}), and the meeting has not been held.")
            || !d.Require(d.State.Placement is not null, "placement-missing", "Section I names neither an institution nor a type.")
            || !d.Require(
                d.State.BudgetAskedOn is null || d.State.Budget is not null, "budget-not-settled", "The family asked for a personal budget. Agree or refuse the budget first (CFA 2014 s49).")
            || !WhetherToAssess.MayNotify(d))
        {
            return;
        }

        var draft = d.State.NewestPlan!;
        var final = Drafting.Assemble(d, PlanKind.Final) with { SignedBy = SignedBy.Trim() };
        var notAllowed = PlanDiff.NotAllowedAfterDraft(PlanDiff.Between(draft, final), d.State.Edits);
        if (!d.Require(
                notAllowed.Count == 0,
                "draft-must-be-reissued",
                FormattableString.Invariant($"{notAllowed.Count} change(s) since the draft come neither from the family's representations nor from the placement, so the draft must be issued again. The first change is in section {notAllowed.FirstOrDefault()?.Section}: {notAllowed.FirstOrDefault()?.Reason}"))
            || !Drafting.Passes(d, final, PlanStep.BeforeFinal))
        {
            return;
        }

        Drafting.Keep(d, final);
        Notices.TellAll(d, LegalNotice.FinalPlan, final.Version);
        Closing.WithdrawOpenRequests(d, "The plan was finalised.");
        d.AddEffect(new PublishStatus(d.State.Stage));
    }

    /// <summary>Whether the family's time for representations, at least 15 days beginning with the day of service, is over. The
    /// council can allow more time but never less (reg 13(1); Code 9.77).</summary>
    private static bool MayEndRepresentations(Deciding d)
    {
        var last = Limits.All(d.State, d.Rules).FirstOrDefault(l => l.RuleKey == "familyRepresentations")?.Due;
        return d.Require(
            last < d.Today,
            "representations-still-open",
            last is { } day ? $"The family may make representations until the end of {Words.Day(day, true)}." : "The family's time for representations has not begun.");
    }
}
