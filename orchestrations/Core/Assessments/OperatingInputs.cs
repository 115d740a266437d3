using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A person has dealt with something that the hub had put before them.</summary>
public sealed record ResolveAttention(string AttentionId, string Resolution) : AssessmentInput;

/// <summary>An effect ended. Only the hub itself sends this.</summary>
/// <param name="EffectId">The effect.</param>
/// <param name="Effect">What it was.</param>
/// <param name="End">How it ended.</param>
/// <param name="Detail">For Done: the other side's reference; otherwise what went wrong, without personal data.</param>
/// <param name="On">Day it ended, in London.</param>
public sealed record EffectSettled(string EffectId, Effect Effect, EffectEnd End, DateOnly On, string? Detail = null) : AssessmentInput;

/// <summary>Remind of an open request now, outside the ladder; once a day.</summary>
public sealed record RemindNow(string RequestId, string Reason) : AssessmentInput;

/// <summary>Send an open request again: the one asked says that it never came. Once a day; the limit stays as it is.</summary>
public sealed record SendRequestAgain(string RequestId, string Reason) : AssessmentInput;

/// <summary>Try an effect again that failed for good, because what stood in its way was put right.</summary>
public sealed record RetryEffect(string EffectId, string Reason) : AssessmentInput;

/// <summary>An effect that failed for good is not to happen any more.</summary>
public sealed record AbandonEffect(string EffectId, string Reason) : AssessmentInput;

/// <summary>Chase nobody up to and including a day, at most four weeks ahead: a pause that everybody forgets ends by itself.</summary>
public sealed record PauseChasing(DateOnly Until, string Reason) : AssessmentInput;

/// <summary>Chase again before that day.</summary>
public sealed record ResumeChasing(string Reason) : AssessmentInput;

/// <summary>Give the family a link to its page.</summary>
/// <param name="LinkId">Id chosen by the sender, unique in the assessment.</param>
/// <param name="ExpiresOn">Last day on which it opens, at most a year ahead.</param>
public sealed record IssueFamilyLink(string LinkId, DateOnly ExpiresOn) : AssessmentInput;

/// <summary>A link given to the family opens no more.</summary>
public sealed record RevokeFamilyLink(string LinkId, string Reason) : AssessmentInput;

/// <summary>
/// A version of the plan is about to be given to a reader. Only the hub itself sends this, and gives nothing before it is recorded.
/// </summary>
/// <param name="Version">The version.</param>
/// <param name="Format">In which form, a short word: <c>json</c>, <c>html</c>, <c>docx</c>; <c>diff</c> when it was compared with another version.</param>
/// <param name="Reader">Who reads.</param>
public sealed record RecordPlanRead(int Version, string Format, Actor Reader) : AssessmentInput;

/// <summary>A school that was asked published that it is closed. Only the hub itself sends this; it proposes an exception and never claims one.</summary>
/// <param name="ClosureId">Id of the publication, unique in the assessment.</param>
/// <param name="School">The school.</param>
/// <param name="From">First day closed.</param>
/// <param name="To">Last day closed.</param>
public sealed record NoteSchoolClosure(string ClosureId, AgencyId School, DateOnly From, DateOnly To) : AssessmentInput;

/// <summary>An assessment was pushed that may be about this child, and a person must say whether it is. Only the hub itself sends this.</summary>
/// <param name="PushId">Under which it is held.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Kind">What kind of advice it could be.</param>
public sealed record NotePushedAssessment(string PushId, AgencyId From, AdviceKind Kind) : AssessmentInput;

/// <summary>What became of an assessment that was pushed and that waited for a person.</summary>
public enum PushedOutcome
{
    /// <summary>It was attached to this assessment as existing advice.</summary>
    Attached,

    /// <summary>A person said that it is not about the child of this assessment.</summary>
    Dismissed,

    /// <summary>It was settled without this assessment.</summary>
    Elsewhere,
}

/// <summary>
/// A pushed assessment that was put before a person waits no longer. Only the hub itself sends this, after it has looked at everything
/// that the decision concerns; the person who decided is named.
/// </summary>
/// <param name="PushId">Under which it was held.</param>
/// <param name="Outcome">What became of it here.</param>
/// <param name="Reason">Why, in the words of the one who decided.</param>
/// <param name="By">Who decided.</param>
public sealed record SettlePushedAssessment(string PushId, PushedOutcome Outcome, string Reason, Actor By) : AssessmentInput;

/// <summary>
/// What a body did with its request could not be taken in, so a person must look. Only the hub itself sends this, where the body
/// cannot be answered: it acted in its own system and the hub found it there.
/// </summary>
/// <param name="RequestId">The request.</param>
/// <param name="Detail">What stood in the way, without personal data.</param>
public sealed record NoteAnswerNotTaken(string RequestId, string Detail) : AssessmentInput;
