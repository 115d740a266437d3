using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Record that a notice (with its draft or plan) or a request for advice never arrived. The notice or request is sent again, and the second
/// sending counts. The record of the first sending is not removed.
/// </summary>
/// <param name="Reason">How it is known that nothing arrived, for instance "returned by the post" or "the trust has no such
/// request".</param>
/// <param name="NoticeId">The notice, or null.</param>
/// <param name="RequestId">The request for advice, or null.</param>
public sealed record RecordNotArrived(string Reason, string? NoticeId = null, string? RequestId = null) : AssessmentInput, IStep<RecordNotArrived>
{
    public static StepDefinition<RecordNotArrived> Definition { get; } = new("record-not-arrived", "Record that a notice or request never arrived, and send it again")
    {
        Corrects = true,
        Senders = [ActorRole.CouncilOfficer],
        Law = "Interpretation Act 1978 s7; SEND Regs 2014 reg 13(1)",
        Example = """
            { "reason": "Returned by the post: gone away.", "noticeId": "draftPlan-1-family" }
            """,
    };

    internal override void Decide(Deciding d)
    {
        if (!InputChecks.Text(d, Reason, "The reason")
            || !d.Require(NoticeId is null != RequestId is null, "one-thing", "Name either the notice or the request that did not arrive, but not both."))
        {
            return;
        }

        if (NoticeId is { } noticeId)
        {
            OfNotice(d, noticeId, Reason);
        }
        else
        {
            OfRequest(d, RequestId!, Reason);
        }
    }

    private static void OfNotice(Deciding d, string noticeId, string reason)
    {
        var notice = d.State.Notices.FirstOrDefault(n => n.Id == noticeId);
        if (!d.Require(notice is not null, "unknown-notice", "There is no such notice in this assessment.")
            || !d.Require(notice!.SentOn is not null, "not-sent", "This notice has not been sent.")
            || !d.Require(notice.EndedOn is null && !EndedNotices.AreStopped(d.State), "no-longer-due", "This notice is no longer due to this recipient.")
            || !d.Require(
                notice.Kind != NoticeKind.DraftPlan || (d.State.Stage == Stage.Consulting && ClockFacts.NewestDraftNotice(d.State)?.Id == noticeId),
                "overtaken",
                "This draft has been replaced by a later draft or by the final plan. Correct the records that are based on this draft instead."))
        {
            return;
        }

        d.Happened(new SendingNotArrived(reason, d.Today, notice.SentOn!.Value, noticeId));
        Notices.Send(d, d.State.Notices.First(n => n.Id == noticeId));
    }

    private static void OfRequest(Deciding d, string requestId, string reason)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == requestId);
        if (!d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            || !d.Require(
                request is { Status: RequestStatus.Delivered, Agency: not null, ReceivedByBodyOn: not null },
                "not-delivered",
                "Only a request that is recorded as delivered, and that the receiver has not acknowledged, can be recorded as not arrived."))
        {
            return;
        }

        d.Happened(new SendingNotArrived(reason, d.Today, request!.RequestedOn, RequestId: requestId));
        d.AddEffect(new SendAdviceRequest(requestId, request.Agency!.Id));
    }
}

/// <summary>A notice or a request for advice never arrived.</summary>
/// <param name="Reason">How it is known that nothing arrived.</param>
/// <param name="On">Day on which the council recorded that nothing arrived.</param>
/// <param name="SentOn">Day on which the notice or request had been sent.</param>
/// <param name="NoticeId">The notice, or null.</param>
/// <param name="RequestId">The request for advice, or null.</param>
/// <param name="IsNotSentAgain">True if an officer must first put the address right; otherwise null.</param>
public sealed record SendingNotArrived(string Reason, DateOnly On, DateOnly SentOn, string? NoticeId = null, string? RequestId = null, bool? IsNotSentAgain = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("sendingNotArrived", "A notice or a request for advice never arrived and is sent again.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => NoticeId is { } notice
        ? state with
        {
            Notices = [.. state.Notices.Select(n => n.Id == notice ? n with { SentOn = null, ServedOn = null, Channel = null, Sending = null, Letter = null, NotArrived = (n.NotArrived ?? 0) + 1 } : n)],
            // The plan has not been sent to everybody after all. A plan that has ceased, or that another council maintains, is not sent
            // again.
            Stage = MaintainedPlan.IsMaintainedHere(state) && IsFinalPlan(state, notice) ? Stage.Finalising : state.Stage,
            FinalPlanSentOn = IsFinalPlan(state, notice) && (MaintainedPlan.IsMaintainedHere(state) || state.Stage != Stage.PlanIssued) ? null : state.FinalPlanSentOn,
        }
        : state with
        {
            // A request that was taken over is now sent by the hub, so the adviser's own system knows of it from now on.
            Requests =
            [
                .. state.Requests.Select(r => r.Id == RequestId
                    ? r with { Status = RequestStatus.Requested, StatusOn = On, StatusReason = Reason, ReceivedByBodyOn = null, SentAgainOn = IsNotSentAgain is true ? null : r.TakenOverOn is null ? r.SentAgainOn : On }
                    : r),
            ],
        };

    public override string Describe(TimelineContext context) =>
        $"{(NoticeId is { } notice ? context.OfNotice(notice) : Capitalise($"the request for {context.OfRequest(RequestId!)}"))} was sent on {Day(SentOn)} and never arrived{(IsNotSentAgain is true ? ". It must be sent again." : ", so it is being sent again.")}";

    public override string? Note() => Reason;

    private static bool IsFinalPlan(AssessmentState s, string noticeId) => s.Notices.Any(n => n.Id == noticeId && n.Kind == NoticeKind.FinalPlan);
}
