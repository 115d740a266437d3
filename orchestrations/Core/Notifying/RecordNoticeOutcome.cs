using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What happened to a notice after it was sent.</summary>
public enum NoticeOutcome
{
    /// <summary>The channel reports that the notice reached the mailbox.</summary>
    Delivered,

    /// <summary>The notice could not be delivered.</summary>
    Failed,

    /// <summary>The notice was returned.</summary>
    Returned,
}

/// <summary>
/// Record what happened to a notice after it was sent: the channel reports this, or an officer records that the letter was returned. A
/// notice that failed or was returned has not been given.
/// </summary>
/// <param name="NoticeId">The notice, as listed in the assessment.</param>
/// <param name="Outcome">What happened to the notice.</param>
/// <param name="On">Day on which the notice was delivered, failed or was returned.</param>
/// <param name="Evidence">Evidence without personal data, such as the channel's report.</param>
/// <param name="Sending">Reference of the sending that the outcome is about, or null if an officer sent the notice.</param>
public sealed record RecordNoticeOutcome(string NoticeId, NoticeOutcome Outcome, DateOnly On, string Evidence, string? Sending = null)
    : AssessmentInput, IStep<RecordNoticeOutcome>
{
    public static StepDefinition<RecordNoticeOutcome> Definition { get; } = new("record-notice-outcome", "Record that a notice was delivered, failed or was returned")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Hub],
        Law = "Interpretation Act 1978 s7",
        Example = """{ "noticeId": "willAssess-family", "outcome": "returned", "on": "2026-06-20", "evidence": "Came back, marked gone away" }""",
        Days = x => [
            x.Past(
                "On", "The day on which the notice was delivered, failed or was returned", i => i.On,
                (s, i) => new(s.Notices.FirstOrDefault(n => n.Id == i.NoticeId)?.SentOn, "the day of sending")),
        ],
    };

    internal override void Decide(Deciding d)
    {
        var notice = d.State.Notices.FirstOrDefault(n => n.Id == NoticeId);
        if (!d.Require(notice is not null, "unknown-notice", "There is no such notice in this assessment.")
            || !d.Require(notice!.SentOn is not null, "not-sent", "This notice is not on record as sent.")
            || !d.Require(
                d.By.Role != ActorRole.Hub || notice.Sending == Sending, "another-sending", "The report is about an earlier sending of the notice, not the last sending on record.")
            || !InputChecks.Text(d, Evidence, "The evidence"))
        {
            return;
        }

        if (Outcome != NoticeOutcome.Delivered)
        {
            NotGiven(d, notice);
        }
        else if (d.Require(notice.DeliveredOn is null, "already-delivered", "The delivery is already on record."))
        {
            d.Happened(new NoticeDelivered(notice.Id, On, Evidence));
        }
    }

    private void NotGiven(Deciding d, Notice notice)
    {
        d.Happened(new NoticeNotGiven(notice.Id, On, Outcome == NoticeOutcome.Returned, Evidence));
        if (notice.EndedOn is not null)
        {
            // The notice was sent to a former recipient, to whom it is no longer due.
            return;
        }

        if (EndedNotices.AreStopped(d.State))
        {
            d.Happened(new NoticeEnded(notice.Id, d.Today, Withdrawn: true));
            return;
        }

        var how = Outcome == NoticeOutcome.Returned ? "was returned" : "could not be delivered";
        var what = $"The notice \"{Words.Of(notice.Kind)}\" to {notice.Agency?.Name ?? Words.Of(notice.To)} {how} ({Evidence}). "
            + "The notice has not been given. Find out how to reach the recipient, send the notice again and record the day.";
        if (notice.Sending is not { } sending)
        {
            d.AskAttention(Notices.PostId(notice.Id), what);
            return;
        }

        // The outcome is recorded as a failed effect, so that an officer can have the hub send the notice again once the address is right.
        d.Happened(new EffectFailed(new FailedEffect(sending, new SendNotice(notice.Id), EffectOutcome.NeedsHuman, Evidence, On)));
        d.AskAttention(Effects.AttentionId(sending), what);
    }
}

/// <summary>A notice was delivered, as its channel reports.</summary>
public sealed record NoticeDelivered(string NoticeId, DateOnly On, string Evidence) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("noticeDelivered", "A notice was delivered, as its channel reports.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) =>
        state with { Notices = Change(state.Notices, n => n.Id == NoticeId, n => n with { DeliveredOn = On }) };

    public override string Describe(TimelineContext context) => $"{context.OfNotice(NoticeId)} was delivered on {Day(On)}.";

    public override string? Note() => Evidence;
}

/// <summary>A notice that was sent did not reach its recipient, or was returned. The notice has not been given, and the duty to give it is
/// open again.</summary>
/// <param name="NoticeId">The notice.</param>
/// <param name="On">Day on which the notice failed or was returned.</param>
/// <param name="Returned">True if the notice was returned, false if it could not be delivered.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record NoticeNotGiven(string NoticeId, DateOnly On, bool Returned, string Evidence) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("noticeNotGiven", "A notice that was sent could not be delivered, or was returned. The duty to give the notice is open again.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state)
    {
        // A final plan that did not reach one of the three recipients has not been sent to all of them (reg 13(2)). A plan that has ceased,
        // or that another council maintains, is not sent again.
        var reopened = MaintainedPlan.IsMaintainedHere(state) && state.Notices.Any(n => n.Id == NoticeId && n.Kind == NoticeKind.FinalPlan)
            ? state with { Stage = Stage.Finalising, FinalPlanSentOn = null }
            : state;
        return EndedNotices.SetAside(reopened with { Notices = Change(state.Notices, n => n.Id == NoticeId, Reopen) });
    }

    public override string Describe(TimelineContext context) =>
        $"{context.OfNotice(NoticeId)} {(Returned ? "was returned" : "could not be delivered")} on {Day(On)} and must be sent again.";

    public override string? Note() => Evidence;

    private Notice Reopen(Notice notice) => notice with
    {
        SentOn = null,
        ServedOn = null,
        Channel = null,
        DeliveredOn = null,
        Sending = null,
        Letter = null,
        Setbacks = [.. notice.Setbacks ?? [], new NoticeDeliveryProblem(notice.SentOn, On, Returned, Evidence)],
    };
}
