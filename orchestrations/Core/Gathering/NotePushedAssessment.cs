using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// An agency pushed an assessment that may be about this child, and a person must say whether it is. Only the hub itself sends this.
/// </summary>
/// <param name="PushId">The id under which it is held.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Kind">What kind of advice it could be.</param>
public sealed record NotePushedAssessment(string PushId, AgencyId From, AdviceKind Kind) : AssessmentInput, IStep<NotePushedAssessment>
{
    public static StepDefinition<NotePushedAssessment> Definition { get; } = new("note-pushed-assessment", "An assessment was pushed that may be about this child")
    {
        Senders = [ActorRole.Hub],
    };

    // A pushed assessment may be about this child; a person decides whose it is.
    internal override void Decide(Deciding d)
    {
        if (Form.Open(d) && Form.Id(d, PushId, "The message's id"))
        {
            d.AskAttention(
                PushedId(PushId),
                $"{From} sent {Words.Of(Kind)} that nobody asked for and that may be about this child; it could not be attached automatically. Look at it under pushed-assessments/{PushId}, and attach or dismiss it.");
        }
    }

    /// <summary>The id of a pushed assessment in the case: as a task for a person, and as existing advice once it is attached.</summary>
    internal static string PushedId(string pushId) => $"{ExistingAdvice.PushedPrefix}{pushId}";
}
