using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the statutory clock needs to know of an assessment.</summary>
internal static class ClockFacts
{
    internal static CaseFacts Of(AssessmentState state)
    {
        var refused = state.AssessDecision is { Yes: false };
        var noPlan = state.PlanDecision is { Yes: false };
        return new CaseFacts
        {
            Received = state.Facts!.ReceivedOn,
            Refused = refused,
            RefusalNotified = refused ? SentToFamily(state, NoticeKind.WillNotAssess) : null,
            NoPlanNotified = noPlan ? SentToFamily(state, NoticeKind.NoPlan) : null,
            PlanIssued = SentToFamily(state, NoticeKind.FinalPlan),
            DraftServed = NewestDraftNotice(state)?.ServedOn,
            Advice = AdviceFacts(state),
            Exceptions = ExceptionFacts(state),
            InstitutionsConsulted = state.Institutions.Count == 0 ? [] : [.. state.Institutions.Select(i => new ConsultationFact(i.Institution.Id.Value, i.On))],
            Dispute = state.Mediation.Count + state.Appeal.Count == 0 ? DisputeFacts.None : Dispute(state),
        };
    }

    /// <summary>The notice with which the newest draft went to the family.</summary>
    internal static Notice? NewestDraftNotice(AssessmentState state)
    {
        var version = state.Plans.LastOrDefault(p => p.Kind == PlanKind.Draft)?.Version;
        return version is null ? null : state.Notices.FirstOrDefault(n => n.Kind == NoticeKind.DraftPlan && n.PlanVersion == version);
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

    // Written out, as the rest of this file that every turn runs through: an assessment without exceptions allocates nothing for them.
    private static AdviceFact[] AdviceFacts(AssessmentState state)
    {
        var facts = state.Requests.Count == 0 ? [] : new AdviceFact[state.Requests.Count];
        for (var n = 0; n < facts.Length; n++)
        {
            facts[n] = Fact(state.Requests[n]);
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

    private static DateOnly? SentToFamily(AssessmentState state, NoticeKind kind)
    {
        for (var n = state.Notices.Count - 1; n >= 0; n--)
        {
            if (state.Notices[n] is { To: RecipientRole.Family } notice && notice.Kind == kind)
            {
                return notice.SentOn;
            }
        }

        return null;
    }

    private static DisputeFacts Dispute(AssessmentState state)
    {
        DateOnly? Day(MediationStep step) => state.Mediation.FirstOrDefault(m => m.Step == step)?.On;
        IReadOnlyList<RemedyFact> Remedies(AppealStep step) =>
            [.. state.Appeal.Where(a => a.Step == step && a.Remedy is not null).Select(a => new RemedyFact(a.Remedy!.Value, a.On, a.OtherDate))];

        return new DisputeFacts
        {
            ToldNoMediation = Day(MediationStep.NotWanted),
            MediationRequested = Day(MediationStep.Wanted),
            HealthIssuesRaised = Day(MediationStep.HealthIssuesRaised),
            BoardToldOfMediation = Day(MediationStep.HealthIssuesPassed),
            ToldMediationNotArranged = Day(MediationStep.NotArranged),
            MediationEnded = Day(MediationStep.Ended),
            CertificateIssued = Day(MediationStep.CertificateIssued),
            Agreements = [.. state.Mediation.Where(m => m is { Step: MediationStep.Agreed, Remedy: not null }).Select(m => new RemedyFact(m.Remedy!.Value, m.On, m.OtherDate))],
            AppealSentToCouncil = state.Appeal.FirstOrDefault(a => a.Step == AppealStep.Registered)?.On,
            Concessions = Remedies(AppealStep.Conceded),
            Orders = Remedies(AppealStep.Ordered),
        };
    }
}
