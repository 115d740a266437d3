using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the statutory clock needs to know about an assessment.</summary>
internal static class ClockFacts
{
    internal static CaseFacts Of(AssessmentState state)
    {
        // A refusal that was overturned is still part of the case. The time limits that apply after a refusal are shown as met, and the
        // original time limits as replaced.
        var refused = state.AssessDecision is { Yes: false } || (state.AssessDecision is not null && Was(state, NoticeKind.WillNotAssess));
        var noPlan = state.PlanDecision is { Yes: false } || (state.PlanDecision is not null && Was(state, NoticeKind.NoPlan));
        var planIssued = SentToFamily(state, NoticeKind.FinalPlan);
        return new CaseFacts
        {
            Received = state.Facts!.ReceivedOn,
            Refused = refused,
            AgreedAfterRefusal = refused && state.AssessDecision is { Yes: true },
            RefusalNotified = refused ? SentToFamily(state, NoticeKind.WillNotAssess) : null,
            NoPlanNotified = noPlan ? SentToFamily(state, NoticeKind.NoPlan) : null,
            PlanIssued = planIssued,
            DraftServed = DraftServed(state),
            Advice = AdviceFacts(state),
            Exceptions = ExceptionFacts(state),
            InstitutionsConsulted = state.Institutions.Count == 0 ? [] : [.. state.Institutions.Select(i => new ConsultationFact(i.Institution.Id.Value, i.On))],
            Dispute = state.Mediation.Count + state.Appeal.Count + state.Recommendations.Count == 0 && state.RefusalReversedOn is null ? DisputeFacts.None : Dispute(state),
            PlanLife = state.Reviews.Count + state.Acts.Count + state.Amendments.Count + state.PhaseTransfers.Count == 0 && state.Ceasing is null && state.Detentions.Count == 0 && state.Reassessment is null && state.MovingTo is null && state.TakenOver is null && state.IcbChange is null && state.PlanBudget is null ? PlanLifeFacts.None : Reviews.Facts(state, planIssued),
            ReviewDecisionSent = Reviews.AppealableSentOn(state),
            PlanRefusalOverturned = noPlan && state.PlanDecision is { Yes: true },
            KeepsReplaced = true,
        };
    }

    /// <summary>The notice with which the newest draft was sent to the family.</summary>
    internal static Notice? NewestDraftNotice(AssessmentState state)
    {
        // The notices are searched only if there is a draft, because most turns happen before the first draft.
        return state.Plans.LastOrDefault(p => p.Kind == PlanKind.Draft)?.Version is { } version ? OfDraft(state, version) : null;
    }

    private static Notice? OfDraft(AssessmentState state, int version) => state.Notices.FirstOrDefault(n => n.Kind == NoticeKind.DraftPlan && n.PlanVersion == version);

    /// <summary>The day on which the last family member was served the newest draft, because each member has the full time for
    /// representations.</summary>
    private static DateOnly? DraftServed(AssessmentState state)
    {
        if (NewestDraftNotice(state) is not { } first || state.People.Count == 0)
        {
            return NewestDraftNotice(state)?.ServedOn;
        }

        var all = state.Notices.Where(n => n.To == RecipientRole.Family && n.Kind == NoticeKind.DraftPlan && n.PlanVersion == first.PlanVersion).ToList();
        return all.TrueForAll(n => n.ServedOn is not null) ? all.Max(n => n.ServedOn) : null;
    }

    internal static ExceptionFact Fact(ClaimedException exception) => new(exception.Ground, exception.From, exception.To);

    private static AdviceFact Fact(AdviceRequest request) => new()
    {
        Key = request.Id,
        Kind = request.Kind,
        Requested = request.RequestedOn,
        ReceivedByBody = request.ReceivedByBodyOn,
        IsSection31Body = request.Duty == AnswerDuty.Section31Body,
    };

