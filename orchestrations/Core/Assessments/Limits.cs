using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>How a limit of an assessment stands.</summary>
public enum LimitStanding
{
    /// <summary>To be met by its day.</summary>
    Open,

    /// <summary>Met.</summary>
    Met,

    /// <summary>Met after its day.</summary>
    MetLate,

    /// <summary>Its day has passed unmet.</summary>
    Missed,

    /// <summary>It need not be met any more: the course of the case took it away.</summary>
    Fallen,

    /// <summary>A period given to others, or a date that only informs; nobody in the council meets it.</summary>
    Runs,
}

/// <summary>One limit of an assessment with how it stands on a day.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="MetOn">Day on which it was met.</param>
/// <param name="Awaits">Who or what is still missing.</param>
public sealed record LimitProgress(Limit Limit, LimitStanding Standing, DateOnly? MetOn, IReadOnlyList<string> Awaits);

/// <summary>Which limits an assessment has and how they stand.</summary>
public static class Limits
{
    /// <summary>All limits of an assessment, in the order of the rule set.</summary>
    public static IReadOnlyList<LimitProgress> Of(AssessmentState state, DateOnly today, Rules rules) => state.Facts is null
        ? []
        : [.. Clock.Limits(ClockFacts.Of(state), rules.Law, rules.Counting).Select(l => Progress(l, state, today))];

    /// <summary>
    /// Records each limit that passed unmet, once. A relieved one is recorded too, with its grounds: it is still shown and counted. So is
    /// one that was met late before the morning's wake-up could find it unmet: by a notice that went out at night, say.
    /// </summary>
    internal static void RecordMissed(Deciding d, IReadOnlyList<Limit> limits)
    {
        foreach (var limit in limits)
        {
            // The name last: it is a new text, and few limits that have passed were missed.
            if (limit.Due < d.Today
                && Progress(limit, d.State, d.Today).Standing is LimitStanding.Missed or LimitStanding.MetLate
                && !d.State.MissedLimits.Contains(MissedKey(limit)))
            {
                d.Happened(new LimitMissed(MissedKey(limit), limit.Due!.Value, [.. limit.RelievedBy.Select(Grounds.Name)]));
            }
        }
    }

    /// <summary>The first day after a limit that is still open, the earliest of all; null when none is.</summary>
    internal static DateOnly? NextMiss(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits)
    {
        DateOnly? next = null;
        foreach (var limit in limits)
        {
            if (limit.Due is { } due && due >= today && !(next <= due.AddDays(1)) && Progress(limit, state, today).Standing == LimitStanding.Open)
            {
                next = due.AddDays(1);
            }
        }

        return next;
    }

    /// <summary>How one limit stands.</summary>
    internal static LimitProgress Progress(Limit limit, AssessmentState state, DateOnly today)
    {
        var (standing, met, awaits) = limit.RuleKey switch
        {
            "consultFamily" => When(state.ConsultedOn, state.AssessDecision is not null, "consultation of the family"),
            "tellPartners" => Notices(state, NoticeKind.AssessmentConsidered),
            "notifyRefusalToAssess" or "decideWhetherToAssess" => state.AssessDecision is null
                ? When(null, state.Stage.HasEnded(), "the decision whether to assess")
                : Notices(state, state.AssessDecision.Yes ? NoticeKind.WillAssess : NoticeKind.WillNotAssess),
            "advice" or "adviceFromOthers" => Advice(state, limit.Key.AsSpan("advice:".Length)),
            "notifyNoPlan" => state.PlanDecision switch
            {
                { Yes: true } => (LimitStanding.Fallen, null, []),
                { Yes: false } => Notices(state, NoticeKind.NoPlan),
                _ => When(null, state.Stage.HasEnded(), "the decision whether to issue a plan"),
            },
            "draftBy" => When(FirstDraftSent(state), state.Stage.HasEnded(), "the draft plan"),
            "institutionResponse" => When(Institution(state, limit.Key)?.AnsweredOn, state.Stage.HasEnded(), "the institution's answer"),
            // Reg 14(2): it goes to the family with the plan; the other two recipients' copies do not hold it up.
            "finalPlanNotice" => When(state.Notices.LastOrDefault(n => n is { Kind: NoticeKind.FinalPlan, To: RecipientRole.Family })?.SentOn, false, "the notice to the family"),
            "finalPlan" => state.FinalPlanSentOn is null && state.Stage is Stage.RefusedToAssess or Stage.NoPlan or Stage.Withdrawn or Stage.Moved
                ? (LimitStanding.Fallen, null, [])
                : Final(state),
            "passHealthIssuesToIcb" => When(Mediation(state, MediationStep.HealthIssuesPassed), false, "passing the health issues to the ICB"),
            "mediationCertificate" or "mediationCertificateAfterMediation" or "deemedMediationCertificate"
                => When(Mediation(state, MediationStep.CertificateIssued), false, "the mediation certificate"),
            "arrangeMediation" or "arrangeHealthMediation" => When(Mediation(state, MediationStep.Ended), Mediation(state, MediationStep.NotArranged) is not null, "mediation"),
            "carryOutMediationAgreement" => When(Mediation(state, MediationStep.CarriedOut), false, "carrying out the mediation agreement"),
            _ => (LimitStanding.Runs, null, []),
        };

        if (standing == LimitStanding.Met && met > limit.Due)
        {
            standing = LimitStanding.MetLate;
        }
        else if (standing == LimitStanding.Open && limit.Due < today)
        {
            standing = LimitStanding.Missed;
        }

        return new LimitProgress(limit, standing, met, awaits);
    }

