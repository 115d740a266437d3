using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using Codes = IntegrationHub.Orchestrations.Plans.PlanFindingCodes;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>Compares section K of a plan with the advice for the assessment, and checks the dates of both.</summary>
internal static class AdviceChecks
{
    // Advice under reg 6(1)(b) to (e) must be sought in every assessment. Families can choose to say nothing, and the other kinds of advice
    // depend on the case.
    private static readonly AdviceKind[] AlwaysSought = [AdviceKind.Educational, AdviceKind.Medical, AdviceKind.Psychological, AdviceKind.SocialCare];

    internal static void Check(PlanDocument plan, PlanCheckContext context, List<PlanFinding> found)
    {
        var k = plan.Section(PlanSectionLetter.K).Lines.Where(line => line.Attachment is null).ToList();
        var inK = k.Select(line => line.From.Source).ToHashSet(StringComparer.Ordinal);
        foreach (var advice in context.Advice)
        {
            if (advice.ReceivedOn is null)
            {
                found.Add(new(PlanSectionLetter.K, advice.AdviceId, Codes.AdviceOutstanding, "Advice that was requested has not arrived (reg 6(1)), and reg 11 requires it to be taken into account.",
                    AlwaysSought.Contains(advice.Kind) ? FindingSeverity.Blocking : FindingSeverity.Warning));
            }
            else if (!inK.Contains(advice.AdviceId))
            {
                found.Add(new(PlanSectionLetter.K, advice.AdviceId, Codes.AdviceNotInK, "Advice that was obtained is not listed in section K (reg 12(4)).", FindingSeverity.Blocking));
            }
        }

        var cited = plan.Sections.Where(s => s.Letter != PlanSectionLetter.K).SelectMany(s => s.Lines, (s, line) => (s.Letter, Line: line)).ToList();
        foreach (var (letter, line) in cited.Where(c => c.Line.From.Kind is not null && !inK.Contains(c.Line.From.Source)))
        {
            found.Add(new(letter, line.Id, Codes.AdviceNotInK, "The line is based on advice that section K does not list (reg 12(4)).", FindingSeverity.Blocking));
        }

        var read = cited.Select(c => c.Line.From.Source).Concat(plan.LeftOut.Select(l => l.Source ?? "")).ToHashSet(StringComparer.Ordinal);
        var limit = context.Step == PlanStep.BeforeFinal ? context.DraftPreparedOn ?? plan.PreparedOn : plan.PreparedOn;
        foreach (var line in k)
        {
            // An appendix to a plan that was issued elsewhere is not advice that the hub holds, because its lines were entered with the
            // plan.
            if (!read.Contains(line.From.Source) && !context.FromReassessment.Contains(line.From.Source) && line.From.Kind is not null)
            {
                found.Add(new(PlanSectionLetter.K, line.Id, Codes.AdviceNotReadIn, "No line of the plan is based on this advice. Enter the content of the advice document, or record that there is nothing to add.", FindingSeverity.Blocking));
            }

            // The family's representations naturally come after the draft, but everything else must have been in the draft that they saw.
            // Advice from a re-assessment is in the plan only if an officer took text from it, and the family is sent that text as a
            // proposed amendment.
            if (!context.FromReassessment.Contains(line.From.Source) && line.From.ReceivedOn > limit && !(context.Step == PlanStep.BeforeFinal && line.From.Kind == AdviceKind.FamilyViews))
            {
                found.Add(new(PlanSectionLetter.K, line.Id, Codes.AdviceAfterDraft,
                    string.Create(CultureInfo.InvariantCulture, $"The advice arrived after the draft of {limit:yyyy-MM-dd}. Issue the draft again (Code 9.125)."), FindingSeverity.Blocking));
            }

            if (line.From.ReceivedOn is null || line.From.WrittenOn > line.From.ReceivedOn)
            {
                found.Add(new(PlanSectionLetter.K, line.Id, Codes.AdviceDateWrong, "Section K must say when the advice was received, and advice cannot be received before it is written.", FindingSeverity.Warning));
            }
        }
    }
}
