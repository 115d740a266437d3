using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Record that the plan is no longer maintained because the time to appeal has ended without an appeal, or the appeal was decided. After a
/// death, no decision or letter is needed before this step.
/// </summary>
/// <param name="On">First day on which the plan is not maintained.</param>
/// <param name="Died">Whether the child or young person has died.</param>
/// <param name="Reason">The reason, or null to use the reason that was considered.</param>
public sealed record RecordPlanCeased(DateOnly On, bool Died = false, CeasingReason? Reason = null) : AssessmentInput, IStep<RecordPlanCeased>
{
    public static StepDefinition<RecordPlanCeased> Definition { get; } = new("record-plan-ceased", "Record that the plan has ceased")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s45(4)",
        Example = """{ "on": "2027-10-02" }""",
        Days = x => [x.Past("On", "The day on which the plan ceased", i => i.On, (s, _) => DatedFacts.PlanSent(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(
                d.State.Stage != Stage.Finalising, "wrong-stage", "The plan has been finalised and is being sent. If the family has not been sent the plan, record the death or the end with withdraw-request. Otherwise, record that the plan has ceased once it has been sent to everybody.")
            && MaintainedPlan.Require(d, "Recording that the plan has ceased") && (Died || (Detentions.RequireNotDetained(d, "Recording that the plan has ceased") && MayHaveCeased(d, On)))
            && d.Require(Reason is null || (Reason == CeasingReason.Died) == Died, "reason-unclear", "The reason must be a death if, and only if, the child or young person has died.")
            && d.Require(Reason != CeasingReason.Transferred, "move-instead", "A plan that another council takes over does not cease. Record that the plan was transferred."))
        {
            ReviewSteps.WithdrawRequests(d, Closing.PlanCeased);
            ReassessmentAdvice.End(d, Closing.PlanCeased);
            var reason = Died ? CeasingReason.Died : Reason ?? Considered(d.State) ?? CeasingReason.Other;
            d.Happened(new PlanCeased(On, reason, d.State.Ceasing?.Reason is { } considered && considered != reason ? considered : null));
            if (Disputes.RemedyId(StatutoryClock.Remedy.CeasePlan) is { } ordered && d.State.Attention.Any(a => a.Id == ordered))
            {
                d.Happened(new AttentionResolved(ordered, "the plan has ceased"));
            }
        }
    }

    /// <summary>The reason for a decision to cease outside a review, or null if no such decision was made.</summary>
    private static CeasingReason? Considered(AssessmentState state) => state.Ceasing is { DecidedOn: not null } ceasing ? ceasing.Reason : null;

    /// <summary>Whether a plan that the council decided to cease may have ceased on a day: the time to appeal had ended, and no appeal is
    /// pending.</summary>
    internal static bool MayHaveCeased(Deciding d, DateOnly on)
    {
        var last = CeasingPlan.MaintainedUntil(d.State, d.Rules);
        return d.Require(Ceasings.DecidedOn(d.State) is not null, "not-decided", "The council has not decided to cease the plan.")
            && d.Require(!Ceasings.AppealIsPending(d.State), "appeal-pending", "The family has appealed. The plan is maintained until the appeal is decided.")
            && d.Require(
                last < on, "appeal-may-come", last is { } day ? $"The plan is maintained until at least the end of {Words.Day(day, true)}." : "The family has not been sent the notice that the plan ceases.");
    }
}

/// <summary>The plan is no longer maintained.</summary>
/// <param name="On">First day on which the plan is not maintained.</param>
/// <param name="Reason">The reason, as a code of the SEN2 return.</param>
/// <param name="Considered">The reason for which the council had considered ceasing the plan, if that was a different one.</param>
public sealed record PlanCeased(DateOnly On, CeasingReason Reason, CeasingReason? Considered = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planCeased", "The plan is no longer maintained: the time to appeal had ended, or the appeal was decided.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Ceasing = (state.Ceasing ?? new PlanCeasing { Number = 1, ConsideredOn = Ceasings.DecidedOn(state) ?? On, Reason = Reason, Reasons = "", AnswerBy = On }) with { CeasedOn = On, Reason = Reason, Considered = Considered },
    };

    public override string Describe(TimelineContext context) => $"The plan has not been maintained since {Day(On)}.";

    public override string? Settles() => CeasingPlan.AttentionId;
}
