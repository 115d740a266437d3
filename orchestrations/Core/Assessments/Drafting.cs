using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The plan takes shape: put together, edited, checked, sent as a draft. CFA 2014 ss37, 38; regs 11 to 13.</summary>
internal static class Drafting
{
    private const int FindingsInARefusal = 5;

    internal static void Edit(Deciding d, EditPlan input)
    {
        if (!Form.At(d, "Changing the plan", Stage.Drafting, Stage.Consulting)
            || !Form.Id(d, input.EditId, "The edit's id")
            || !d.Require(d.State.Edits.All(e => e.EditId != input.EditId), "already-edited", "An edit with this id is on record already.")
            || !Form.Text(d, input.Reason, "The reason")
            || !d.Require(input.Cause != PlanEditCause.Placement || d.State.Placement is not null, "no-placement", "No placement is named that this change could rest on.")
            || !d.Require(input.Cause != PlanEditCause.FamilyRepresentation || d.State.Representations.Count > 0, "no-representations", "The family made no representations that this change could rest on.")
            || !d.Require(input.LineId is not null || (input.Section is not null && !input.Remove), "section-missing", "A new line needs its section.")
            || !d.Require(input.LineId is not null || !string.IsNullOrWhiteSpace(input.NewText), "text-missing", "A new line needs its words.")
            || !d.Require(input.NewText is null || input.NewText.Length <= Form.LongestText, "text-too-long", "The text is too long for one line.")
            || !d.Require(input.LineId is null || HasLine(d, input.LineId), "unknown-line", "There is no such line in the plan as it stands.")
            || !d.Require(input.ReadFromAdvice is null || d.State.Advice.Any(a => a.Id == input.ReadFromAdvice), "unknown-advice", "There is no such advice in this assessment."))
        {
            return;
        }

        d.Happened(new PlanEdited(new PlanEdit
        {
            EditId = input.EditId,
            LineId = input.LineId,
            Section = input.Section,
            NewText = input.NewText,
            Who = input.Who,
            HowOften = input.HowOften,
            HowLong = input.HowLong,
            Answers = input.Answers,
            PreparesForAdulthood = input.PreparesForAdulthood,
            Remove = input.Remove,
            ReadFromAdvice = input.ReadFromAdvice,
            Reason = input.Reason,
            By = d.By.Id,
            On = d.Today,
            Cause = input.Cause,
        }));
    }

    internal static void Accept(Deciding d, AcceptPlanFinding input)
    {
        if (Form.At(d, "Letting a finding stand", Stage.Drafting, Stage.Consulting)
            && Form.Text(d, input.Reason, "The reason") && Form.Text(d, input.Code, "The finding's code")
            && d.Require(
                !d.State.AcceptedFindings.Any(f => f.Code == input.Code && f.LineId == input.LineId), "already-accepted", "This finding was accepted already."))
        {
            d.Happened(new PlanFindingAccepted(new FindingAccepted(input.Code, input.LineId, input.Reason, d.By.Id, d.Today)));
        }
    }

    internal static void Prepare(Deciding d)
    {
        if (!Form.At(d, "Preparing a draft", Stage.Drafting, Stage.Consulting))
        {
            return;
        }

        var before = d.State.NewestPlan;
        var draft = Assemble(d, PlanKind.Draft);
        if (!d.Require(before is null || !PlanDiff.Between(before, draft).IsEmpty, "nothing-changed", "Nothing has changed since the draft that the family has.")
            || !Passes(d, draft, PlanStep.BeforeDraft))
        {
            return;
        }

        var carried = before is not null && d.State.IcbAnswer?.Version == before.Version && SameHealthProvision(before, draft) ? d.State.IcbAnswer : null;
        Keep(d, draft);
        if (carried is not null)
        {
            // The ICB agreed to these very words of section G; a re-issue that leaves them alone does not ask it again.
            d.Happened(carried with { Version = draft.Version });
        }

        Notices.Tell(d, NoticeKind.DraftPlan, RecipientRole.Family, planVersion: draft.Version);
        if (before is null)
        {
            d.Must(new PublishStatus(d.State.Stage));
        }
    }

    internal static PlanDocument Assemble(Deciding d, PlanKind kind) => PlanAssembly.Assemble(new PlanInput
    {
        Assessment = d.State.Id,
        Child = d.Facts.Child,
        Kind = kind,
        Version = d.State.Plans.Count + 1,
        PreparedOn = d.Today,
        PreparedBy = d.State.CaseOfficer ?? d.By.Id,
        Sources =
        [
            .. d.State.Advice.Where(a => !a.Returned).Select(a => new PlanSource
            {
                AdviceId = a.Id,
                RequestId = a.RequestId,
                Kind = a.Kind,
                LegalBasis = a.LegalBasis,
                Agency = a.Agency?.Id,
                AgencyName = a.Agency?.Name,
                ReceivedOn = a.ReceivedOn,
                Content = a.Content,
            }),
        ],
        Edits = d.State.Edits,
        Placement = d.State.Placement is { } placement
            ? new PlanPlacement { Type = placement.InstitutionType, InstitutionName = placement.Institution?.Name, Institution = placement.Institution?.Id }
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
    });

    internal static void Keep(Deciding d, PlanDocument plan)
    {
        d.Happened(new PlanPrepared(plan, PlanJson.ContentHash(PlanJson.Canonical(plan))));
        d.Must(new StorePlan(plan.Version));
    }

    internal static bool Passes(Deciding d, PlanDocument plan, PlanStep step)
    {
        var blocking = PlanChecks.Check(plan, Context(d.State, plan, step, d.Today)).Where(f => f.Severity == FindingSeverity.Blocking).ToList();
        var shown = string.Join(" ", blocking.Take(FindingsInARefusal).Select(f => $"[{f.Code}{(f.Section is { } s ? $" in {s}" : "")}{(f.LineId is { } l ? $", line {l}" : "")}] {f.Reason}"));
        var more = blocking.Count > FindingsInARefusal ? FormattableString.Invariant($" And {blocking.Count - FindingsInARefusal} more.") : "";
        return d.Require(blocking.Count == 0, "plan-not-ready", $"The plan cannot go out like this: {shown}{more}");
    }

    internal static PlanCheckContext Context(AssessmentState state, PlanDocument plan, PlanStep step, DateOnly today) => new()
    {
        Step = step,
        IcbAgreed = state.IcbAnswer is { Agreed: true } answer && state.NewestPlan is { } newest && answer.Version == newest.Version && SameHealthProvision(newest, plan),
        YearNineOrBeyond = Age.InOrBeyondYear9(state.Facts!.Child.DateOfBirth, today),
        Advice =
        [
            .. state.Advice.Where(a => !a.Returned).Select(a => new AdviceHeld(a.Id, a.Kind, a.ReceivedOn)),
            .. state.Requests.Where(r => r.IsOpen).Select(r => new AdviceHeld(r.Id, r.Kind, null)),
        ],
        DraftPreparedOn = state.NewestPlan?.PreparedOn,
        Accepted = state.AcceptedFindings,
    };

    private static bool HasLine(Deciding d, string lineId) =>
        Assemble(d, PlanKind.Draft).Sections.Any(s => s.Lines.Any(l => l.Id == lineId));

    private static bool SameHealthProvision(PlanDocument one, PlanDocument other) =>
        one.Section(PlanSectionLetter.G).Lines.Select(l => (l.Id, l.Text, l.Who, l.HowOften, l.HowLong))
            .SequenceEqual(other.Section(PlanSectionLetter.G).Lines.Select(l => (l.Id, l.Text, l.Who, l.HowOften, l.HowLong)));
}
