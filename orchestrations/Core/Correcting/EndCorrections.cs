using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Corrects the end of a case here, by a withdrawal, a move or the end of the plan: its day, or that it did not happen.</summary>
internal static class EndCorrections
{
    /// <summary>The state with the true day of the end of the assessment, or without the end if it did not happen.</summary>
    internal static AssessmentState WithEnd(AssessmentState s, RecordCorrected e) => s.EndedOn != e.WasOn ? s
        : e.On is { } day ? s with { EndedOn = day }
        : s with { Stage = StageBefore(s), EndedOn = null, Notices = [.. s.Notices.Select(n => IsWithheld(s, n) ? n with { EndedOn = null, EndedByWithdrawal = null } : n)] };

    /// <summary>The state with the true day of the end of the plan, or without the end if it did not happen.</summary>
    internal static AssessmentState WithCeasing(AssessmentState s, RecordCorrected e) => s.Ceasing is not { } ceasing || ceasing.CeasedOn != e.WasOn ? s
        : e.On is { } day ? s with { Ceasing = ceasing with { CeasedOn = day } }
        : s with { Ceasing = WasConsidered(ceasing) ? ceasing with { CeasedOn = null, Reason = ReasonBefore(ceasing), Considered = null } : null };

    /// <summary>The state with the true day of the move, or without the move if it did not happen. A change of ICB that was recorded for the
    /// day of the move is on that day too (reg 16).</summary>
    internal static AssessmentState WithMove(AssessmentState s, RecordCorrected e) => s.MovingTo is not { } move ? s
        : e.Which == RecordCorrected.Aware ? (move.AwareOn == e.WasOn && e.On is { } known ? s with { MovingTo = move with { AwareOn = known } } : s)
        : move.On != e.WasOn ? s
        : e.On is not { } day ? s with { MovingTo = null }
        : s with { MovingTo = move with { On = day }, IcbChange = IsOfMove(s, e.WasOn) ? s.IcbChange! with { On = day } : s.IcbChange };

    /// <summary>Whether the last change of ICB was recorded for the day of this move.</summary>
    internal static bool IsOfMove(AssessmentState s, DateOnly moved) => s.IcbChange is { ByMove: true } change && change.On == moved;

    /// <summary>The first event that the true day cannot precede.</summary>
    internal static DatedFact NotBefore(AssessmentState s, MistakenRecord record) => record == MistakenRecord.Ceasing ? DatedFacts.PlanSent(s) : DatedFacts.Request(s);

    /// <summary>The event that the true day cannot follow. Once the family has been sent the plan, the request cannot be withdrawn (reg
    /// 14).</summary>
    internal static DatedFact NotAfter(AssessmentState s, MistakenRecord record) => record == MistakenRecord.Withdrawal
        ? new(s.Notices.Where(n => n is { Kind: NoticeKind.FinalPlan, To: RecipientRole.Family }).Min(n => n.SentOn), "the day on which the family was sent the final plan")
        : default;

    /// <summary>Whether the plan could cease on the true day: the time to appeal had ended (CFA 2014 s45(4)) and nobody was detained
    /// (s74). After a death neither is required.</summary>
    internal static bool MayHaveCeased(Deciding d, DateOnly on) => d.State.Ceasing?.Reason == CeasingReason.Died
        || (d.Require(!Detentions.Covers(d.State, on), "detained", "The child or young person was detained on that day, when the plan was kept.") && RecordPlanCeased.MayHaveCeased(d, on));

    /// <summary>
    /// The case as if it had not ended, or null if the correction does not move the end to a later day. A time limit that fell between the
    /// wrong day and the true day had to be met, so it is recorded as missed if it was not.
    /// </summary>
    internal static AssessmentState? WithoutEnd(AssessmentState state, CorrectRecord input) => !(input.On > input.WasOn) ? null : input.Record switch
    {
        MistakenRecord.Ceasing => state with { Ceasing = state.Ceasing! with { CeasedOn = null } },
        MistakenRecord.Withdrawal => state with { Stage = Stage.Assessing, EndedOn = null },
        MistakenRecord.Move when state.Stage == Stage.Moved => state with { Stage = Stage.Assessing, EndedOn = null },
        _ => null,
    };

    // An assessment that has not ended is at the stage of its newest plan or, before there is a plan, of its last decision. A decision that
    // was referred back is not in the state.
    private static Stage StageBefore(AssessmentState s) => s switch
    {
        { Plans: [.., { Kind: PlanKind.Draft }] } => Stage.Consulting,
        { Plans.Count: > 0 } => Stage.Finalising,
        { PlanDecision.Yes: true } => Stage.Drafting,
        { AssessDecision.Yes: true } => Stage.Assessing,
        _ => Stage.Considering,
    };

    // Whether a notice was being sent when the request was withdrawn, and reached somebody to whom it is still due.
    private static bool IsWithheld(AssessmentState s, Notice notice) => notice is { SentOn: not null, EndedOn: not null }
        && (notice.EndedByWithdrawal is true || notice.Kind == NoticeKind.FinalPlan)
        && ChangedRecipients.IsStillDue(s, notice);

    // A plan that ceased after a review or a death was not considered separately, and no reasons were recorded for it.
    private static bool WasConsidered(PlanCeasing ceasing) => ceasing.Reasons.Length > 0;

    // Earlier versions of the hub did not record the reason that was considered. No letters consult on ceasing a plan after a death.
    private static CeasingReason ReasonBefore(PlanCeasing ceasing) => ceasing.Considered ?? (ceasing.Reason == CeasingReason.Died ? CeasingReason.Other : ceasing.Reason);
}
