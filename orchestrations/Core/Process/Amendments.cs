namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Amendments of a plan that was issued: which amendment is open, when its notices were sent, and how it ended.</summary>
public static class Amendments
{
    /// <summary>The last amendment that was proposed and neither finished nor abandoned, or null if there is none.</summary>
    public static PlanAmendment? Open(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Amendments.Count > 0 && state.Amendments[^1] is { Outcome: null } open ? open : null;
    }

    /// <summary>
    /// The proposal on which the family can make representations. The family can comment on the open proposal, or on the last proposal if
    /// the council has already decided on it and no other review is arranged. Late representations are still recorded.
    /// </summary>
    public static PlanAmendment? Answerable(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Open(state) ?? (state.Amendments is [.., { Outcome: AmendmentOutcome.Amended or AmendmentOutcome.NotAmended } last] && last.ReviewsThen == state.Reviews.Count && MaintainedPlan.IsMaintainedHere(state) ? last : null);
    }

    /// <summary>The notices with which a proposal was sent to the family.</summary>
    public static IEnumerable<Notice> ProposalNoticesToFamily(AssessmentState state, PlanAmendment amendment)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(amendment);
        return state.Notices.Where(n => n.Kind == amendment.Notice && n.To == RecipientRole.Family && n.Occasion == OccasionOf(amendment));
    }

    /// <summary>Whether the plan in force can be changed: it must be maintained, and its lines must be known.</summary>
    internal static bool MayBeChanged(Deciding d, string whatFor) =>
        InputChecks.At(d, whatFor, Stage.PlanIssued)
        && d.Require(
            d.State.NewestPlan is not null || d.State.TakenOver is null, "plan-text-unknown", "The plan was taken over and the hub does not have its text. Enter the text of the plan first.")
        && d.Require(d.State.NewestPlan is not null, "no-plan-here", "The plan was not prepared in the hub, so its lines are not known.")
        && MaintainedPlan.Require(d, whatFor);

    /// <summary>The state without those edits that are not yet in any version of the plan.</summary>
    internal static AssessmentState WithoutPendingEdits(AssessmentState state) =>
        state.NewestPlan is { } plan ? state with { Edits = [.. state.Edits.Where(e => e.Amends != plan.Version)] } : state;

    /// <summary>Refuses the step unless the family is being consulted on a draft or on a proposal to amend.</summary>
    internal static bool Consulted(Deciding d, string whatFor) => (d.State.Stage == Stage.PlanIssued && Open(d.State) is not null) || InputChecks.At(d, whatFor, Stage.Consulting);

    /// <summary>The version of the plan that is being consulted on: the newest draft, or the proposed amended plan.</summary>
    internal static int? VersionConsulted(AssessmentState state) => state.Stage == Stage.PlanIssued ? Open(state)?.Version : ClockFacts.NewestDraftNotice(state)?.PlanVersion;

    /// <summary>
    /// The amendment whose time limits are shown: the open amendment, or a finished amendment until everybody has been notified and the next
    /// review is arranged.
    /// </summary>
    internal static PlanAmendment? Shown(AssessmentState state) => state.Amendments.Count > 0 && state.Amendments[^1] is var last
        && (last.Outcome is null || last.ReviewsThen == state.Reviews.Count || FinishedOn(state, last) is null) ? last : null;

    /// <summary>The day on which the last family member was sent, or served, the newest proposal; null until then.</summary>
    internal static DateOnly? Proposed(AssessmentState state, PlanAmendment amendment, Func<Notice, DateOnly?> day) =>
        Reviews.LastDay(state, amendment.Notice, OccasionOf(amendment), day, institution: false);

    private static int OccasionOf(PlanAmendment amendment) => amendment.Review is { } review && amendment.Notice == NoticeKind.PlanToBeAmended ? review : amendment.Number;

    /// <summary>The first of a series of proposals that replaced each other. The time limits of the first proposal continue.</summary>
    internal static PlanAmendment First(AssessmentState state, PlanAmendment amendment)
    {
        var at = state.Amendments.Count - 1;
        while (at >= 0 && state.Amendments[at].Number != amendment.Number)
        {
            at--;
        }

        while (at > 0 && state.Amendments[at - 1].Outcome == AmendmentOutcome.ProposedAgain)
        {
            at--;
        }

        return state.Amendments[at];
    }

    /// <summary>The day on which the last recipient was sent the amended plan, or the notice that the plan stays unchanged; null until
    /// then.</summary>
    internal static DateOnly? FinishedOn(AssessmentState state, PlanAmendment amendment)
    {
        DateOnly? last = null;
        for (var n = 0; n < state.Notices.Count && amendment.Outcome is not null; n++)
        {
            var notice = state.Notices[n];
            var ends = amendment.Outcome == AmendmentOutcome.Amended
                ? notice.Kind == NoticeKind.AmendedPlan && notice.PlanVersion == amendment.Version
                : notice.Kind == NoticeKind.NotAmendedAfterAll && notice.Occasion == amendment.Number;
            if (ends)
            {
                if (notice.SentOn is not { } on)
                {
                    return null;
                }

                last = last is null || on > last ? on : last;
            }
        }

        return last;
    }

    /// <summary>The earliest day, not before <paramref name="from"/>, on which an amendment was finished; null if there is none. After a
    /// review, the time limit runs from the review meeting.</summary>
    internal static DateOnly? Finished(AssessmentState state, DateOnly from, int? review)
    {
        DateOnly? first = null;
        for (var n = 0; n < state.Amendments.Count; n++)
        {
            var amendment = state.Amendments[n];
            if ((review is null || amendment.Review == review) && FinishedOn(state, amendment) is { } day && day >= from && !(first <= day))
            {
                first = day;
            }
        }

        return first;
    }
}
