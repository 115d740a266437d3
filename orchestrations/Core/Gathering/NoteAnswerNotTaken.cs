namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A body's answer to its request could not be processed, or is not finished, so an officer must deal with it. Only the hub itself submits
/// this step, for a body that gets no reply: it answers in its own system, or has posted content and then done nothing more.
/// </summary>
/// <param name="RequestId">The request.</param>
/// <param name="Detail">The reason, without personal data.</param>
/// <param name="Posted">The content that the body has posted without completing its Task (<c>Type/id</c>), or null if the answer could not
/// be processed.</param>
public sealed record NoteAnswerNotTaken(string RequestId, string Detail, string? Posted = null) : AssessmentInput, IStep<NoteAnswerNotTaken>
{
    public static StepDefinition<NoteAnswerNotTaken> Definition { get; } = new("note-answer-not-taken", "A body's answer could not be processed")
    {
        Senders = [ActorRole.Hub],
    };

    // This step is accepted even after the assessment has ended, because an officer must tell the body that its advice was too late.
    internal override void Decide(Deciding d)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == RequestId);
        if (!d.Require(request is not null, "unknown-request", "There is no such request in this assessment.") || !InputChecks.Text(d, Detail, "The reason"))
        {
            return;
        }

        var what = Answering.Capital(Words.Of(request!.Kind));
        if (Posted is null)
        {
            d.AskAttention($"not-taken-{request.Id}", $"{what}: the adviser's answer could not be processed. Speak to the adviser. {Detail}");
        }
        else if (request.IsOpen && AdviceRounds.MayBeAnswered(d.State, request))
        {
            d.AskAttention(AdviceRequestMoved.PostedId(request.Id, Posted), $"{what}: the adviser has sent content that is not yet part of its advice. {Detail}");
        }
    }
}
