using System.Globalization;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The day on which one of the listed acts was done in a case. Every act must be listed in this file, because otherwise a rule could name
/// an act that can never be done.
/// </summary>
internal static class ActDays
{
    /// <summary>The day on which the act was done, or null if it has not been done.</summary>
    /// <param name="act">The act.</param>
    /// <param name="state">The case.</param>
    /// <param name="limit">The time limit that the act meets or ends. Some acts concern only the request, institution or remedy
    /// to which the limit applies.</param>
    internal static DateOnly? Of(Act act, AssessmentState state, Limit limit) => act switch
    {
        Act.FamilyConsulted => state.ConsultedOn,
        Act.AssessDecided => state.AssessDecision?.On,
        Act.PlanAgreed => state.PlanDecision is { Yes: true } agreed ? agreed.On : null,
        Act.Ended when limit.Rule.Starts == StartEvent.InstitutionConsulted && state.FinalPlanSentOn < limit.From => ConsultationOver(state, limit.From),
        Act.Ended => state.Stage.HasEnded() ? state.EndedOn ?? state.FinalPlanSentOn : null,
        Act.EndedWithoutPlan => state.Stage.HasEnded() ? state.EndedOn : null,
        Act.AdviceAnswered => Request(state, limit) switch
        {
            { IsToBeEntered: true } came => came.CameElsewhereOn,
            { Status: RequestStatus.Received } answered => AnsweredOn(state, answered),
            _ => null,
        },
        Act.AdviceNotOwed => Request(state, limit) is { Status: RequestStatus.Declined or RequestStatus.Withdrawn } settled ? settled.StatusOn : null,
        Act.InstitutionAnswered => Institution(state, limit.Key)?.AnsweredOn,
        Act.MeetingHeld => state.MeetingHeldOn,
        Act.HealthIssuesPassed => Mediation(state, MediationStep.HealthIssuesPassed, limit),
        Act.CertificateIssued => Mediation(state, MediationStep.CertificateIssued, limit),
        Act.MediationHeld => Earlier(Mediation(state, MediationStep.Ended, limit), Mediation(state, MediationStep.Agreed, limit)),
        Act.MediationNotArranged => Earlier(Mediation(state, MediationStep.NotArranged, limit), NoLongerWanted(state)),
        Act.AmendmentDecided => DecidedOnPlan(state, limit.From) is { Yes: true } amended ? amended.On : null,
        Act.NoChangeDecided => DecidedOnPlan(state, limit.From) is { Yes: false } kept ? kept.On : null,
        Act.AppealAnswered => Appeals.Of(state, limit) is { } appeal ? Appeals.AnsweredOn(state, appeal) : null,
        Act.AppealOver => Appeals.Of(state, limit)?.End?.On,
        Act.ReviewInvited when Reviews.Current(state) is { } review => Reviews.InvitedOn(state, review),
        Act.ReviewPapersSent when Reviews.Current(state) is { } review => review.PapersSentOn,
        Act.ReviewReportSent when Reviews.Current(state) is { } review => review.ReportSentOn,
        Act.KeptOrCeasedAfterReview => Reviews.Current(state) is { Decided: ReviewChoice.Keep or ReviewChoice.Cease } review ? review.DecidedOn : null,
        Act.TransferPlanSent => PhaseTransfers.SentOn(state),
        // An order, agreement or concession that came after the plan had ceased is not ended by that.
        Act.PlanCeased => state.Ceasing?.CeasedOn is { } ceased && (limit.Rule.Remedy is null || ceased >= limit.From) ? ceased : null,
        Act.DirectPaymentsReviewed => PlanBudgets.ReviewedSince(state, limit.From),
        Act.DirectPaymentsStopped => PlanBudgets.NotPaidSince(state, limit.Due ?? DateOnly.MaxValue),
        Act.NewIcbTold => NewIcbTold(state),
        Act.IcbRequested => state.IcbChange?.RequestedOn,
        Act.IcbArranges => state.IcbChange?.ArrangesOn,
        Act.IcbRequestCarriedOut => state.IcbChange?.CarriedOutOn,
        Act.ReleasedFromDetention => state.Detentions.Count == 0 ? null : state.Detentions[^1].ReleasedOn,
        Act.MonitoringMeetingHeld => Recorded(state, act, limit with { From = limit.From.AddDays(1) }),
        Act.FamilyToldOfTransfer => Earlier(Told(state, limit.From), Recorded(state, act, limit)),
        Act.ReassessmentDecided => Reassessments.NotifiedOn(state),
        Act.ReassessmentFinished => Reassessments.FinishedOn(state),
        Act.PlanHandedOn => MaintainedPlan.HandoverDay(state),
        Act.AmendmentFinished => Amendments.Finished(state, limit.From, limit.Rule.Starts == StartEvent.ReviewMeeting ? Reviews.Current(state)?.Number : null)
            ?? Recorded(state, act, limit),
        Act.ReviewDecided => Reviewed(state, limit) ?? (limit.Rule.Starts == StartEvent.PlanMadeOrReviewed ? null : Recorded(state, act, limit)),
        Act.RecommendationAnswered => RecommendationAnswered(state, limit),
        Act.RemedyCarriedOut when limit.Rule.Remedy == Remedy.CeasePlan && CeasedAsOrdered(state, limit.From) is { } ceased => Earlier(ceased, Recorded(state, act, limit)),
        Act.RemedyCarriedOut when limit.Rule.Remedy == Remedy.NotAppealable && Mediation(state, MediationStep.CarriedOut, limit) is { } carriedOut => carriedOut,
        _ => Recorded(state, act, limit),
    };

