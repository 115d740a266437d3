using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>
/// Applies the officers' edits to a plan. The earlier text of a line is always stored, and an edit that cannot take effect is listed as
/// left out, never dropped.
/// </summary>
internal static class PlanEditing
{
    internal static void Apply(PlanSheet sheet, PlanInput input, bool adult)
    {
        foreach (var edit in input.Edits)
        {
            if (edit.LineId is { } lineId)
            {
                Change(sheet, edit, lineId, adult);
            }
            else
            {
                AddLine(sheet, input, edit, adult);
            }
        }
    }

    private static void AddLine(PlanSheet sheet, PlanInput input, PlanEdit edit, bool adult)
    {
        if (edit.Section is not { } asked || string.IsNullOrWhiteSpace(edit.NewText))
        {
            Refuse(sheet, edit, "The edit must name an existing line, or a section and a text for a new line.");
            return;
        }

        if (asked is PlanSectionLetter.I or PlanSectionLetter.K)
        {
            // Section I comes from the placement decision (and CFA 2014 s38(5) keeps it blank in a draft), and section K from the advice
            // obtained.
            Refuse(sheet, edit, $"Section {asked} cannot be edited, because it follows from the {(asked == PlanSectionLetter.I ? "placement decision" : "advice obtained")}.");
            return;
        }

        var source = edit.ReadFromAdvice is { } advice ? input.Sources.FirstOrDefault(s => s.AdviceId == advice) : null;
        if (edit.ReadFromAdvice is not null && source is null)
        {
            Refuse(sheet, edit, "The edit refers to advice that is not in the assessment.");
            return;
        }

        var change = ChangeOf(edit);
        var from = source is null
            ? PlanAssembly.OfCouncil(edit.EditId, edit.By, edit.On) with { Changes = [change] }
            : PlanAssembly.Of(source) with { EditedBy = edit.By, Changes = [change] };
        var letter = Allowed(asked, adult);
        sheet.Add(letter, new PlanLine
        {
            Id = sheet.Claim(edit.EditId),
            Text = edit.NewText,
            From = from,
            Who = Cleared(edit.Who),
            HowOften = Cleared(edit.HowOften),
            HowLong = Cleared(edit.HowLong),
            PreparesForAdulthood = edit.PreparesForAdulthood ?? false,
            Answers = edit.Answers ?? [],
            Note = letter == asked ? null : PlanAssembly.MovedFromH1Note,
        });
    }

    private static void Change(PlanSheet sheet, PlanEdit edit, string lineId, bool adult)
    {
        if (sheet.Find(lineId) is not { } found)
        {
            Refuse(sheet, edit, "The edit changes a line that is not in the plan.");
            return;
        }

        var (letter, line) = found;
        if (letter is PlanSectionLetter.K)
        {
            Refuse(sheet, edit, "Section K lists the advice and information obtained, and cannot be edited (reg 12(4)).");
            return;
        }

        if (edit.Remove)
        {
            sheet.Remove(letter, lineId);
            sheet.LeaveOut(new LeftOutLine(lineId, edit.Reason)
            {
                Section = letter,
                Text = line.From.OriginalText ?? line.Text,
                Source = line.From.Source,
                RemovedBy = edit.By,
            });
            return;
        }

        if (edit.NewText is not null && string.IsNullOrWhiteSpace(edit.NewText))
        {
            Refuse(sheet, edit, "The edit leaves a line without text. Remove the line instead.");
            return;
        }

        var asked = edit.Section ?? letter;
        if (asked != letter && !PlanLinks.MayMove(letter, asked))
        {
            Refuse(sheet, edit, $"A line cannot move from section {letter} to section {asked}.");
            return;
        }

        var changed = Changed(line, letter, asked, edit);
        var target = Allowed(asked, adult);
        if (target == letter)
        {
            sheet.Replace(letter, changed);
            return;
        }

        sheet.Remove(letter, lineId);
        sheet.Add(target, changed with { Note = target == asked ? null : PlanAssembly.MovedFromH1Note });
    }

    private static PlanLine Changed(PlanLine line, PlanSectionLetter letter, PlanSectionLetter target, PlanEdit edit)
    {
        var text = edit.NewText ?? line.Text;
        var original = line.From.OriginalText ?? line.Text;
        return line with
        {
            Text = text,
            Who = edit.Who is null ? line.Who : Cleared(edit.Who),
            HowOften = edit.HowOften is null ? line.HowOften : Cleared(edit.HowOften),
            HowLong = edit.HowLong is null ? line.HowLong : Cleared(edit.HowLong),
            PreparesForAdulthood = edit.PreparesForAdulthood ?? line.PreparesForAdulthood,
            Answers = edit.Answers ?? line.Answers,
            From = line.From with
            {
                // A line that an officer wrote has no original text by an author. The line's history contains the earlier text.
                OriginalText = line.From.Kind is null || text == original ? null : original,
                EditedBy = edit.By,
                Changes =
                [
                    .. line.From.Changes,
                    ChangeOf(edit) with
                    {
                        TextBefore = text == line.Text ? null : line.Text,
                        WhoBefore = edit.Who is null ? null : line.Who ?? "",
                        HowOftenBefore = edit.HowOften is null ? null : line.HowOften ?? "",
                        HowLongBefore = edit.HowLong is null ? null : line.HowLong ?? "",
                        SectionBefore = target == letter ? null : letter,
                    },
                ],
            },
        };
    }

    private static LineChange ChangeOf(PlanEdit edit) =>
        new() { Edit = edit.EditId, By = edit.By, On = edit.On, Cause = edit.Cause, Reason = edit.Reason };

    private static void Refuse(PlanSheet sheet, PlanEdit edit, string reason) => sheet.LeaveOut(
        new LeftOutLine(edit.EditId, reason) { Section = edit.Section, Text = edit.NewText, RemovedBy = edit.By });

    // An edit cannot put an adult's provision into section H1, so the line goes into section H2 (CFA 2014 s37(2)(e)).
    private static PlanSectionLetter Allowed(PlanSectionLetter letter, bool adult) =>
        letter == PlanSectionLetter.H1 && adult ? PlanSectionLetter.H2 : letter;

    private static string? Cleared(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
