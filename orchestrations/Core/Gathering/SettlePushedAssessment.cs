namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What happened to a pushed assessment that waited for a person.</summary>
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
/// A pushed assessment no longer waits for a person. Sent only by the hub itself, after it has checked everything that the decision
/// concerns; it names the person who decided.
/// </summary>
/// <param name="PushId">The id under which it was held.</param>
/// <param name="Outcome">What happened to it in this case.</param>
/// <param name="Reason">Why, in the words of the person who decided.</param>
/// <param name="By">Who decided.</param>
public sealed record SettlePushedAssessment(string PushId, PushedOutcome Outcome, string Reason, Actor By) : AssessmentInput, IStep<SettlePushedAssessment>
{
    public static StepDefinition<SettlePushedAssessment> Definition { get; } = new("settle-pushed-assessment", "A pushed assessment no longer waits")
    {
        Senders = [ActorRole.Hub],
    };

    // Also after the assessment has ended: a person's decision is recorded, and nothing waits that can no longer happen.
    internal override void Decide(Deciding d)
    {
        var waits = d.State.Attention.Any(a => a.Id == NotePushedAssessment.PushedId(PushId));
        if (!Form.Id(d, PushId, "The message's id")
            || !Form.Text(d, Reason, "The reason")
            || !d.Require(
                Outcome != PushedOutcome.Attached || d.State.Existing.Any(x => x.Id == NotePushedAssessment.PushedId(PushId)),
                "not-attached",
                "The pushed assessment is not among the existing advice of this assessment.")
            || !d.Require(Outcome == PushedOutcome.Attached || waits, "unknown-attention", "Nothing with this id waits for a person."))
        {
            return;
        }

        d.Happened(new PushedAssessmentSettled(PushId, Outcome, Reason, By));
        if (waits)
        {
            d.Happened(new AttentionResolved(NotePushedAssessment.PushedId(PushId), Outcome switch
            {
                PushedOutcome.Attached => "attached",
                PushedOutcome.Dismissed => "dismissed",
                _ => "settled without this assessment",
            }));
        }
    }
}

/// <summary>A pushed assessment that waited for a person was attached here, was found not to belong here, or was settled without this assessment.</summary>
public sealed record PushedAssessmentSettled(string PushId, PushedOutcome Outcome, string Reason, Actor By) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("pushedAssessmentSettled", "A pushed assessment that waited for a person was attached here, dismissed, or settled without this assessment.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override string Tell(Telling telling) => Outcome switch
    {
        PushedOutcome.Attached => "A person found that an assessment that an agency had sent unasked is about this child; it was attached as existing advice.",
        PushedOutcome.Dismissed => "A person found that an assessment that an agency had sent unasked is not about this child.",
        _ => "An assessment that an agency had sent unasked was settled without this case.",
    };

    public override string? Note() => Reason;
}
