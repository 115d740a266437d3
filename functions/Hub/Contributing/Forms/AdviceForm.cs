using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Contributing.Forms;

/// <summary>A part of the form in which people write advice.</summary>
/// <param name="Key">The name of the part, as it appears in the address of its page.</param>
/// <param name="Title">The title of the part.</param>
/// <param name="About">What to write in the part.</param>
/// <param name="Fields">The fields of the part, whose paths begin with <c>content.</c>.</param>
public sealed record AdviceSection(string Key, string Title, string About, IReadOnlyList<FormField> Fields);

/// <summary>
/// The published form of advice, laid out for people to fill in. The fields are the members of <see cref="AdviceContent"/>, under the names
/// that advisers use. Lines are numbered in order, and each outcome or provision states the numbers of the lines that it is for. The code
/// that reads steps for the HTTP API also reads the step that is made from this form.
/// </summary>
public sealed class AdviceForm
{
    private const int UsualRows = 40;

    // The longest list that advice can have, so that a correction of long advice begins with all of it.
    private const int AnyRows = AdviceFaults.MaxLines;

    internal const string Content = "content";
    private const string Needs = $"{Content}.needs";
    private const string Outcomes = $"{Content}.outcomes";
    private const string Provision = $"{Content}.provision";
    private static readonly string[] Lists = ["views", "needs", "outcomes", "provision", "notes"];

    private readonly OpenedRequest opened;

    /// <summary>Creates the form for one request for advice.</summary>
    internal AdviceForm(OpenedRequest opened)
    {
        this.opened = opened;
        var before = opened.Standing?.Content;
        MaxRows = Math.Max(UsualRows, before is null ? 0 : new[] { before.Views.Count, before.Needs.Count, before.Outcomes.Count, before.Provision.Count, before.Notes.Count }.Max());
        var isOlder = Age.InOrBeyondYear9(opened.State.Facts!.Child.DateOfBirth, opened.Today) || before?.Provision.Any(line => line.PreparesForAdulthood) == true;
        Sections =
        [
            new("about", "About you", "",
            [
                Own("author", "Your name", ""),
                Own("authorRole", "Your role", "For example: SENCo, educational psychologist, speech and language therapist"),
                Own("writtenOn", "When was this written?", ""),
            ]),
            new("needs", "Needs", "What the child or young person finds difficult. Write each need separately.",
            [
                List("needs", "Need", [("text", "What is the need?", ""), ("area", "Which kind of need is it?", "")]),
            ]),
            new("outcomes", "Outcomes", "What the child or young person should be able to do, and by when.",
            [
                List("outcomes", "Outcome", [("text", "What should be achieved, and by when?", ""), ("needs", "Which needs is this outcome for?", "The numbers of the needs above, for example 1, 2. Leave this empty if the outcome is for all the needs, or write none if it is for none of them.")]),
            ]),
            new("provision", "Provision", "The help that the child or young person needs to achieve the outcomes. Say exactly who gives the help, how often and for how long.",
            [
                List("provision", "Provision", [
                    ("text", "What is to be provided?", ""), ("kind", "Which kind of provision is it?", ""), ("who", "Who provides this, and with which skill or training?", "For example: a teaching assistant trained in the programme by a speech and language therapist"),
                    ("howOften", "How often?", "For example: twice a week in term time"), ("howLong", "How long each time?", "For example: 45 minutes"),
                    ("outcomes", "Which outcomes is this provision for?", "The numbers of the outcomes above, for example 1, 2. Leave this empty if the provision is for all the outcomes, or write none if it is for none of them."),
                    .. isOlder ? [("preparesForAdulthood", "Does this provision prepare for adulthood?", "")] : Array.Empty<(string, string, string)>(),
                ]),
            ]),
            new("more", "Views and anything else", "What the child or young person and the family say, and anything else that the council should know.",
            [
                List("views", "View", [("text", "What does this person say or wish for?", "")]),
                List("notes", "Note", [("heading", "What is this note about?", "For example: how and when the child was seen"), ("text", "What you want to say", "")]),
            ]),
        ];
    }

    /// <summary>The largest number of rows in a list; longer advice must be sent as a file.</summary>
    internal int MaxRows { get; }

    /// <summary>The parts of the form, in their order.</summary>
    public IReadOnlyList<AdviceSection> Sections { get; }

    /// <summary>
    /// The content of a new draft: the current advice if it is to be corrected, otherwise the details that are already known.
    /// </summary>
    internal PageDraft Begin(PageDraft draft) => draft.Begun ? SayingNone(draft) : (draft with { Begun = true, SaysNone = true, Files = opened.Standing?.Content.Attachments ?? [] }).With(
        Owns,
        opened.Standing is { } standing ? AdviceFormValues.Of(standing.Content)
            : FormValues.None.With($"{Content}.author", opened.Colleague?.Name ?? "").WithDay($"{Content}.writtenOn", opened.Today));

    /// <summary>Whether a path belongs to a part of the form, or to any part if none is named.</summary>
    internal bool IsOf(AdviceSection? section, string path) => Owns(path) && Row(path) < MaxRows && (section is null || section.Fields.Any(f =>
        path.StartsWith($"{Content}.{f.Name}", StringComparison.Ordinal) && (path.Length == Content.Length + 1 + f.Name.Length || path[Content.Length + 1 + f.Name.Length] is '[' or '/')));

