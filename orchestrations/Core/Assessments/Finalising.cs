using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The placement is named and the plan finalised and sent. CFA 2014 ss39, 40; regs 13(2), 14.</summary>
internal static class Finalising
{
    internal static void NamePlacement(Deciding d, NamePlacement input)
    {
        var wanted = d.State.Representations.LastOrDefault(r => r.RequestedInstitution is not null)?.RequestedInstitution;
        if (Form.At(d, "Naming the placement", Stage.Consulting)
            && Form.Text(d, input.InstitutionType, "The type of institution")
            && d.Require(
                input.Institution is null || d.State.Institutions.Any(i => i.Institution.Id == input.Institution.Id),
                "not-consulted",
                "An institution must be consulted before it is named (CFA 2014 ss39(2), 40(3)).")
            && d.Require(
                wanted is null || wanted.Id == input.Institution?.Id || !string.IsNullOrWhiteSpace(input.Reasons),
                "reasons-missing",
                "The family asked for another institution: say why that one is not named (CFA 2014 s39(4)).")
            && d.Require(
                d.State.Placement != new PlacementNamed(input.InstitutionType, input.Institution, input.Reasons), "nothing-changed", "This is the placement on record."))
        {
            d.Happened(new PlacementNamed(input.InstitutionType, input.Institution, input.Reasons));
        }
    }

    internal static void Finalise(Deciding d, FinalisePlan input)
    {
        var served = ClockFacts.NewestDraftNotice(d.State)?.ServedOn;
        if (!Form.At(d, "Finalising the plan", Stage.Consulting)
            || !Form.Text(d, input.SignedBy, "Who signs the plan")
            || !d.Require(served is not null, "draft-not-served", "The newest draft has not been served on the family.")
            || !MayEndRepresentations(d)
            || !d.Require(
                d.State.MeetingAskedOn is null || d.State.MeetingHeldOn is not null, "meeting-not-held", "The family required a meeting with an officer (reg 13(1)); it has not been held.")
            || !d.Require(d.State.Placement is not null, "placement-missing", "Section I names neither an institution nor a type.")
            || !d.Require(
                d.State.BudgetAskedOn is null || d.State.Budget is not null, "budget-not-settled", "The family asked for a personal budget; it is neither agreed nor refused (CFA 2014 s49).")
            || !WhetherToAssess.MayNotify(d))
        {
            return;
        }

        var draft = d.State.NewestPlan!;
        var final = Drafting.Assemble(d, PlanKind.Final);
        var notAllowed = PlanDiff.AllowedAfterDraft(PlanDiff.Between(draft, final), d.State.Edits);
        if (!d.Require(
                notAllowed.Count == 0,
                "draft-must-be-reissued",
                FormattableString.Invariant($"{notAllowed.Count} change(s) since the draft rest neither on the family's representations nor on the placement, so the draft must be issued again. The first, in section {notAllowed.FirstOrDefault()?.Section}: {notAllowed.FirstOrDefault()?.Reason}"))
            || !Drafting.Passes(d, final, PlanStep.BeforeFinal))
        {
            return;
        }

        Drafting.Keep(d, final);
        Notices.Tell(d, NoticeKind.FinalPlan, RecipientRole.Family, planVersion: final.Version);
        Notices.Tell(d, NoticeKind.FinalPlan, RecipientRole.Icb, d.Facts.Icb, final.Version);
        if (d.State.Placement!.Institution is { } institution)
        {
            Notices.Tell(d, NoticeKind.FinalPlan, RecipientRole.NamedInstitution, institution, final.Version);
        }

        Ending.WithdrawOpenRequests(d, "The plan was finalised.");
        d.Must(new PublishStatus(d.State.Stage));
    }

    /// <summary>Sending to the family, the institution and the ICB is what meets the 20 weeks (ss39(8), 40(5); reg 13(2)), not finalising.</summary>
    internal static void FinalNoticeSent(Deciding d)
    {
        var notices = d.State.Notices.Where(n => n.Kind == NoticeKind.FinalPlan).ToList();
        if (d.State.Stage == Stage.Finalising && notices.TrueForAll(n => n.SentOn is not null))
        {
            d.Happened(new FinalPlanSent(d.State.NewestPlan!.Version, notices.Max(n => n.SentOn!.Value)));
            d.Must(new PublishStatus(d.State.Stage));
        }
    }

    /// <summary>At least 15 days beginning with the day of service; the council may allow longer, never shorter (reg 13(1); Code 9.77).</summary>
    private static bool MayEndRepresentations(Deciding d)
    {
        var last = Clock.Limits(ClockFacts.Of(d.State), d.Rules.Law, d.Rules.Counting).FirstOrDefault(l => l.RuleKey == "familyRepresentations")?.Due;
        return d.Require(
            last < d.Today,
            "representations-still-open",
            last is { } day ? $"The family may make representations until the end of {Words.Day(day, true)}." : "The family's time for representations has not begun.");
    }
}
