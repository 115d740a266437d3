namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What an officer decided about an unsolicited assessment.</summary>
public enum UnsolicitedOutcome
{
    /// <summary>The unsolicited assessment was attached to this assessment as existing advice.</summary>
    Attached,

    /// <summary>An officer decided that the unsolicited assessment is not about this child.</summary>
    Dismissed,

    /// <summary>Attached to another case, or to no case.</summary>
    Elsewhere,
}

/// <summary>
/// An unsolicited assessment no longer waits for an officer. Only the hub itself submits this step, after it has checked everything that the
/// decision concerns; the step names the officer who decided.
/// </summary>
/// <param name="PushId">The unsolicited assessment.</param>
/// <param name="Outcome">What was decided about the assessment in this case.</param>
/// <param name="Reason">The reason that the deciding officer gave.</param>
/// <param name="By">The officer who decided.</param>
public sealed record SettlePushedAssessment(string PushId, UnsolicitedOutcome Outcome, string Reason, Actor By) : AssessmentInput, IStep<SettlePushedAssessment>
{
    public static StepDefinition<SettlePushedAssessment> Definition { get; } = new("settle-pushed-assessment", "An unsolicited assessment no longer waits for an officer")
    {
        Senders = [ActorRole.Hub],
    };

    // This step is accepted even after the assessment has ended, so that the decision is recorded and the task is closed.
    internal override void Decide(Deciding d)
    {
        var waits = d.State.Attention.Any(a => a.Id == NotePushedAssessment.PushedId(PushId));
        if (!InputChecks.Id(d, PushId, "The message's id")
            || !InputChecks.Text(d, Reason, "The reason")
            || !d.Require(
                Outcome != UnsolicitedOutcome.Attached || d.State.Existing.Any(x => x.Id == NotePushedAssessment.PushedId(PushId)),
                "not-attached",
                "The unsolicited assessment is not among the existing advice of this assessment.")
            || !d.Require(Outcome == UnsolicitedOutcome.Attached || waits, "unknown-attention", "No unsolicited assessment with this id is waiting for an officer's decision in this case."))
        {
            return;
        }

        d.Happened(new PushedAssessmentSettled(PushId, Outcome, Reason, By));
        if (waits)
        {
            d.Happened(new AttentionResolved(NotePushedAssessment.PushedId(PushId), Outcome switch
            {
                UnsolicitedOutcome.Attached => "attached",
                UnsolicitedOutcome.Dismissed => "dismissed",
                _ => "attached to another case, or to no case",
            }));
        }
    }
}

/// <summary>An unsolicited assessment was attached to this case, dismissed, or attached to another case or to no case.</summary>
public sealed record PushedAssessmentSettled(string PushId, UnsolicitedOutcome Outcome, string Reason, Actor By) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("pushedAssessmentSettled", "An unsolicited assessment was attached to this case, dismissed, or attached to another case or to no case.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override string Describe(TimelineContext context) => Outcome switch
    {
        UnsolicitedOutcome.Attached => "An officer found that an unsolicited assessment from an agency is about this child; it was attached as existing advice.",
        UnsolicitedOutcome.Dismissed => "An officer found that an unsolicited assessment from an agency is not about this child.",
        _ => "An unsolicited assessment from an agency was attached to another case, or to no case.",
    };

    public override string? Note() => Reason;
}
