using IntegrationHub.Contracts.Plans;
using Codes = IntegrationHub.Orchestrations.Plans.PlanFindingCodes;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>Checks whether a plan is complete: whether it has every section, and every line has a text, an id and a source.</summary>
internal static class FormChecks
{
    private static readonly PlanSectionLetter[] Letters = Enum.GetValues<PlanSectionLetter>();

    internal static void Check(PlanDocument plan, List<PlanFinding> found)
    {
        if (!plan.Sections.Select(s => s.Letter).SequenceEqual(Letters))
        {
            found.Add(new(null, null, Codes.SectionsIncomplete, "The plan must have sections A to K, each once and in order (reg 12(1), Code 9.62).", FindingSeverity.Blocking));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in plan.Sections)
        {
            foreach (var line in section.Lines)
            {
                if (!seen.Add(line.Id))
                {
                    found.Add(new(section.Letter, line.Id, Codes.DuplicateLine, "Two lines have the same id, so a link to that id is ambiguous.", FindingSeverity.Blocking));
                }

                if (string.IsNullOrWhiteSpace(line.Text))
                {
                    found.Add(new(section.Letter, line.Id, Codes.EmptyText, "The line has no text.", FindingSeverity.Blocking));
                }

                if (string.IsNullOrWhiteSpace(line.From.Source) || string.IsNullOrWhiteSpace(line.From.Author) || line.From.WrittenOn == default)
                {
                    found.Add(new(section.Letter, line.Id, Codes.NoProvenance, "The line does not state its source, who wrote the source and when.", FindingSeverity.Blocking));
                }
            }
        }
    }
}
