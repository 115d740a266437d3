using IntegrationHub.Contracts.Plans;
using Codes = IntegrationHub.Orchestrations.Plans.PlanFindingCodes;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>Checks that provision is specific, agreed and in the section that the law requires.</summary>
internal static class ProvisionChecks
{
    internal static void Check(PlanDocument plan, PlanCheckContext context, List<PlanFinding> found)
    {
        foreach (var line in plan.Section(PlanSectionLetter.F).Lines)
        {
            Quantity(line, line.Who, Codes.WhoMissing, "who makes it and with what expertise", measured: false, found);
            Quantity(line, line.HowOften, Codes.HowOftenMissing, "how often", measured: true, found);
            Quantity(line, line.HowLong, Codes.HowLongMissing, "how long each time", measured: true, found);
        }

        foreach (var section in plan.Sections.Where(s => PlanLinks.IsProvision(s.Letter)))
        {
            foreach (var line in section.Lines)
            {
                if ((VagueWords.FindFirst(line.Text) ?? VagueWords.FindFirst(line.Who) ?? VagueWords.FindFirst(line.HowOften) ?? VagueWords.FindFirst(line.HowLong)) is { } word)
                {
                    var paragraph = section.Letter is PlanSectionLetter.F ? "9.69(F)" : section.Letter is PlanSectionLetter.G ? "9.69(G)" : "9.69(H)";
                    found.Add(new(section.Letter, line.Id, Codes.VagueWords, $"\"{word}\" does not say exactly what must be provided. Provision should be detailed and specific (Code {paragraph}).", FindingSeverity.Warning));
                }
            }
        }

        // Reg 12(2) requires the agreement for the plan, and Code 9.69(G) expects it in time for the draft.
        if (plan.Section(PlanSectionLetter.G).Lines.Count > 0 && !context.IcbAgreed)
        {
            found.Add(new(PlanSectionLetter.G, null, Codes.IcbNotAgreed, "The integrated care board has not agreed to the health provision (reg 12(2)).",
                context.Step == PlanStep.BeforeFinal ? FindingSeverity.Blocking : FindingSeverity.Warning));
        }

        if (PlanAssembly.AgeOn(plan.Child.DateOfBirth, plan.PreparedOn) >= 18)
        {
            foreach (var line in plan.Section(PlanSectionLetter.H1).Lines)
            {
                found.Add(new(PlanSectionLetter.H1, line.Id, Codes.AdultInH1, "Section H1 is only for a person under 18 (CFA 2014 s37(2)(e)).", FindingSeverity.Blocking));
            }
        }

        if (context.YearNineOrBeyond && !plan.Sections.Any(s => PlanLinks.IsProvision(s.Letter) && s.Lines.Any(line => line.PreparesForAdulthood)))
        {
            found.Add(new(PlanSectionLetter.F, null, Codes.AdulthoodMissing, "From Year 9 the plan must contain provision that prepares for adulthood and independent living (reg 12(3)).",
                context.Step == PlanStep.BeforeFinal ? FindingSeverity.Blocking : FindingSeverity.Warning));
        }
    }

    private static void Quantity(PlanLine line, string? said, string code, string what, bool measured, List<PlanFinding> found)
    {
        if (string.IsNullOrWhiteSpace(said))
        {
            found.Add(new(PlanSectionLetter.F, line.Id, code, $"The provision does not say {what} (Code 9.69(F): detailed, specific and normally quantified).", FindingSeverity.Blocking));
        }
        else if (measured && !VagueWords.IsQuantified(said))
        {
            found.Add(new(PlanSectionLetter.F, line.Id, Codes.NotQuantified, $"The provision says {what} without a figure (Code 9.69(F)).", FindingSeverity.Warning));
        }
    }
}
