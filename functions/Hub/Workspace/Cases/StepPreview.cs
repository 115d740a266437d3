using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// What a step would do if it were submitted now. The preview is made by the same code that carries out a submitted step, but nothing is
/// stored.
/// </summary>
/// <param name="GoesOut">What the step would send, and to whom, with one line for each item.</param>
/// <param name="ByHand">Notices that an officer must post, because the hub has no way to send them.</param>
/// <param name="Recorded">What the step would record.</param>
/// <param name="SendsPlan">Whether the step sends a plan.</param>
/// <param name="Letters">The letters that would be sent, as they would be written today.</param>
public sealed record StepPreview(
    IReadOnlyList<string> GoesOut, IReadOnlyList<string> ByHand, IReadOnlyList<string> Recorded, bool SendsPlan, IReadOnlyList<LetterPreview> Letters)
{
    /// <summary>The effects of a step, or null if the step would be refused or nothing would be sent.</summary>
    internal static StepPreview? Of(CaseFile file, AssessmentInput input, Actor by, LetterStore letters)
    {
        var decision = Assessment.Decide(file.State, input, by, file.Now, file.Rules);
        var sent = decision.Effects.Where(effect => effect is not (StorePlan or PublishStatus or RemindOfDuty)).ToList();
        var planned = decision.After.Notices.Where(notice => notice.SentOn is null && file.State.Notices.All(before => before.Id != notice.Id)).ToList();
        if (decision.Refusal is not null || (sent.Count == 0 && planned.Count == 0))
        {
            return null;
        }

        var context = decision.Events.Select((happened, n) => new RecordedEvent { Sequence = file.State.Version + n + 1, At = file.Now, By = by, What = happened }).ToList();
        var given = sent.OfType<SendNotice>().Select(effect => decision.After.Notices.FirstOrDefault(one => one.Id == effect.NoticeId)).OfType<Notice>().Concat(planned).DistinctBy(notice => notice.Id);
        return new StepPreview(
            [.. sent.Select(effect => Line(decision.After, effect))],
            [.. planned.Where(notice => !sent.OfType<SendNotice>().Any(effect => effect.NoticeId == notice.Id)).Select(Line)],
            [.. context.Select(Timeline.Describe)],
            decision.Effects.Any(effect => effect is StorePlan),
            [.. given.Select(notice => LetterPreview.Of(Line(notice), notice, decision.After, file.Today, letters)).OfType<LetterPreview>()]);
    }

    private static string Line(AssessmentState after, Effect effect) => effect switch
    {
        SendNotice notice when after.Notices.FirstOrDefault(one => one.Id == notice.NoticeId) is { } found => Line(found),
        SendAdviceRequest { RequestId: var id } when after.Requests.FirstOrDefault(one => one.Id == id) is { } asked => $"Request for {Words.Of(asked)}, to {asked.Agency?.Name ?? "the family"}",
        ReturnAdviceToAuthor { RequestId: var id } when after.Requests.FirstOrDefault(one => one.Id == id) is { } asked => $"{TimelineWords.Capitalise(Words.Of(asked))} with what you wrote, back to {asked.Agency?.Name ?? "the family"}",
        _ => Effects.Describe(after, effect),
    };

    private static string Line(Notice notice) =>
        $"{TimelineWords.Capitalise(Words.Of(notice.Kind))}{(notice.PlanVersion is { } version ? $" with version {version} of the plan" : "")}, to {notice.Agency?.Name ?? Words.Of(notice.To)}";
}