    // The first decision since the limit began to run; a later decision is about another re-assessment or referral by the Tribunal.
    private static MadeDecision? DecidedOnPlan(AssessmentState state, DateOnly from)
    {
        for (var n = 0; n < state.EarlierAmendDecisions.Count; n++)
        {
            if (state.EarlierAmendDecisions[n].On >= from)
            {
                return state.EarlierAmendDecisions[n];
            }
        }

        return state.AmendDecision is { } last && last.On >= from ? last : null;
    }

    // The first review that was completed since the limit began to run. Each review starts the time limit for the next review, and does not
    // meet the limit that it starts.
    private static DateOnly? Reviewed(AssessmentState state, Limit limit)
    {
        DateOnly? first = null;
        for (var n = 0; n < state.Reviews.Count; n++)
        {
            if (Reviews.NotifiedOn(state, state.Reviews[n]) is { } day && !(first <= day)
                && (limit.Rule.Starts == StartEvent.PlanMadeOrReviewed ? day > limit.From : day >= limit.From))
            {
                first = day;
            }
        }

        return first;
    }

    // The earliest day by which every member of the family had been sent one of the letters about the transfer.
    private static DateOnly? Told(AssessmentState state, DateOnly transferred)
    {
        DateOnly? first = null;
        for (var n = 0; n < state.Notices.Count; n++)
        {
            if (state.Notices[n] is { Kind: NoticeKind.TransferTold, Occasion: { } letter }
                && Reviews.LastDay(state, NoticeKind.TransferTold, letter, notice => notice.SentOn, institution: false) is { } day && day >= transferred)
            {
                first = Earlier(first, day);
            }
        }

        return first;
    }

    // An ICB that knows of a move in advance can tell the next ICB before the day of the move.
    private static DateOnly? NewIcbTold(AssessmentState state) => state.IcbChange is not { } change ? null
        : state.Acts.Skip(change.ActsBefore).Where(a => a.Act == Act.NewIcbTold && change.MayBeToldOn(a.On)).Select(a => (DateOnly?)a.On).Min();

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => other is null || one < other ? one : other;

    // The first act of this kind since the limit began to run, because last year's review does not meet this year's limit.
    private static DateOnly? Recorded(AssessmentState state, Act act, Limit limit)
    {
        DateOnly? first = null;
        for (var n = 0; n < state.Acts.Count; n++)
        {
            var done = state.Acts[n];
            if (done.Act == act && done.On >= limit.From && !(first <= done.On) && (act != Act.RemedyCarriedOut || done.Remedy == limit.Rule.Remedy))
            {
                first = done.On;
            }
        }

        return first;
    }

