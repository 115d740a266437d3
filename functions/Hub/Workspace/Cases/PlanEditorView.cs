using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>A passage of advice that belongs to a section of the plan.</summary>
/// <param name="Advice">The advice that contains the passage.</param>
/// <param name="Id">The position of the passage in the advice: the id of the line, or the number of the note.</param>
/// <param name="Text">Text of the passage.</param>
/// <param name="Details">Who provides the support, how often and for how long; empty if that is not given.</param>
/// <param name="Line">The line of the plan that came from the passage, or null if there is none.</param>
/// <param name="LeftOut">The reason why the passage was left out of the plan, or null if it was not left out.</param>
public sealed record AdvicePassage(ReceivedAdvice Advice, string Id, string Text, string Details, PlanLine? Line, LeftOutLine? LeftOut);

/// <summary>The plan as it would be prepared now, with the findings of the checks.</summary>
/// <param name="File">The case.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Findings">The findings, in the order of the plan's sections.</param>
public sealed record PlanEditorView(CaseFile File, PlanDocument Plan, IReadOnlyList<PlanFinding> Findings)
{
    /// <summary>What the checks found about one line of the plan.</summary>
    public IEnumerable<PlanFinding> Of(string line) => Findings.Where(finding => finding.LineId == line);

    /// <summary>What the checks found about one section of the plan, including its lines.</summary>
    public IEnumerable<PlanFinding> Of(PlanSectionLetter letter) => Findings.Where(finding => finding.Section == letter);

    /// <summary>The section that contains a line, or null if the plan has no such line.</summary>
    public PlanSectionLetter? SectionOf(string line) => Plan.Sections.FirstOrDefault(section => section.Lines.Any(one => one.Id == line))?.Letter;

    /// <summary>
    /// Whether officers can edit the section. The hub fills section I from the placement, section J from the personal budget, and section K
    /// from the advice obtained.
    /// </summary>
    public static bool IsEditable(PlanSectionLetter letter) => letter is not (PlanSectionLetter.I or PlanSectionLetter.J or PlanSectionLetter.K);

    /// <summary>Whether the plan can be changed now.</summary>
    public bool IsOpen => File.State.Stage is Stage.Drafting or Stage.Consulting;

    /// <summary>
    /// The passages of advice for a section, in the order of the advice, each with the line of the plan that came from it. A note in
    /// the advice does not belong to a section, so it is offered for all sections.
    /// </summary>
    public IEnumerable<AdvicePassage> Passages(PlanSectionLetter letter)
    {
        var lines = Plan.Sections.SelectMany(section => section.Lines).ToLookup(line => line.Id, StringComparer.Ordinal);
        var leftOut = Plan.LeftOut.ToLookup(line => line.Id, StringComparer.Ordinal);
        foreach (var advice in File.State.Advice.Where(advice => advice.Counts))
        {
            foreach (var (id, text, details) in Of(advice.Content, letter))
            {
                var at = $"{advice.Id}/{id}";
                yield return new AdvicePassage(advice, at, text, details, lines[at].FirstOrDefault(), leftOut[at].FirstOrDefault());
            }
        }
    }

    /// <summary>The id of a note, which is made from its position in the advice.</summary>
    private static string NoteId(int n) => FormattableString.Invariant($"note-{n}");

    private static IEnumerable<(string Id, string Text, string Details)> Of(AdviceContent content, PlanSectionLetter letter) =>
    [
        .. letter == PlanSectionLetter.A ? content.Views.Select(view => (view.Id, view.Text, "")) : [],
        .. content.Needs.Where(need => AdvicePlaces.Of(need.Area) == letter).Select(need => (need.Id, need.Text, "")),
        .. letter == PlanSectionLetter.E ? content.Outcomes.Select(outcome => (outcome.Id, outcome.Text, "")) : [],
        .. content.Provision.Where(provision => AdvicePlaces.Of(provision.Kind) == letter).Select(provision =>
            (provision.Id, provision.Text, string.Join("; ", new[] { provision.Who, provision.HowOften, provision.HowLong }.OfType<string>()))),
        .. IsEditable(letter) ? content.Notes.Select((note, n) => (NoteId(n), $"{note.Heading}: {note.Text}", "")) : [],
    ];
}

/// <summary>Prepares the data that the pages of a plan show.</summary>
public sealed class PlanEditorViews(ChildrenInPlans children, IAssessmentStore store)
{
    /// <summary>Returns the plan of a case that the officer has opened.</summary>
    public async ValueTask<PlanEditorView> OfAsync(Officer officer, CaseFile file, CancellationToken cancellationToken)
    {
        var by = officer.ToActor(null);
        var plan = PlanReading.Preview(file.State, by, file.Now, file.Rules) ?? throw new InvalidOperationException("The case was not opened.");
        var others = await children.OthersAsync(plan, PlanReading.SentWithDraft(file.State), cancellationToken);
        return new PlanEditorView(file, plan, PlanReading.Findings(file.State, PlanReading.NextStep(file.State), by, file.Now, file.Rules, others));
    }

    /// <summary>All versions prepared so far, in order, followed by the plan as it would be prepared now, which does not have a number
    /// yet.</summary>
    public async ValueTask<IReadOnlyList<PlanDocument>> VersionsAsync(Officer officer, CaseFile file, CancellationToken cancellationToken)
    {
        var events = await store.EventsAsync(file.State.Id, cancellationToken: cancellationToken);
        var versions = events.Select(e => e.What).OfType<PlanPrepared>().Select(prepared => prepared.Document).ToList();
        return PlanReading.Preview(file.State, officer.ToActor(null), file.Now, file.Rules) is { } now && file.State.Stage is Stage.Drafting or Stage.Consulting
            ? [.. versions, now]
            : versions;
    }
}
