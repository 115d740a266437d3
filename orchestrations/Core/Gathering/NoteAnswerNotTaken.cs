namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// What a body did with its request could not be taken in, so a person must look at it. Sent only by the hub itself, where the body cannot
/// be answered because it acted in its own system.
/// </summary>
/// <param name="RequestId">The request.</param>
/// <param name="Detail">The reason, without personal data.</param>
public sealed record NoteAnswerNotTaken(string RequestId, string Detail) : AssessmentInput, IStep<NoteAnswerNotTaken>
{
    public static StepDefinition<NoteAnswerNotTaken> Definition { get; } = new("note-answer-not-taken", "A body's answer could not be taken in")
    {
        Senders = [ActorRole.Hub],
    };

    // Also after the assessment has ended, because a person must know, and tell the body, that its advice came too late.
    internal override void Decide(Deciding d)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == RequestId);
        if (d.Require(request is not null, "unknown-request", "There is no such request in this assessment.") && Form.Text(d, Detail, "What prevented it"))
        {
            d.AskAttention($"not-taken-{request!.Id}", $"{Answering.Capital(Words.Of(request.Kind))}: what the adviser did with the request could not be processed. Speak to them. {Detail}");
        }
    }
}
