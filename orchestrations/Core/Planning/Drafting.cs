using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Prepares the plan: puts it together, edits and checks it, and sends it as a draft. CFA 2014 ss37, 38; regs 11 to 13.</summary>
internal static class Drafting
{
    private const int FindingsInARefusal = 5;

    /// <summary>The current text of the plan, or its text after a given number of edits.</summary>
    internal static PlanDocument Assemble(Deciding d, PlanKind kind, int? edits = null) =>
        PlanAssembly.Assemble(Input(d, kind, edits is { } first ? [.. d.State.Edits.Take(first)] : d.State.Edits));

    private static PlanInput Input(Deciding d, PlanKind kind, IReadOnlyList<PlanEdit> edits) => new()
    {
        Assessment = d.State.Id,
        Child = d.Facts.Child,
        Kind = kind,
        Version = d.State.Plans.Count + 1,
        PreparedOn = d.Today,
        PreparedBy = d.State.CaseOfficer ?? d.By.Id,
        Sources =
        [
            .. d.State.Advice.Where(a => a.IsSource).Select(a => new PlanSource
            {
                AdviceId = a.Id,
                RequestId = a.RequestId,
                Kind = a.Kind,
                LegalBasis = a.LegalBasis,
                IsFromReassessment = a.Reassessment is not null,
                Agency = a.Agency?.Id,
                AgencyName = a.Agency?.Name,
                ReceivedOn = a.ReceivedOn,
                Content = a.Content,
            }),
        ],
        Edits = edits,
        Appendices = d.State.TakenOver is { Appendices: { } appendices, Plan.IssuedOn: var issued } ? new PlanAppendices(appendices, issued) : null,
        Placement = d.State.Placement is { } placement
            ? new PlanPlacement { Type = placement.InstitutionType, InstitutionName = placement.Institution?.Name, Institution = placement.Institution?.Id, From = placement.From }
            : null,
        PersonalBudget = d.State.Budget is { } budget
            ? new PersonalBudget
            {
                Agreed = budget.Agreed,
                Form = budget.Form ?? PersonalBudgetForm.Notional,
                AnnualAmountPounds = budget.AnnualAmountPounds,
                Text = budget.Text,
                On = budget.On,
                By = d.State.CaseOfficer ?? d.By.Id,
            }
            : null,
    };

    /// <summary>A plan that was issued elsewhere, built from its lines as they were on the day of issue.</summary>
    internal static PlanDocument AsIssued(Deciding d, IReadOnlyList<PlanEdit> lines, PlanAppendices appendices) =>
        PlanAssembly.Assemble(Input(d, PlanKind.Final, lines) with { PreparedOn = appendices.IssuedOn, Appendices = appendices, Sources = [] });

    internal static void Keep(Deciding d, PlanDocument plan)
    {
        d.Happened(new PlanPrepared(plan, PlanJson.ContentHash(PlanJson.Canonical(plan))));
        d.AddEffect(new StorePlan(plan.Version));
    }

    internal static bool Passes(Deciding d, PlanDocument plan, PlanStep step)
    {
        var blocking = PlanChecks.Check(plan, Context(d, plan, step)).Where(f => f.Severity == FindingSeverity.Blocking).ToList();
        var shown = string.Join(" ", blocking.Take(FindingsInARefusal).Select(f => $"[{f.Code}{(f.Section is { } s ? $" in {s}" : "")}{(f.LineId is { } l ? $", line {l}" : "")}] {f.Reason}"));
        var more = blocking.Count > FindingsInARefusal ? FormattableString.Invariant($" There are {blocking.Count - FindingsInARefusal} more.") : "";
        return d.Require(blocking.Count == 0, "plan-not-ready", $"The plan cannot be sent until these findings are settled: {shown}{more}");
    }

    internal static PlanCheckContext Context(Deciding d, PlanDocument plan, PlanStep step) => new()
    {
        Step = step,
        IcbAgreed = plan.Kind == PlanKind.AmendedFinal ? IcbAgreedAgain(d, plan) : d.State.IcbAnswer is { Agreed: true } answer
            && d.State.NewestPlan is { } newest && answer.Version == newest.Version && SameHealthProvision(newest, plan),
        YearNineOrBeyond = Age.InOrBeyondYear9(d.Facts.Child.DateOfBirth, d.Today),
        Advice =
        [
            .. d.State.Advice.Where(a => a.IsSource).Select(a => new KnownAdvice(a.Id, a.Kind, a.ReceivedOn)),
            .. d.State.Requests.Where(r => r.IsOpen && AdviceRounds.IsOfAssessment(r)).Select(r => new KnownAdvice(r.Id, r.Kind, null)),
        ],

        SentWithDraft = step == PlanStep.BeforeDraft ? [.. SentWithDraft(d.State)] : [],

        FromReassessment = IdsOfReassessment(d.State),

        // The family has already received the proposed amendments, and an amended plan that an order requires has no draft.
        DraftPreparedOn = plan.Kind == PlanKind.AmendedFinal ? Amendments.Open(d.State)?.ProposedOn : d.State.NewestPlan?.PreparedOn,
        Accepted = d.State.AcceptedFindings,
    };

    /// <summary>The advice that the family can read with the next draft and was not sent with an earlier plan.</summary>
    internal static IEnumerable<AdviceWords> SentWithDraft(AssessmentState state) =>
        state.Advice.Where(a => a.Counts && a.ReceivedOn >= (state.NewestPlan?.PreparedOn ?? a.ReceivedOn)).Select(a => AdviceWords.Of(a.Id, a.Content));

    /// <summary>The ids of the advice from re-assessments. Section K lists this advice, and officers copy into the plan the parts that
    /// change the plan.</summary>
    internal static HashSet<string> IdsOfReassessment(AssessmentState state) => state.Advice.Where(a => a.Reassessment is not null).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether section G is unchanged from the plan in force, or has exactly the text to which the ICB has since agreed (reg
    /// 12(2)).</summary>
    private static bool IcbAgreedAgain(Deciding d, PlanDocument amended) => (d.State.NewestPlan is { } current && SameHealthProvision(current, amended))
        || (d.State.IcbAnswer is { Agreed: true, Edits: { } edits } answer && answer.Version == amended.Version && SameHealthProvision(Assemble(d, PlanKind.AmendedFinal, edits), amended));

    internal static bool SameHealthProvision(PlanDocument one, PlanDocument other) =>
        one.Section(PlanSectionLetter.G).Lines.Select(l => (l.Id, l.Text, l.Who, l.HowOften, l.HowLong))
            .SequenceEqual(other.Section(PlanSectionLetter.G).Lines.Select(l => (l.Id, l.Text, l.Who, l.HowOften, l.HowLong)));
}
