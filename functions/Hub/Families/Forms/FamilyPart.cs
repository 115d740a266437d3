using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>What is to be sent.</summary>
/// <param name="Lines">Its content as its sender checks it before sending: headings and words.</param>
/// <param name="Problems">What is wrong with it.</param>
public sealed record FamilyWords(IReadOnlyList<(string Heading, string Words)> Lines, IReadOnlyList<FormProblem> Problems);

/// <summary>Something that a family may write over several visits: saved as a draft, checked, sent.</summary>
/// <param name="key">Its name in the address; the paths of its fields begin with it.</param>
public abstract class FamilyPart(string key)
{
    /// <summary>Its name in the address.</summary>
    public string Key { get; } = key;

    /// <summary>What it is called.</summary>
    public abstract string Title { get; }

    /// <summary>What to write, or what happens to it, in words for the family.</summary>
    public abstract string About { get; }

    /// <summary>What the page says once it is sent.</summary>
    public abstract string Done { get; }

    /// <summary>Whether files may be added.</summary>
    public virtual bool TakesFiles => true;

    /// <summary>Its fields for one reader.</summary>
    public abstract IReadOnlyList<FormField> FieldsOf(OpenedCase opened);

    /// <summary>Why nothing can be sent now; null where it can.</summary>
    public virtual string? ClosedBecause(OpenedCase opened) =>
        opened.MayAct ? null : opened.HasEnded ? "The case has ended: nothing more can be sent here. Ask the council." : "Only the person who now holds the rights in the case can do this.";

    /// <summary>The last day on which it is asked for, and what happens to anything late; null where no day is set.</summary>
    public virtual string? TimeOf(OpenedCase opened) => null;

    /// <summary>What the council says about what is answered, in its own words; null where it says nothing.</summary>
    public virtual string? WordsOfCouncil(OpenedCase opened) => null;

    /// <summary>The step that sends a draft with something in it; null where it is sent as a document of the family.</summary>
    internal virtual AssessmentInput? InputOf(OpenedCase opened, PageDraft draft) => null;

    /// <summary>A new draft.</summary>
    public virtual PageDraft Begin(OpenedCase opened, PageDraft draft) => draft with { Begun = true };

    /// <summary>Whether a path belongs to it.</summary>
    public virtual bool Owns(OpenedCase opened, string path) => FieldsOf(opened).Any(f => path == At(f));

    /// <summary>The path of a field.</summary>
    public string At(FormField field) => FormField.Below(Key, field.Name);

    /// <summary>The part of a draft that would be sent.</summary>
    public virtual FamilyWords Read(OpenedCase opened, PageDraft draft)
    {
        var lines = FieldsOf(opened).Select(f => (f.Label, Words: draft.Values[At(f)].Trim())).Where(l => l.Words.Length > 0).ToList();
        var problems = TooLong(draft);
        return new FamilyWords(lines, problems.Count > 0 || lines.Count > 0 || draft.Files.Count > 0 ? problems : [new FormProblem(At(FieldsOf(opened)[0]), "Write something, or add a file")]);
    }

    /// <summary>A last day in words: what is late is accepted, and shown as late.</summary>
    protected static string TimeInWords(DateOnly last, DateOnly today, string open, string over) =>
        last >= today ? open : $"{over} You can still answer: the council is told that your answer came late.";

    /// <summary>A day: "Friday 16 October 2026".</summary>
    protected static string Day(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>What was typed; null where it is blank.</summary>
    protected static string? Some(string typed) => typed.Trim() is { Length: > 0 } said ? said : null;

    /// <summary>Every text in a draft that is too long.</summary>
    protected static List<FormProblem> TooLong(PageDraft draft) =>
        [.. draft.Values.All.Where(t => !AdviceFaults.Fits(t.Value)).Select(t => new FormProblem(t.Key, FormattableString.Invariant($"This is longer than {AdviceFaults.MaxTextLength:N0} characters: shorten it, or send it as a file")))];
}
