using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// An officer must decide whether an unsolicited assessment from an agency is about this child. Only the hub itself sends this
/// step.
/// </summary>
/// <param name="PushId">The unsolicited assessment.</param>
/// <param name="From">The sending agency.</param>
/// <param name="Kind">The kind of advice that the assessment could be.</param>
public sealed record NotePushedAssessment(string PushId, AgencyId From, AdviceKind Kind) : AssessmentInput, IStep<NotePushedAssessment>
{
    public static StepDefinition<NotePushedAssessment> Definition { get; } = new("note-pushed-assessment", "An unsolicited assessment may be about this child")
    {
        Senders = [ActorRole.Hub],
    };

    // An officer decides whether the unsolicited assessment is about this child.
    internal override void Decide(Deciding d)
    {
        if (InputChecks.Open(d) && InputChecks.Id(d, PushId, "The message's id"))
        {
            d.AskAttention(
                PushedId(PushId),
                $"{From} sent {Words.Of(Kind)} that nobody asked for and that may be about this child; it could not be attached automatically. Check it under pushed-assessments/{PushId}, and attach or dismiss it.");
        }
    }

    /// <summary>
    /// The id of the officer's task about an unsolicited assessment and, once the assessment is attached, of the existing advice.
    /// </summary>
    internal static string PushedId(string pushId) => $"{ExistingAdvice.PushedPrefix}{pushId}";
}
