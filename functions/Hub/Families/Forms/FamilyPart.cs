using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The content that is to be sent.</summary>
/// <param name="Lines">The headings and texts that the sender checks before sending.</param>
/// <param name="Problems">What is wrong with the content.</param>
public sealed record FamilyWords(IReadOnlyList<(string Heading, string Words)> Lines, IReadOnlyList<FormProblem> Problems);

/// <summary>A text that a family can write over several visits. The text is saved as a draft, checked, and then sent.</summary>
/// <param name="key">The name of the part in the page's address, with which the paths of the part's fields begin.</param>
public abstract class FamilyPart(string key)
{
    /// <summary>The name of the part in the page's address.</summary>
    public string Key { get; } = key;

    /// <summary>The title of the part.</summary>
    public abstract string Title { get; }

    /// <summary>Tells the family what to write, or what happens to their text.</summary>
    public abstract string About { get; }

    /// <summary>The text of the page after the part has been sent.</summary>
    public abstract string Done { get; }

    /// <summary>Whether the family can add files to the part.</summary>
    public virtual bool TakesFiles => true;

    /// <summary>The part's fields, as shown to the person who is reading the case.</summary>
    public abstract IReadOnlyList<FormField> FieldsOf(OpenedCase opened);

    /// <summary>The reason why nothing can be sent now, or null if the part can be sent.</summary>
    public virtual string? ClosedBecause(OpenedCase opened) =>
        opened.MayAct ? null : opened.HasEnded ? "The case has ended, so nothing more can be sent here. If you have questions, contact the council." : "Only the person who now holds the rights in the case can do this.";

    /// <summary>The last day for the answer, and what happens to a late answer, or null if no day is set.</summary>
    public virtual string? DeadlineText(OpenedCase opened) => null;

    /// <summary>The council's own text about what is to be answered, or null if it wrote nothing.</summary>
    public virtual string? CouncilText(OpenedCase opened) => null;

    /// <summary>The step that submits the draft (which is not empty), or null if the draft is sent as a document from the family.</summary>
    internal virtual AssessmentInput? InputOf(OpenedCase opened, PageDraft draft) => null;

    /// <summary>A new draft.</summary>
    public virtual PageDraft Begin(OpenedCase opened, PageDraft draft) => draft with { Begun = true };

    /// <summary>Whether a path belongs to this part.</summary>
    public virtual bool Owns(OpenedCase opened, string path) => FieldsOf(opened).Any(f => path == At(f));

    /// <summary>
    /// What was typed on a page that was shown before the plan changed, for the lines as they are now. The fields of lines are numbered, so
    /// without this a text would be saved at a line for which it was not written.
    /// </summary>
    /// <param name="opened">The case.</param>
    /// <param name="typed">What was typed.</param>
    internal virtual FormValues Moved(OpenedCase opened, FormValues typed) => typed;

    /// <summary>The path of a field.</summary>
    public string At(FormField field) => FormField.Below(Key, field.Name);

    /// <summary>What would be sent to the council from a draft.</summary>
    public virtual FamilyWords Read(OpenedCase opened, PageDraft draft)
    {
        var lines = FieldsOf(opened).Select(f => (f.Label, Words: draft.Values[At(f)].Trim())).Where(l => l.Words.Length > 0).ToList();
        var problems = TooLong(draft);
        return new FamilyWords(lines, problems.Count > 0 || lines.Count > 0 || draft.Files.Count > 0 ? problems : [new FormProblem(At(FieldsOf(opened)[0]), "Write something, or add a file")]);
    }

    /// <summary>A sentence about the last day for an answer. A late answer is accepted, and shown as late.</summary>
    protected static string TimeInWords(DateOnly last, DateOnly today, string open, string over) =>
        last >= today ? open : $"{over} You can still answer, but the council will see that your answer was late.";

    /// <summary>A day as text, for example "Friday 16 October 2026".</summary>
    protected static string Day(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>What was typed, or null if it is blank.</summary>
    protected static string? NullIfBlank(string typed) => typed.Trim() is { Length: > 0 } said ? said : null;

    /// <summary>The texts in a draft that are too long.</summary>
    protected static List<FormProblem> TooLong(PageDraft draft) =>
        [.. draft.Values.All.Where(t => !AdviceFaults.Fits(t.Value)).Select(t => new FormProblem(t.Key, FormattableString.Invariant($"This is longer than {AdviceFaults.MaxTextLength:N0} characters. Shorten it, or send it as a file")))];
}