    /// <summary>The step that sends the typed advice, or all faults, each with the path of its field.</summary>
    internal (SubmitAdvice? Step, IReadOnlyList<FormProblem> Problems) Read(PageDraft draft)
    {
        var typed = draft.Values;
        var problems = new List<FormProblem>(typed.All.Where(t => !AdviceFaults.Fits(t.Value)).Select(t => new FormProblem(t.Key, FormattableString.Invariant($"This is longer than {AdviceFaults.MaxTextLength:N0} characters. Shorten it, or send it as a file"))));
        var full = FormValues.None.With("requestId", opened.Request.Id);
        var links = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (list, of, source, prefix) in ((string, string, string, string)[])[(Outcomes, "needs", Needs, "n"), (Provision, "outcomes", Outcomes, "o")])
        {
            for (var n = 0; n < typed.CountAt(list); n++)
            {
                var at = $"{FormField.At(list, n)}.{of}";
                links.Add(at);
                if (typed.HasValueAt(FormField.At(list, n)))
                {
                    var (ids, wrong) = AdviceFormValues.Numbers(typed[at], typed, source, prefix);
                    full = ids.Select((id, i) => (id, i)).Aggregate(full, (all, one) => all.With(FormField.At(at, one.i), one.id));
                    problems.AddRange(wrong is null ? [] : [new FormProblem(at, wrong)]);
                }
            }
        }

        full = typed.All.Where(t => t.Key.StartsWith(Content + ".", StringComparison.Ordinal) && !links.Contains(t.Key)).Aggregate(full, (all, one) => all.With(one.Key, one.Value));
        foreach (var list in Lists.Except(["notes"]))
        {
            for (var n = 0; n < typed.CountAt($"{Content}.{list}"); n++)
            {
                full = full.With($"{FormField.At($"{Content}.{list}", n)}.id", FormattableString.Invariant($"{list[0]}{n + 1}"));
            }
        }

        var (input, refused) = FormReading.Read(StepForm.Of(SubmitAdvice.Definition), full);
        problems.AddRange(refused.Where(r => problems.All(p => p.Path != r.Path)).Select(InWordsOfThePage));
        if (input is not SubmitAdvice step || problems.Count > 0)
        {
            return (null, problems);
        }

        // If a document contains more text than the lines and notes, it still does after the lines have been corrected.
        var whole = opened.Standing?.Content.Whole is { } kept && draft.Files.Any(file => file.Sha256 == kept) ? kept : null;
        step = step with { Content = step.Content with { Attachments = draft.Files, Whole = whole } };
        return AdviceFaults.First(step.Content) is { } fault ? (null, [new FormProblem("", fault.Code == "advice-empty" ? "Write at least one need, outcome, provision or note, or add a file" : fault.Reason)]) : (step, []);
    }

    /// <summary>Whether a path belongs to the form.</summary>
    internal static bool Owns(string path) => path.StartsWith(Content + ".", StringComparison.Ordinal) && path.Length < 100
        && (path.IndexOf('[', StringComparison.Ordinal) is < 0 || (Row(path) is >= 0 and < AnyRows));

    private PageDraft SayingNone(PageDraft draft) => draft.SaysNone ? draft
        : (opened.Standing is { } standing ? draft.With(Owns, AdviceFormValues.WithNone(draft.Values, standing.Content)) : draft) with { SaysNone = true };

    private FormProblem InWordsOfThePage(FormProblem problem)
    {
        foreach (var field in Sections.SelectMany(s => s.Fields))
        {
            var label = problem.Path == $"{Content}.{field.Name}" ? field.Label
                : problem.Path.StartsWith($"{Content}.{field.Name}[", StringComparison.Ordinal) && field.Element!.Members.FirstOrDefault(m => problem.Path.EndsWith($".{m.Name}", StringComparison.Ordinal)) is { } member
                    ? FormattableString.Invariant($"{member.Label} ({field.Label} {Row(problem.Path) + 1})")
                    : null;
            if (label is not null)
            {
                return PageForms.Called(problem, label);
            }
        }

        return problem;
    }

    private static int Row(string path) =>
        int.TryParse(path.Split('[', ']').ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;

    private static FormField Published(string name) =>
        StepForm.Of(SubmitAdvice.Definition).Fields.First(f => f.Name == Content).Members.First(f => f.Name == name);

    private static FormField Own(string name, string label, string hint) => Published(name) with { Label = label, Hint = hint };

    private static FormField List(string name, string label, (string Name, string Label, string Hint)[] members)
    {
        var list = Published(name);
        var fields = members.Select(m => list.Element!.Members.First(f => f.Name == m.Name) is { } field
            ? field with { Label = m.Label, Hint = m.Hint, Kind = field.Kind == FieldKind.List ? FieldKind.Line : field.Kind, IsRequired = field.IsRequired && field.Kind != FieldKind.List, Choices = [.. field.Choices.Select(AdviceFormValues.InWords)] } : throw new InvalidDataException(m.Name));
        return list with { Label = label, Hint = "", IsRequired = true, Element = list.Element! with { Label = label, Members = [.. fields] } };
    }
}
