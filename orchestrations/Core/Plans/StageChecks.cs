using IntegrationHub.Contracts.Plans;
using Codes = IntegrationHub.Orchestrations.Plans.PlanFindingCodes;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>Checks what can and must be in a plan at a given step.</summary>
internal static class StageChecks
{
    // Reg 12(1)(b), (e), (f): a plan without needs, outcomes or special educational provision is not a plan. The family's views (section A)
    // may genuinely be missing.
    private static readonly (PlanSectionLetter Letter, string What, FindingSeverity Severity)[] MustHold =
    [
        (PlanSectionLetter.A, "views, interests or aspirations (reg 12(1)(a))", FindingSeverity.Warning),
        (PlanSectionLetter.B, "special educational needs (reg 12(1)(b))", FindingSeverity.Blocking),
        (PlanSectionLetter.E, "outcomes (reg 12(1)(e))", FindingSeverity.Blocking),
        (PlanSectionLetter.F, "special educational provision (reg 12(1)(f))", FindingSeverity.Blocking),
        (PlanSectionLetter.K, "advice or information obtained (reg 12(4))", FindingSeverity.Blocking),
    ];

    internal static void Check(PlanDocument plan, PlanCheckContext context, List<PlanFinding> found)
    {
        foreach (var (letter, what, severity) in MustHold)
        {
            if (plan.Section(letter).Lines.Count == 0)
            {
                found.Add(new(letter, null, Codes.SectionEmpty, $"The section does not set out any {what}.", severity));
            }
        }

        var placement = plan.Section(PlanSectionLetter.I).Lines;
        if (context.Step == PlanStep.BeforeDraft)
        {
            foreach (var line in placement)
            {
                found.Add(new(PlanSectionLetter.I, line.Id, Codes.PlacementInDraft, "A draft must not name an institution or a type (CFA 2014 s38(5)).", FindingSeverity.Blocking));
            }
        }
        else if (placement.Count == 0)
        {
            found.Add(new(PlanSectionLetter.I, null, Codes.PlacementMissing, "The finalised plan must name an institution or a type (reg 12(1)(i)).", FindingSeverity.Blocking));
        }
    }
}
