using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>A change that the family has not seen in the draft and did not ask for, so that the draft must be issued again.</summary>
/// <param name="Section">The section of the line in the later version or, for a removed line, in the draft.</param>
/// <param name="LineId">The id of the line that changed.</param>
/// <param name="Reason">Why the change is not allowed, in one plain sentence.</param>
public sealed record ChangeNotAllowed(PlanSectionLetter Section, string LineId, string Reason);

/// <summary>Applies the rule of Code 9.125 to each difference between the draft that was sent and the plan to be finalised.</summary>
internal static class AfterDraft
{
    private const string Reissue = "Issue the draft again (Code 9.125).";

    internal static IReadOnlyList<ChangeNotAllowed> NotAllowed(PlanDiff diff, IReadOnlyList<PlanEdit> edits)
    {
        var byLine = edits.ToLookup(edit => edit.LineId ?? edit.EditId, StringComparer.Ordinal);
        var found = new List<ChangeNotAllowed>();
        foreach (var section in diff.Sections)
        {
            foreach (var line in section.Added)
            {
                if (!MayAppear(section.Letter, line, byLine))
                {
                    found.Add(new ChangeNotAllowed(section.Letter, line.Id, $"The line is new and comes neither from the family's representations nor from the placement. {Reissue}"));
                }
            }

            foreach (var line in section.Removed)
            {
                if (!IsPlacementOrBudget(section.Letter) && !Caused(byLine[line.Id], line))
                {
                    found.Add(new ChangeNotAllowed(section.Letter, line.Id, $"A line of the draft was removed, and neither the family's representations nor the placement called for that. {Reissue}"));
                }
            }

            foreach (var change in section.Changed)
            {
                if (!IsPlacementOrBudget(section.Letter) && !OnlyFollowsAnother(change) && !Caused(byLine[change.After.Id], change.Before))
                {
                    found.Add(new ChangeNotAllowed(section.Letter, change.After.Id, $"The line was changed for a reason other than the family's representations or the placement. {Reissue}"));
                }
            }
        }

        foreach (var move in diff.Moved)
        {
            // The law itself moves H1 to H2 on the eighteenth birthday (CFA 2014 s37(2)(e)), without any decision.
            var birthday = move is { From: PlanSectionLetter.H1, To: PlanSectionLetter.H2, After.Note: PlanAssembly.MovedFromH1Note }
                && (move.Parts & ~(LineParts.Note | LineParts.Answers)) == LineParts.None;
            if (!birthday && !Caused(byLine[move.After.Id], move.Before))
            {
                found.Add(new ChangeNotAllowed(move.To, move.After.Id, $"The line moved from section {move.From} for a reason other than the family's representations or the placement. {Reissue}"));
            }
        }

        return found;

        // If a link between lines changes only because its target was removed or added, no text of the plan changes. The change of the
        // target is checked separately.
        bool OnlyFollowsAnother(ChangedLine change) => change.Parts == LineParts.Answers && !byLine[change.After.Id].Any();
    }

    private static bool MayAppear(PlanSectionLetter letter, PlanLine line, ILookup<string, PlanEdit> edits) => letter switch
    {
        _ when IsPlacementOrBudget(letter) => true,
        // The family's comments on the draft are themselves information obtained, so reg 12(4) puts them into section K.
        PlanSectionLetter.K => line.From.Kind == AdviceKind.FamilyViews,
        _ => Caused(edits[line.Id], before: null),
    };

    // Section I is the placement. A personal budget exists only because the family asked for it while the plan was being
    // prepared (CFA 2014 s49(1)).
    private static bool IsPlacementOrBudget(PlanSectionLetter letter) => letter is PlanSectionLetter.I or PlanSectionLetter.J;

    private static bool Caused(IEnumerable<PlanEdit> edits, PlanLine? before)
    {
        var shown = before?.From.Changes.Select(change => change.Edit).ToHashSet(StringComparer.Ordinal) ?? [];
        var since = edits.Where(edit => !shown.Contains(edit.EditId)).ToList();
        return since.Count > 0 && since.TrueForAll(edit => edit.Cause is PlanEditCause.FamilyRepresentation or PlanEditCause.Placement);
    }
}