    // Written as a loop, like the rest of this file, because every turn runs this code and an assessment without claimed exceptions should
    // allocate no memory.
    private static AdviceFact[] AdviceFacts(AssessmentState state)
    {
        // Requests for advice for a review have no separate time limit, because the advice is due with the papers for the meeting.
        var count = 0;
        for (var n = 0; n < state.Requests.Count; n++)
        {
            count += state.Requests[n].Review is null ? 1 : 0;
        }

        var facts = count == 0 ? [] : new AdviceFact[count];
        for (int n = 0, at = 0; n < state.Requests.Count; n++)
        {
            if (state.Requests[n].Review is null)
            {
                facts[at++] = Fact(state.Requests[n]);
            }
        }

        return facts;
    }

    private static IReadOnlyList<ExceptionFact> ExceptionFacts(AssessmentState state)
    {
        List<ExceptionFact>? facts = null;
        foreach (var exception in state.Exceptions)
        {
            if (!exception.TakenBack)
            {
                (facts ??= []).Add(Fact(exception));
            }
        }

        for (var n = 0; n < state.Requests.Count; n++)
        {
            var request = state.Requests[n];
            for (var day = 0; day < request.MissedAppointments.Count; day++)
            {
                (facts ??= []).Add(new ExceptionFact(Ground.MissedAppointment, request.MissedAppointments[day], request.MissedAppointments[day], request.Id));
            }
        }

        return facts ?? (IReadOnlyList<ExceptionFact>)[];
    }

    // A day that was set for the notice of an earlier appeal has passed when the next decision is sent.
    private static DateOnly? AppealDay(AssessmentState state, DateOnly? since) => state.TribunalDays.LastOrDefault(set => set.For == TribunalDayFor.Appeal)?.Day is { } day && !(day < since) ? day : null;

    private static bool Was(AssessmentState state, NoticeKind kind)
    {
        for (var n = 0; n < state.Notices.Count; n++)
        {
            if (state.Notices[n].Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    private static DateOnly? SentToFamily(AssessmentState state, NoticeKind kind)
    {
        for (var n = state.Notices.Count - 1; n >= 0; n--)
        {
            if (state.Notices[n] is { To: RecipientRole.Family, Person: null } notice && notice.Kind == kind)
            {
                return notice.SentOn;
            }
        }

        return null;
    }

    private static DisputeFacts Dispute(AssessmentState state)
    {
        DateOnly? Day(MediationStep step) => state.Mediation.LastOrDefault(m => m.Step == step)?.On;
        IReadOnlyList<RemedyFact> Remedies(AppealStep step) =>
            [.. state.Appeal.Where(a => a.Step == step && a.Remedy is not null).Select(a => new RemedyFact(a.Remedy!.Value, a.On, a.OtherDate, a.InTime ?? true))];

        return new DisputeFacts
        {
            MediationDeclined = Day(MediationStep.NotWanted),
            MediationRequested = Day(MediationStep.Wanted),
            HealthIssuesRaised = Day(MediationStep.HealthIssuesRaised),
            IcbNotifiedOfMediation = Day(MediationStep.HealthIssuesPassed),
            MediationNotArranged = Day(MediationStep.NotArranged),
            MediationEnded = Day(MediationStep.Ended),
            CertificateIssued = Day(MediationStep.CertificateIssued),
            Agreements = [.. state.Mediation.Where(m => m is { Step: MediationStep.Agreed, Remedy: not null }).Select(m => new RemedyFact(m.Remedy!.Value, m.On, m.OtherDate))],
            AppealsSentToCouncil = state.Appeal.Count == 0 ? [] : Appeals.Facts(state),
            AppealDaySetByTribunal = AppealDay(state, Reviews.AppealableSentOn(state)),
            RefusalReversed = state.RefusalReversedOn,
            RecommendationsReceived = state.Recommendations.Count == 0 ? [] : [.. state.Recommendations.Select(r => r.ReceivedOn)],
            Concessions = Remedies(AppealStep.Conceded),
            Orders = Remedies(AppealStep.Ordered),
        };
    }
}
