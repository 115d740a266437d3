namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A body's answer to its request could not be processed, so an officer must deal with it. Only the hub itself submits this step, for a
/// body that answers in its own system and gets no reply.
/// </summary>
/// <param name="RequestId">The request.</param>
/// <param name="Detail">The reason, without personal data.</param>
public sealed record NoteAnswerNotTaken(string RequestId, string Detail) : AssessmentInput, IStep<NoteAnswerNotTaken>
{
    public static StepDefinition<NoteAnswerNotTaken> Definition { get; } = new("note-answer-not-taken", "A body's answer could not be processed")
    {
        Senders = [ActorRole.Hub],
    };

    // This step is accepted even after the assessment has ended, because an officer must tell the body that its advice was too late.
    internal override void Decide(Deciding d)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == RequestId);
        if (d.Require(request is not null, "unknown-request", "There is no such request in this assessment.") && InputChecks.Text(d, Detail, "The reason"))
        {
            d.AskAttention($"not-taken-{request!.Id}", $"{Answering.Capital(Words.Of(request.Kind))}: the adviser's answer could not be processed. Speak to the adviser. {Detail}");
        }
    }
}
