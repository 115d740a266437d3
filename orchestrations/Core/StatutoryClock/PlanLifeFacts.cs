namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>When a plan was made and reviewed.</summary>
/// <param name="FirstMade">The day on which the plan was first made, which an amendment does not change (CFA 2014 s44(1)).</param>
/// <param name="LastReviewed">The day on which the last review of the plan was completed.</param>
public sealed record PlanDays(DateOnly FirstMade, DateOnly? LastReviewed = null)
{
    /// <summary>The day from which the next review's twelve months run.</summary>
    public DateOnly Latest => LastReviewed ?? FirstMade;
}

/// <summary>A plan that this council transferred to another council.</summary>
/// <param name="On">The day of the move.</param>
/// <param name="AwareOn">The day on which the council became aware of the move.</param>
public sealed record MovedOutFact(DateOnly On, DateOnly AwareOn);

/// <summary>A plan that was transferred to this council (reg 15).</summary>
/// <param name="TransferredOn">The day on which the plan was transferred.</param>
/// <param name="Plan">When the plan was made and reviewed; null if the former council did not say.</param>
public sealed record MovedInFact(DateOnly TransferredOn, PlanDays? Plan);

/// <summary>A change of the responsible commissioning body (reg 16).</summary>
/// <param name="On">The day on which the new body (ICB) became responsible.</param>
/// <param name="AwareOn">The day on which the former ICB became aware of the change.</param>
/// <param name="ByMove">Whether the family moved between councils on that day.</param>
/// <param name="CannotSince">If the new ICB cannot arrange the provision, the day on which it became aware that it is responsible.</param>
/// <param name="RequestedOn">The day on which the council received the new ICB's request to assess or to review.</param>
public sealed record IcbChangeFact(DateOnly On, DateOnly AwareOn, bool ByMove, DateOnly? CannotSince = null, DateOnly? RequestedOn = null);

/// <summary>The last detention in youth accommodation of somebody who has a plan (CFA 2014 ss48, 74).</summary>
/// <param name="KnownOn">The day on which the council became aware of the detention; null if there was no plan yet.</param>
/// <param name="KeptSince">The first day on which the plan was kept for the detained person.</param>
/// <param name="MonitoredOn">The day on which the plan was last reviewed or considered in a monitoring meeting, or first made.</param>
/// <param name="ReleasedOn">The day of the release; null until then.</param>
public sealed record DetentionFact(DateOnly? KnownOn, DateOnly KeptSince, DateOnly MonitoredOn, DateOnly? ReleasedOn);

/// <summary>Events after a plan was issued. The day of a fact that has not happened is null, and then the time limits that depend on it do
/// not exist.</summary>
public sealed record PlanLifeFacts
{
    /// <summary>The facts about a plan for which none of the events in this record has happened.</summary>
    public static PlanLifeFacts None { get; } = new();

    /// <summary>The day of the meeting of the current review.</summary>
    public DateOnly? ReviewMeeting { get; init; }

    /// <summary>
    /// The day for which the review meeting is arranged, until it is known to have been held. Only the time limits counted back from the
    /// meeting use this day: the limits for the report and the decision run from the day on which the meeting was held.
    /// </summary>
    public DateOnly? ReviewArrangedFor { get; init; }

    /// <summary>The day on which the plan with the notice of proposed amendments was served (reg 22(2)(a)).</summary>
    public DateOnly? ProposalServed { get; init; }

    /// <summary>The day on which the notice of proposed amendments was sent, from which the time in reg 22(3) runs. If null, the day of
    /// service is used instead.</summary>
    public DateOnly? ProposalSent { get; init; }

    /// <summary>The day on which amendments were last proposed without a review (reg 28).</summary>
    public DateOnly? AmendmentProposed { get; init; }

    /// <summary>The day on which the council last decided not to amend the plan after all (reg 22(4)).</summary>
    public DateOnly? DecidedNotToAmendOn { get; init; }

    /// <summary>The day on which the council last considered ceasing the plan (reg 31(1)).</summary>
    public DateOnly? CeasingConsidered { get; init; }

    /// <summary>The day on which the council decided to cease the plan (reg 31(2)).</summary>
    public DateOnly? CeasingDecided { get; init; }

    /// <summary>When the plan was made and last reviewed.</summary>
    public PlanDays? Plan { get; init; }

    /// <summary>The calendar year of a transfer from secondary school to a post-16 institution (reg 18(1)(a)).</summary>
    public int? PhaseTransferPost16 { get; init; }

    /// <summary>The calendar year of a phase transfer into school or between schools (reg 18(1)(b)).</summary>
    public int? PhaseTransferSchool { get; init; }

    /// <summary>The day of a move from one post-16 institution to another (reg 18(2)).</summary>
    public DateOnly? Post16Move { get; init; }

    /// <summary>The family's move to another council's area.</summary>
    public MovedOutFact? MovedOut { get; init; }

    /// <summary>The transfer of the plan from another council.</summary>
    public MovedInFact? MovedIn { get; init; }

    /// <summary>The last change of the responsible integrated care board (ICB).</summary>
    public IcbChangeFact? IcbChange { get; init; }

    /// <summary>The first day of the direct payments of a personal budget.</summary>
    public DateOnly? DirectPaymentsBegan { get; init; }

    /// <summary>The day of the last review meeting that was held while direct payments were being made.</summary>
    public DateOnly? ReviewHeldWithDirectPayments { get; init; }

    /// <summary>The day on which a re-assessment last began while direct payments were being made.</summary>
    public DateOnly? ReassessedWithDirectPayments { get; init; }

    /// <summary>The day on which a re-assessment was requested (reg 25).</summary>
    public DateOnly? ReassessmentRequested { get; init; }

    /// <summary>The last detention, if a plan was kept during it.</summary>
    public DetentionFact? Detention { get; init; }

    /// <summary>The day on which the family was notified that there will be a re-assessment, or the council itself decided on one (reg
    /// 27(2)).</summary>
    public DateOnly? ReassessmentAgreed { get; init; }
}
