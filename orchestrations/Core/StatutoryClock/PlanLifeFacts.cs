namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>When a plan was made and reviewed.</summary>
/// <param name="FirstMade">Day on which it was first made; an amendment does not change it (CFA 2014 s44(1)).</param>
/// <param name="LastReviewed">Day on which its last review was completed.</param>
public sealed record PlanDays(DateOnly FirstMade, DateOnly? LastReviewed = null)
{
    /// <summary>The day from which the next review's twelve months run.</summary>
    public DateOnly Latest => LastReviewed ?? FirstMade;
}

/// <summary>A plan that this council transferred.</summary>
/// <param name="On">Day of the move.</param>
/// <param name="AwareOn">Day on which the council became aware of it.</param>
public sealed record MovedOutFact(DateOnly On, DateOnly AwareOn);

/// <summary>A plan that was transferred to this council (reg 15).</summary>
/// <param name="TransferredOn">Day of the transfer.</param>
/// <param name="Plan">When it was made and reviewed; null where the old council did not say.</param>
public sealed record MovedInFact(DateOnly TransferredOn, PlanDays? Plan);

/// <summary>A change of the responsible commissioning body (reg 16).</summary>
/// <param name="On">Day of the change.</param>
/// <param name="AwareOn">Day on which the ICB until then became aware of it.</param>
/// <param name="ByMove">Whether the family moved between councils on that day.</param>
/// <param name="CannotSince">Where the new ICB cannot arrange the provision: day on which it became aware that it is responsible.</param>
/// <param name="RequestedOn">Day on which the council had the new ICB's request to assess or to review.</param>
public sealed record IcbChangeFact(DateOnly On, DateOnly AwareOn, bool ByMove, DateOnly? CannotSince = null, DateOnly? RequestedOn = null);

/// <summary>The last detention in youth accommodation of somebody who has a plan (CFA 2014 ss48, 74).</summary>
/// <param name="KnownOn">Day on which the council became aware of it; null where there was no plan yet.</param>
/// <param name="KeptSince">First day on which the plan was kept.</param>
/// <param name="MonitoredOn">Day on which the plan was last reviewed or looked at in a monitoring meeting, or first made.</param>
/// <param name="ReleasedOn">Day of the release; null until then.</param>
public sealed record DetentionFact(DateOnly? KnownOn, DateOnly KeptSince, DateOnly MonitoredOn, DateOnly? ReleasedOn);

/// <summary>Events after a plan was issued. A fact that has not happened is null, and its limits do not exist.</summary>
public sealed record PlanLifeFacts
{
    /// <summary>No events.</summary>
    public static PlanLifeFacts None { get; } = new();

    /// <summary>Day of the meeting of the review under way.</summary>
    public DateOnly? ReviewMeeting { get; init; }

    /// <summary>
    /// Day for which that meeting is arranged, until it is known to have been held: only limits counted back from it run, because the
    /// report and the decision follow a meeting that was held.
    /// </summary>
    public DateOnly? ReviewArrangedFor { get; init; }

    /// <summary>Day on which the plan with the notice of proposed amendments was served (reg 22(2)(a)).</summary>
    public DateOnly? ProposalServed { get; init; }

    /// <summary>Day on which it was sent, where that is known; reg 22(3)'s time runs from it. Null: the day of service is used instead.</summary>
    public DateOnly? ProposalSent { get; init; }

    /// <summary>Day on which amendments were last proposed without a review (reg 28).</summary>
    public DateOnly? AmendmentProposed { get; init; }

    /// <summary>Day on which it was last decided not to amend the plan after all (reg 22(4)).</summary>
    public DateOnly? NotAmendedDecided { get; init; }

    /// <summary>Day on which ceasing was last considered (reg 31(1)).</summary>
    public DateOnly? CeasingConsidered { get; init; }

    /// <summary>Day on which it was decided to cease the plan (reg 31(2)).</summary>
    public DateOnly? CeasingDecided { get; init; }

    /// <summary>When the plan was made and last reviewed.</summary>
    public PlanDays? Plan { get; init; }

    /// <summary>Calendar year of a transfer from secondary school to a post-16 institution (reg 18(1)(a)).</summary>
    public int? PhaseTransferPost16 { get; init; }

    /// <summary>Calendar year of any other phase transfer (reg 18(1)(b)).</summary>
    public int? PhaseTransferSchool { get; init; }

    /// <summary>Day of a move between post-16 institutions at another time (reg 18(2)).</summary>
    public DateOnly? Post16Move { get; init; }

    /// <summary>The family moved away.</summary>
    public MovedOutFact? MovedOut { get; init; }

    /// <summary>The plan came from another council.</summary>
    public MovedInFact? MovedIn { get; init; }

    /// <summary>The last change of ICB.</summary>
    public IcbChangeFact? IcbChange { get; init; }

    /// <summary>First day of the direct payments of a personal budget.</summary>
    public DateOnly? DirectPaymentsBegan { get; init; }

    /// <summary>Day of the last review meeting that was held while direct payments were made.</summary>
    public DateOnly? ReviewHeldWithDirectPayments { get; init; }

    /// <summary>Day on which the last re-assessment began while direct payments were made.</summary>
    public DateOnly? ReassessedWithDirectPayments { get; init; }

    /// <summary>Day on which a re-assessment was requested (reg 25).</summary>
    public DateOnly? ReassessmentRequested { get; init; }

    /// <summary>The last detention, where a plan was kept in it.</summary>
    public DetentionFact? Detention { get; init; }

    /// <summary>Day on which the family was notified that there will be one, or the council itself decided on it (reg 27(2)).</summary>
    public DateOnly? ReassessmentAgreed { get; init; }
}
