using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using static IntegrationHub.Functions.Letters.Layout.LetterPart;

namespace IntegrationHub.Functions.Workspace.Panel;

/// <summary>
/// The papers of one case as a document: the decision that is asked for, the request, the advice, what the family says, the plan in force, and
/// the list of documents.
/// </summary>
internal static class PapersDocument
{
    /// <summary>Creates the document with the panel's papers for a case.</summary>
    /// <param name="file">The case.</param>
    /// <param name="events">The events of the case; only they contain what the family said when it was consulted.</param>
    /// <param name="documents">A description of each document of the case.</param>
    internal static LetterLayout Of(CaseFile file, IReadOnlyList<RecordedEvent> events, IReadOnlyList<string> documents) => new(
        $"Papers for the panel: {file.ChildName}", "en", file.Rules.Council.Name, [], file.Today, PlainText.Day(file.Today), file.State.Id.Value, null,
        [.. Asked(file), .. Request(file, events), .. Advice(file), .. Family(file), .. Review(file), .. Plan(file), .. Documents(documents)]);

    private static IEnumerable<LetterBlock> Asked(CaseFile file)
    {
        yield return new(Heading, "Decision asked for");
        yield return new(Paragraph, AwaitedDecision.Of(file.State) is { } decision ? $"{decision.Title}." : "The case is not waiting for a decision that a panel considers.");
        yield return new(Paragraph, file.Status);
    }

    private static IEnumerable<LetterBlock> Request(CaseFile file, IReadOnlyList<RecordedEvent> events)
    {
        var facts = file.State.Facts!;
        yield return new(Heading, "The child and the request");
        yield return new(Item, $"Name: {file.ChildName}, born {Words.Day(facts.Child.DateOfBirth, true)}");
        yield return new(Item, $"{Labels.Apart(facts.SettingKind.ToString())}: {facts.Setting?.Name ?? "none"}");
        yield return new(Item, $"Family: {facts.Family.Name}, {facts.Family.Relationship}");
        yield return new(Item, $"Request: received {Words.Day(facts.ReceivedOn, true)}; {TimelineWords.Of(facts.Route)}");
        foreach (var heard in events.Select(one => one.What).OfType<FamilyConsulted>())
        {
            yield return new(Item, $"The family was consulted on {Words.Day(heard.On, true)}: {heard.Summary}");
        }

        foreach (var met in file.State.Panels)
        {
            yield return new(Item, $"A panel considered the case on {Words.Day(met.On, true)}{(met.Advice is { } advice ? $": {advice}" : "")}");
        }
    }

    private static IEnumerable<LetterBlock> Advice(CaseFile file) => Advice(file, null);

    /// <summary>The advice for the assessment or for one review, both received and outstanding.</summary>
    internal static IEnumerable<LetterBlock> Advice(CaseFile file, int? review)
    {
        foreach (var request in file.State.Requests.Where(one => one.IsOpen && one.Review == review))
        {
            yield return new(Heading, $"{TimelineWords.Capitalise(Words.Of(request))}: not received");
            yield return new(Paragraph, $"Requested from {request.Agency?.Name ?? "the family"}, due {Words.Day(Chasing.DueDay(file.State, request, file.Rules), true)}.");
        }

        foreach (var advice in file.State.Advice.Where(one => one.Counts && one.Review == review))
        {
            yield return new(Heading, $"{TimelineWords.Capitalise(Words.Of(advice))} by {advice.Content.Author}, {advice.Content.AuthorRole}, {Words.Day(advice.Content.WrittenOn, true)}");
            foreach (var line in Lines(advice))
            {
                yield return new(Item, line);
            }

            foreach (var note in advice.Content.Notes)
            {
                yield return new(Paragraph, $"{note.Heading}: {note.Text}");
            }

            if (advice.Content.IsDocumentOnly)
            {
                yield return new(Paragraph, "This advice was received as a document. See the list of documents.");
            }
        }
    }

    private static IEnumerable<string> Lines(ReceivedAdvice advice) =>
    [
        .. advice.Content.Views.Select(one => $"View: {one.Text}"),
        .. advice.Content.Needs.Select(one => $"Need ({Labels.Apart(one.Area.ToString()).ToLowerInvariant()}): {one.Text}"),
        .. advice.Content.Outcomes.Select(one => $"Outcome: {one.Text}"),
        .. advice.Content.Provision.Select(one => $"Provision: {string.Join("; ", new[] { one.Text, one.Who, one.HowOften, one.HowLong }.OfType<string>())}"),
    ];

    private static IEnumerable<LetterBlock> Family(CaseFile file)
    {
        foreach (var said in file.State.Representations)
        {
            yield return new(Heading, $"What the family says about version {said.Version}, {Words.Day(said.On, true)}");
            yield return new(Paragraph, said.InWords());
            if (said.RequestedInstitution is { } asked)
            {
                yield return new(Paragraph, $"The family asks for: {asked.Name}");
            }
        }
    }

    private static IEnumerable<LetterBlock> Review(CaseFile file)
    {
        if (file.State.Reviews.LastOrDefault() is { HeldOn: { } held } review)
        {
            yield return new(Heading, $"Review {review.Number}");
            yield return new(Item, $"The meeting was held on {Words.Day(held, true)}");
            yield return new(Item, review.Recommended is { } recommended ? $"The report recommends: {Labels.Apart(recommended.ToString()).ToLowerInvariant()} the plan" : "No recommendation is on record");
            foreach (var block in Advice(file, review.Number))
            {
                yield return block;
            }
        }

        if (Reassessments.PendingRequest(file.State) is { AskedOn: { } asked, AskedBy: { } by } request)
        {
            yield return new(Heading, $"Request to re-assess, received on {Words.Day(asked, true)} from {Words.Of(by)}");
            yield return new(Paragraph, request.Text ?? "The content of the request is not on record.");
        }

        if (file.State.Ceasing is { } ceasing)
        {
            yield return new(Heading, $"Ceasing the plan, considered on {Words.Day(ceasing.ConsideredOn, true)}");
            yield return new(Paragraph, ceasing.Reasons);
            foreach (var view in ceasing.Views)
            {
                yield return new(Item, $"{TimelineWords.Capitalise(Words.Of(view.From))}, {Words.Day(view.On, true)}: {view.Text}");
            }
        }
    }

    private static IEnumerable<LetterBlock> Plan(CaseFile file)
    {
        if (file.State.NewestPlan is not { } plan)
        {
            yield break;
        }

        yield return new(Heading, $"The plan, version {plan.Version} of {Words.Day(plan.PreparedOn, true)}");
        foreach (var section in plan.Sections.Where(one => one.Lines.Count > 0))
        {
            yield return new(Paragraph, $"Section {section.Letter}: {PlanWords.TitleOf(section.Letter)}");
            foreach (var line in section.Lines)
            {
                yield return new(Item, string.Join("; ", new[] { line.Text, line.Who, line.HowOften, line.HowLong }.OfType<string>()));
            }
        }
    }

    private static IEnumerable<LetterBlock> Documents(IReadOnlyList<string> documents)
    {
        yield return new(Heading, "Documents");
        if (documents.Count == 0)
        {
            yield return new(Paragraph, "There are no documents.");
        }

        foreach (var document in documents)
        {
            yield return new(Item, document);
        }

        yield return new(Paragraph, "Notes and telephone calls in the council's own file are not among the papers.");
    }
}
