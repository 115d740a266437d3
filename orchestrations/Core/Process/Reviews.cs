using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The reviews of a plan: which review is current, and what must be known about the reviews to calculate the limits.</summary>
public static class Reviews
{
    /// <summary>
    /// The last review that was arranged, whose time limits are shown until the next review is arranged; null before the first review.
    /// </summary>
    internal static PlanReview? Current(AssessmentState state) => state.Reviews.Count == 0 ? null : state.Reviews[^1];

    /// <summary>
    /// The day by which everyone was given notice of the meeting: the recorded day, or the day on which the last of the council's own
    /// invitations was served, whichever came first. A school that holds the meeting sends its own invitations, and the council records that.
    /// </summary>
    internal static DateOnly? InvitedOn(AssessmentState state, PlanReview review) =>
        review.ArrangedBy == ReviewArranger.Council && InvitationsServedOn(state, review.MeetingOn) is { } served && !(review.InvitedOn < served) ? served : review.InvitedOn;

    /// <summary>The kind of notice that gives a decision after a review.</summary>
    internal static NoticeKind NoticeOf(ReviewChoice decided) => decided switch
    {
        ReviewChoice.Keep => NoticeKind.PlanKeptAfterReview,
        ReviewChoice.Amend => NoticeKind.PlanToBeAmended,
        ReviewChoice.Cease => NoticeKind.PlanCeases,
        _ => throw new ArgumentOutOfRangeException(nameof(decided), decided, "Choose a decision that can be made after a review."),
    };

    /// <summary>
    /// The day on which the decision was sent to the last family member or to the institution, whichever was later. This completes the review;
    /// the decision alone does not.
    /// </summary>
    /// <param name="state">The case.</param>
    /// <param name="review">The review.</param>
    public static DateOnly? NotifiedOn(AssessmentState state, PlanReview review) =>
        review.Decided is { } decided ? LastDay(state, NoticeOf(decided), review.Number, notice => notice.SentOn, institution: true) : null;

    /// <summary>
    /// The events on which the time limits that apply to an issued plan depend. Before the first of these events, only the
    /// limit for the first review runs.
    /// </summary>
    internal static PlanLifeFacts Facts(AssessmentState state, DateOnly? planIssued)
    {
        var lastReviewed = LastReviewed(state);
        var current = Current(state);
        var movedIn = MovedIn(state, lastReviewed);
        var plan = movedIn?.Plan is not null ? null
            : state.TakenOver is { Plan: var taken } ? Days(state, taken.IssuedOn, lastReviewed ?? taken.LastReviewedOn)
            : lastReviewed is null ? null : Days(state, planIssued, lastReviewed);
        var transfer = PhaseTransfers.Awaited(state);
        if (current is null && plan is null && transfer is null && movedIn is null && state.MovingTo is null && state.Amendments.Count == 0 && state.Detentions.Count == 0 && state.Ceasing is null && state.Reassessment is null && state.IcbChange is null && state.PlanBudget is null)
        {
            return PlanLifeFacts.None;
        }

        var shown = Amendments.Shown(state);
        return new PlanLifeFacts
        {
            ReviewMeeting = current?.HeldOn,
            ReviewArrangedFor = current is { HeldOn: null } ? current.MeetingOn : null,
            ProposalServed = shown is not null ? Amendments.Proposed(state, shown, n => n.ServedOn) : OlderProposal(state, current, n => n.ServedOn),
            ProposalSent = shown is not null ? Amendments.Proposed(state, Amendments.First(state, shown), n => n.SentOn) : OlderProposal(state, current, n => n.SentOn),
            AmendmentProposed = shown?.Notice == NoticeKind.AmendmentProposed ? shown.ProposedOn : null,
            DecidedNotToAmendOn = shown?.Outcome == AmendmentOutcome.NotAmended ? shown.OutcomeOn : null,
            CeasingConsidered = state.Ceasing?.ConsideredOn,
            CeasingDecided = Ceasings.DecidedOn(state),
            ReassessmentRequested = state.Reassessment?.AskedOn,
            ReassessmentAgreed = Reassessments.BeganOn(state),
            PhaseTransferPost16 = transfer is { Transfer: TransferOfPhase.SecondaryToPost16 } ? transfer.On.Year : null,
            PhaseTransferSchool = transfer is { Transfer: not (TransferOfPhase.SecondaryToPost16 or TransferOfPhase.BetweenPost16) } ? transfer.On.Year : null,
            Post16Move = transfer is { Transfer: TransferOfPhase.BetweenPost16 } ? transfer.On : null,
            Plan = plan,
            MovedIn = movedIn,
            MovedOut = state.MovingTo is { } move ? new MovedOutFact(move.On, move.AwareOn) : null,
            DirectPaymentsBegan = PlanBudgets.PaidSince(state),
            ReviewHeldWithDirectPayments = PlanBudgets.IfPaid(state, current?.HeldOn),
            Detention = Detentions.Fact(state, planIssued, lastReviewed),
            ReassessedWithDirectPayments = PlanBudgets.IfPaid(state, Reassessments.BeganOn(state)),
            IcbChange = state.IcbChange is { } icb ? new IcbChangeFact(icb.On, icb.AwareOn, icb.ByMove, icb.CannotOn is null ? null : icb.NewAwareOn, icb.RequestedOn) : null,
        };
    }

