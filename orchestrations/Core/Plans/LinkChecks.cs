using IntegrationHub.Contracts.Plans;
using Codes = IntegrationHub.Orchestrations.Plans.PlanFindingCodes;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>Needs, outcomes and provision must be linked: Code 9.69 requires provision for each need, with its purpose.</summary>
internal static class LinkChecks
{
    internal static void Check(PlanDocument plan, List<PlanFinding> found)
    {
        // If two lines have the same id, the first line is the one that is meant.
        var where = new Dictionary<string, PlanSectionLetter>(plan.Sections.Sum(s => s.Lines.Count), StringComparer.Ordinal);
        foreach (var section in plan.Sections)
        {
            foreach (var line in section.Lines)
            {
                where.TryAdd(line.Id, section.Letter);
            }
        }

        foreach (var section in plan.Sections)
        {
            foreach (var line in section.Lines.Where(line => line.Answers.Any(id => !LinkHolds(section.Letter, id))))
            {
                found.Add(new(section.Letter, line.Id, Codes.LinkBroken, "The line is linked to a line that is not in the plan, or to a line in a section that it cannot answer.", FindingSeverity.Blocking));
            }
        }

        var served = plan.Sections.Where(s => PlanLinks.IsProvision(s.Letter) || s.Letter == PlanSectionLetter.J)
            .SelectMany(s => s.Lines).SelectMany(line => line.Answers).ToHashSet(StringComparer.Ordinal);
        var outcomes = plan.Section(PlanSectionLetter.E).Lines;
        var withOutcome = outcomes.SelectMany(o => o.Answers).ToHashSet(StringComparer.Ordinal);
        var withProvision = outcomes.Where(o => served.Contains(o.Id)).SelectMany(o => o.Answers).ToHashSet(StringComparer.Ordinal);

        foreach (var section in plan.Sections.Where(s => PlanLinks.IsNeed(s.Letter)))
        {
            // For section B the Code says that provision must be specified for each and every need. The needs in sections C and D are only
            // "related" to special educational needs, so a missing link there is only a warning.
            var weight = section.Letter == PlanSectionLetter.B ? FindingSeverity.Blocking : FindingSeverity.Warning;
            foreach (var need in section.Lines)
            {
                if (!withOutcome.Contains(need.Id))
                {
                    found.Add(new(section.Letter, need.Id, Codes.NeedWithoutOutcome, "No outcome in section E answers this need.", FindingSeverity.Warning));
                }

                if (!withProvision.Contains(need.Id))
                {
                    found.Add(new(section.Letter, need.Id, Codes.NeedWithoutProvision, "No provision meets this need. Provision must be specified for each and every need (Code 9.69(F)).", weight));
                }
            }
        }

        foreach (var outcome in outcomes)
        {
            if (outcome.Answers.Count == 0)
            {
                found.Add(new(PlanSectionLetter.E, outcome.Id, Codes.OutcomeWithoutNeed, "The outcome does not answer any need in sections B, C or D.", FindingSeverity.Warning));
            }

            if (!served.Contains(outcome.Id))
            {
                found.Add(new(PlanSectionLetter.E, outcome.Id, Codes.OutcomeWithoutProvision, "No provision in F, G, H1, H2 or J serves this outcome (Code 9.69(F)).", FindingSeverity.Warning));
            }
        }

        foreach (var section in plan.Sections.Where(s => PlanLinks.IsProvision(s.Letter)))
        {
            foreach (var line in section.Lines.Where(line => line.Answers.Count == 0))
            {
                found.Add(new(section.Letter, line.Id, Codes.ProvisionWithoutOutcome, "The provision does not say which outcome it supports (Code 9.69(F)).", FindingSeverity.Warning));
            }
        }

        bool LinkHolds(PlanSectionLetter from, string id) => where.TryGetValue(id, out var to) && PlanLinks.MayAnswer(from, letter => letter == to);
    }
}