    /// <summary>The request to which a time limit applies.</summary>
    internal static AdviceRequest Request(AssessmentState state, Limit limit)
    {
        var id = limit.Key.AsSpan("advice:".Length);
        for (var n = 0; n < state.Requests.Count; n++)
        {
            if (id.SequenceEqual(state.Requests[n].Id))
            {
                return state.Requests[n];
            }
        }

        throw new InvalidOperationException("A limit refers to a request that is not in the assessment.");
    }

    /// <summary>The day on which the request was first answered. Advice that was corrected later counts as in time if the first version was
    /// in time, because a correction is not a new answer.</summary>
    private static DateOnly AnsweredOn(AssessmentState state, AdviceRequest request)
    {
        // Loops are used here, as in the other code that every turn runs, because closures, one for each limit, were the largest part of the
        // memory that a turn allocated.
        ReceivedAdvice? answer = null;
        for (var n = state.Advice.Count - 1; n >= 0 && answer is null; n--)
        {
            answer = state.Advice[n].RequestId == request.Id ? state.Advice[n] : null;
        }

        while (CorrectedBy(state, answer!.Id) is { } first)
        {
            answer = first;
        }

        // The first answer to a request that was taken over may have come to the earlier system.
        return request.CameElsewhereOn is { } day && IsFirstAnswer(state, answer) ? day : answer.ReceivedOn;
    }

    private static bool IsFirstAnswer(AssessmentState state, ReceivedAdvice answer) => state.Advice.First(a => a.RequestId == answer.RequestId).Id == answer.Id;

    private static ReceivedAdvice? CorrectedBy(AssessmentState state, string id)
    {
        for (var n = 0; n < state.Advice.Count; n++)
        {
            if (state.Advice[n].CorrectedBy == id)
            {
                return state.Advice[n];
            }
        }

        return null;
    }

    private static ConsultedInstitution? Institution(AssessmentState state, string key) =>
        state.Institutions.FirstOrDefault(i => key.EndsWith(i.Institution.Id.Value, StringComparison.Ordinal));

    // An order to cease the plan is carried out at once if the plan is not maintained from the next day.
    private static DateOnly? CeasedAsOrdered(AssessmentState state, DateOnly ordered) =>
        state.Ceasing?.CeasedOn is not { } ceased || ceased < ordered ? null : ceased == ordered ? ordered : ceased.AddDays(-1);

    // Each recommendation has its own answer. An answer belongs to the recommendation that was received first and is not yet answered.
    private static DateOnly? RecommendationAnswered(AssessmentState state, Limit limit)
    {
        var number = limit.Key.Length > limit.RuleKey.Length ? int.Parse(limit.Key.AsSpan(limit.RuleKey.Length + 1), CultureInfo.InvariantCulture) : 1;
        var waiting = Enumerable.Range(1, state.Recommendations.Count).OrderBy(n => state.Recommendations[n - 1].ReceivedOn).ToList();
        foreach (var answer in state.Acts.Where(a => a.Act == Act.RecommendationAnswered).OrderBy(a => a.On))
        {
            var answered = waiting.Find(n => state.Recommendations[n - 1].ReceivedOn <= answer.On);
            if (answered == number)
            {
                return answer.On;
            }

            waiting.Remove(answered);
        }

        return null;
    }

    // An institution that is consulted on an amended plan can answer until the council has decided on the amendment.
    private static DateOnly? ConsultationOver(AssessmentState state, DateOnly from) => Earlier(
        state.Amendments.FirstOrDefault(a => a.Outcome is AmendmentOutcome.Amended or AmendmentOutcome.NotAmended && a.OutcomeOn >= from)?.OutcomeOn,
        state.Ceasing?.CeasedOn);

    // A family that asked for mediation can say later that it does not want it after all.
    private static DateOnly? NoLongerWanted(AssessmentState state)
    {
        DateOnly? day = null;
        for (var n = state.Mediation.Count - 1; n >= 0 && state.Mediation[n].Step != MediationStep.Wanted; n--)
        {
            day = state.Mediation[n].Step == MediationStep.NotWanted ? state.Mediation[n].On : day;
        }

        return day;
    }

    private static DateOnly? Mediation(AssessmentState state, MediationStep step, Limit limit) =>
        state.Mediation.FirstOrDefault(m => m.Step == step && m.On >= limit.From)?.On;
}
