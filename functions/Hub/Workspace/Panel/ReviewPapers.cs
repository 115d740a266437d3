using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Orchestrations.Assessments;
using static IntegrationHub.Functions.Letters.Layout.LetterPart;

namespace IntegrationHub.Functions.Workspace.Panel;

/// <summary>The papers for a review meeting, sent to everybody who is invited: the advice, and the lines of the plan that are under review.</summary>
internal static class ReviewPapers
{
    /// <summary>Makes the papers for the last review that was arranged.</summary>
    /// <param name="file">The case.</param>
    internal static LetterLayout Of(CaseFile file) => new(
        $"Papers for the review meeting: {file.ChildName}", "en", file.Rules.Council.Name, [], file.Today, PlainText.Day(file.Today), file.State.Id.Value, null,
        file.State.Reviews.LastOrDefault() is { } review
            ? [.. Meeting(review), .. PapersDocument.Advice(file, review.Number), .. Lines(file)]
            : [new(Paragraph, "No review has been arranged.")]);

    private static IEnumerable<LetterBlock> Meeting(PlanReview review)
    {
        yield return new(Paragraph, $"The plan is reviewed at a meeting on {Words.Day(review.MeetingOn, true)} (review {review.Number}).");
        if (review.PapersSentOn is { } sent)
        {
            yield return new(Paragraph, $"The papers were sent on {Words.Day(sent, true)} to everybody who is invited.");
        }
    }

    // Each line is shown with its id, because advice about a line refers to the line by its id.
    private static IEnumerable<LetterBlock> Lines(CaseFile file)
    {
        var lines = ReviewAsked.LinesOf(file.State);
        foreach (var section in lines.GroupBy(one => one.Section))
        {
            yield return new(Heading, $"The plan, section {section.Key}: {PlanWords.TitleOf(section.Key)}");
            foreach (var (_, line) in section)
            {
                yield return new(Item, $"{line.Id}: {string.Join("; ", new[] { line.Text, line.Who, line.HowOften, line.HowLong }.OfType<string>())}");
            }
        }
    }
}
