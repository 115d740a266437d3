namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Corrects the day on which a case ended here: by a withdrawal, a move or the end of the plan.</summary>
internal static class EndCorrections
{
    /// <summary>The state with the true day of the end of the assessment.</summary>
    internal static AssessmentState WithEnd(AssessmentState s, RecordCorrected e) => s.EndedOn == e.WasOn && e.On is { } day ? s with { EndedOn = day } : s;

    /// <summary>The state with the true day of the move. A change of ICB that was recorded for the day of the move is on that day too (reg
    /// 16).</summary>
    internal static AssessmentState WithMove(AssessmentState s, PlanMove move, RecordCorrected e) => e.On is not { } day ? s with { MovingTo = null } : s with
    {
        MovingTo = move with { On = day },
        IcbChange = IsOfMove(s, e.WasOn) ? s.IcbChange! with { On = day } : s.IcbChange,
    };

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
}
