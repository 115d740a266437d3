using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What those who run the hub may do to an assessment: never its content, always with a reason on record.</summary>
internal static class Operating
{
    private const int LongestPauseDays = 28;
    private const int LongestLinkDays = 366;

    internal static void Remind(Deciding d, RemindNow input)
    {
        if (Open(d, input.RequestId) is { Agency: { } agency } request
            && d.Require(request.RemindedByHandOn != d.Today, "already-today", "A reminder of this request was sent by hand today already.")
            && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new RemindedByHand(request.Id, d.Today, input.Reason));
            d.Must(new SendReminder(request.Id, agency.Id, FormattableString.Invariant($"by-hand@{d.Today:yyyy-MM-dd}")));
        }
    }

    internal static void SendAgain(Deciding d, SendRequestAgain input)
    {
        if (Open(d, input.RequestId) is { Agency: { } agency } request
            && d.Require(request.SentAgainOn != d.Today, "already-today", "This request was sent again today already.")
            && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new RequestSentAgain(request.Id, d.Today, input.Reason));
            d.Must(new SendAdviceRequest(request.Id, agency.Id));
        }
    }

    internal static void Retry(Deciding d, RetryEffect input)
    {
        if (Failed(d, input.EffectId) is { } failed && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new EffectRetried(failed.EffectId, input.Reason));
            Resolve(d, failed, "tried again");
            d.Must(failed.Effect with { Repeats = failed.Effect.Repeats ?? failed.EffectId });
        }
    }

    internal static void Abandon(Deciding d, AbandonEffect input)
    {
        if (Failed(d, input.EffectId) is { } failed && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new EffectAbandoned(failed.EffectId, input.Reason));
            Resolve(d, failed, "given up");
        }
    }

    internal static void Pause(Deciding d, PauseChasing input)
    {
        if (Form.Open(d)
            && d.Require(input.Until >= d.Today, "day-in-past", "The last day of the pause has passed.")
            && d.Require(input.Until <= d.Today.AddDays(LongestPauseDays), "pause-too-long", $"Chasing is paused for at most {LongestPauseDays} days at a time.")
            && d.Require(d.State.ChasingPausedUntil != input.Until, "already-paused", "Chasing is paused up to that day already.")
            && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new ChasingPaused(input.Until, input.Reason));
        }
    }

    internal static void Resume(Deciding d, ResumeChasing input)
    {
        if (d.Require(d.State.ChasingPausedUntil >= d.Today, "not-paused", "Chasing is not paused.") && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new ChasingResumed(input.Reason));
        }
    }

    internal static void Issue(Deciding d, IssueFamilyLink input)
    {
        if (Form.Id(d, input.LinkId, "The link's id")
            && d.Require(d.State.FamilyLinks.All(l => l.Id != input.LinkId), "already-issued", "A link with this id was issued already.")
            && d.Require(input.ExpiresOn >= d.Today, "day-in-past", "The link's last day has passed.")
            && d.Require(input.ExpiresOn <= d.Today.AddDays(LongestLinkDays), "link-too-long", $"A link opens for at most {LongestLinkDays} days."))
        {
            d.Happened(new FamilyLinkIssued(input.LinkId, d.Today, input.ExpiresOn));
        }
    }

    internal static void Revoke(Deciding d, RevokeFamilyLink input)
    {
        if (d.Require(d.State.FamilyLinks.Any(l => l.Id == input.LinkId), "unknown-link", "No link with this id was issued.")
            && d.Require(d.State.FamilyLinks.Any(l => l.Id == input.LinkId && !l.Revoked), "already-revoked", "This link was revoked already.")
            && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new FamilyLinkRevoked(input.LinkId, input.Reason));
        }
    }

    private static AdviceRequest? Open(Deciding d, string requestId)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == requestId);
        return Form.Open(d)
            && d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            && d.Require(request!.IsOpen, "request-settled", "This request is settled.")
            && d.Require(request.Agency is not null, "family-is-asked", "The family is not reminded by the system; speak to it.")
                ? request
                : null;
    }

    private static FailedEffect? Failed(Deciding d, string effectId)
    {
        var failed = d.State.FailedEffects.FirstOrDefault(f => f.EffectId == effectId);
        return d.Require(failed is not null, "not-failed", "No failed effect with this id waits. One that is still being tried goes on by itself.") ? failed : null;
    }

    private static void Resolve(Deciding d, FailedEffect failed, string how)
    {
        if (d.State.Attention.Any(a => a.Id == Effects.AttentionId(failed.EffectId)))
        {
            d.Happened(new AttentionResolved(Effects.AttentionId(failed.EffectId), how));
        }
    }
}