    /// <summary>A limit counted from a new start (a re-issued draft, say) is another limit, so its day is part of the name.</summary>
    private static string MissedKey(Limit limit) => FormattableString.Invariant($"{limit.Key}@{limit.Due:yyyy-MM-dd}");

    private static (LimitStanding Standing, DateOnly? Met, IReadOnlyList<string> Awaits) When(DateOnly? met, bool fallen, string awaits) => met is not null
        ? (LimitStanding.Met, met, [])
        : fallen ? (LimitStanding.Fallen, null, []) : (LimitStanding.Open, null, [awaits]);

    /// <summary>Met on the day on which the last of all who must be told was sent the notice.</summary>
    private static (LimitStanding Standing, DateOnly? Met, IReadOnlyList<string> Awaits) Notices(AssessmentState state, NoticeKind kind)
    {
        DateOnly? last = null;
        List<string>? unsent = null;
        for (var n = 0; n < state.Notices.Count; n++)
        {
            var notice = state.Notices[n];
            if (notice.Kind != kind)
            {
                continue;
            }

            if (notice.SentOn is not { } sent)
            {
                (unsent ??= []).Add(NoticeTo(notice.To));
            }
            else if (!(last >= sent))
            {
                last = sent;
            }
        }

        return last is not null && unsent is null
            ? (LimitStanding.Met, last, [])
            : (LimitStanding.Open, null, unsent ?? (IReadOnlyList<string>)[]);
    }

    private static readonly string[] NoticesTo = [.. Enum.GetValues<RecipientRole>().Select(to => $"notice to {Words.Of(to)}")];

    private static string NoticeTo(RecipientRole to) => NoticesTo[(int)to];

    private static (LimitStanding Standing, DateOnly? Met, IReadOnlyList<string> Awaits) Advice(AssessmentState state, ReadOnlySpan<char> requestId)
    {
        var request = Request(state, requestId);
        return request.Status switch
        {
            RequestStatus.Received => (LimitStanding.Met, state.Advice.Last(a => a.RequestId == request.Id).ReceivedOn, []),
            RequestStatus.Declined or RequestStatus.Withdrawn => (LimitStanding.Fallen, null, []),
            _ => (LimitStanding.Open, null, [Words.Of(request.Kind)]),
        };
    }

    private static AdviceRequest Request(AssessmentState state, ReadOnlySpan<char> id)
    {
        for (var n = 0; n < state.Requests.Count; n++)
        {
            if (id.SequenceEqual(state.Requests[n].Id))
            {
                return state.Requests[n];
            }
        }

        throw new InvalidOperationException("A limit is about a request that is not in the assessment.");
    }

    private static (LimitStanding Standing, DateOnly? Met, IReadOnlyList<string> Awaits) Final(AssessmentState state) => state.Stage == Stage.Finalising
        ? Notices(state, NoticeKind.FinalPlan)
        : When(state.FinalPlanSentOn, false, "the final plan");

    private static DateOnly? FirstDraftSent(AssessmentState state) =>
        state.Notices.FirstOrDefault(n => n is { Kind: NoticeKind.DraftPlan, SentOn: not null })?.SentOn;

    private static ConsultedInstitution? Institution(AssessmentState state, string key) =>
        state.Institutions.FirstOrDefault(i => key.EndsWith(i.Institution.Id.Value, StringComparison.Ordinal));

    private static DateOnly? Mediation(AssessmentState state, MediationStep step) => state.Mediation.FirstOrDefault(m => m.Step == step)?.On;
}