    // If the date of a meeting changes, new invitations are sent, so only the last invitations for the current date are used.
    private static DateOnly? InvitationsServedOn(AssessmentState state, DateOnly meeting)
    {
        int? occasion = null;
        DateOnly? last = null;
        for (var n = state.Notices.Count - 1; n >= 0; n--)
        {
            if (state.Notices[n] is { Kind: NoticeKind.ReviewInvited } invitation && invitation.Day == meeting && (occasion ??= invitation.Occasion) == invitation.Occasion)
            {
                if (invitation.ServedOn is not { } served)
                {
                    return null;
                }

                last = last > served ? last : served;
            }
        }

        return last;
    }

    // Reg 15(5) sets the date of the first review of a plan that another council transferred, and later dates depend on that first review.
    // The family must still be told of the transfer (reg 15(4)) if the review comes first.
    private static MovedInFact? MovedIn(AssessmentState state, DateOnly? lastReviewed) =>
        state is { Stage: Stage.PlanIssued, TakenOver.Plan: { TransferredOn: { } transferred } taken }
            ? new MovedInFact(transferred, lastReviewed is null ? new PlanDays(taken.IssuedOn, taken.LastReviewedOn) : null) : null;

    // A proposal recorded by an earlier version of the hub, which did not store amendments.
    private static DateOnly? OlderProposal(AssessmentState state, PlanReview? review, Func<Notice, DateOnly?> day) =>
        review?.Decided == ReviewChoice.Amend && state.Amendments.All(a => a.Review != review.Number) ? LastDay(state, NoticeKind.PlanToBeAmended, review.Number, day, institution: false) : null;

    /// <summary>The day on which the last review was completed, taken from its notices or, in older records, from a recorded act.</summary>
    internal static DateOnly? LastReviewed(AssessmentState state)
    {
        DateOnly? last = null;
        for (var n = 0; n < state.Reviews.Count; n++)
        {
            last = Later(last, NotifiedOn(state, state.Reviews[n]));
        }

        for (var n = 0; n < state.Acts.Count; n++)
        {
            last = state.Acts[n].Act == Act.ReviewDecided ? Later(last, state.Acts[n].On) : last;
        }

        return last;
    }

    /// <summary>Whether the last review of a plan that was taken over is unknown and no review has been completed here.</summary>
    internal static bool IsLastUnknown(AssessmentState state) =>
        state.TakenOver is { Plan: { LastReviewedOn: null, NeverReviewed: false } } && LastReviewed(state) is null;

    /// <summary>
    /// The day on which the family was sent the latest decision on an issued plan against which it can appeal: maintained, ceased, amended,
    /// or not amended after all.
    /// </summary>
    internal static DateOnly? AppealableSentOn(AssessmentState state)
    {
        var last = state.TakenOver is { Plan: var taken } ? Later(taken.IssuedOn, taken.LastReviewedOn) : null;
        for (var n = 0; n < state.Notices.Count; n++)
        {
            if (state.Notices[n] is { To: RecipientRole.Family, Person: null, SentOn: not null } notice && notice.Kind.IsAppealableLater())
            {
                last = Later(last, notice.SentOn);
            }
        }

        return last;
    }

    // Once the plan has ceased or been transferred, its time limits are still shown but no longer apply.
    private static PlanDays? Days(AssessmentState state, DateOnly? planIssued, DateOnly? lastReviewed) =>
        planIssued is { } made && state.Stage == Stage.PlanIssued ? new PlanDays(made, lastReviewed) : null;

    /// <summary>
    /// The day by which every family member (and, if the caller asks for this, the institution) had received a notice; null until then.
    /// </summary>
    internal static DateOnly? LastDay(AssessmentState state, NoticeKind kind, int occasion, Func<Notice, DateOnly?> day, bool institution)
    {
        DateOnly? last = null;
        for (var n = 0; n < state.Notices.Count; n++)
        {
            // If a plan ceases without a review, the notice names the plan's version and does not belong to a review.
            var notice = state.Notices[n];
            if (notice.Kind == kind && notice.Occasion == occasion && (kind != NoticeKind.PlanCeases || notice.PlanVersion is null)
                && (notice.To == RecipientRole.Family || (institution && notice.To == RecipientRole.NamedInstitution)))
            {
                if (day(notice) is not { } on)
                {
                    return null;
                }

                last = Later(last, on);
            }
        }

        return last;
    }

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other ?? one : one;
}
