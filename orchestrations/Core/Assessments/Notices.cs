using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Notices, one for each recipient. A limit is met by sending to everybody who must be told, so each is planned when it becomes due and
/// recorded when it was sent.
/// </summary>
internal static class Notices
{
    /// <summary>Post counts as served on the second working day after posting, unless another day is known. Interpretation Act 1978 s7 says "in the ordinary course of post"; the two days are practice.</summary>
    private const int WorkingDaysInPost = 2;

    /// <summary>The ICB, social care and the setting: those notified under reg 4(2).</summary>
    internal static void TellPartners(Deciding d, NoticeKind kind)
    {
        Tell(d, kind, RecipientRole.Icb, d.Facts.Icb);
        Tell(d, kind, RecipientRole.SocialCare, d.Rules.Council.SocialCare);
        if (d.Facts.Setting is { } setting)
        {
            Tell(d, kind, RecipientRole.Setting, setting);
        }
    }

    internal static void Tell(Deciding d, NoticeKind kind, RecipientRole to, Agency? agency = null, int? planVersion = null, string? exceptionId = null)
    {
        var id = string.Join('-', new[] { Camel(kind), planVersion?.ToString(System.Globalization.CultureInfo.InvariantCulture), exceptionId, Camel(to) }.Where(part => part is not null));
        if (d.State.Notices.Any(n => n.Id == id))
        {
            return;
        }

        d.Happened(new NoticePlanned(new Notice { Id = id, Kind = kind, To = to, Agency = agency, PlanVersion = planVersion, ExceptionId = exceptionId }));
        if (to == RecipientRole.Family && d.Facts.Family.ElectronicServiceAgreedOn is null)
        {
            d.AskAttention(PostId(id), $"Send by post to the family and record the day: {Words.Of(kind)}.");
        }
        else
        {
            d.Must(new SendNotice(id));
        }
    }

    internal static void RecordSent(Deciding d, RecordNoticeSent input)
    {
        var notice = d.State.Notices.FirstOrDefault(n => n.Id == input.NoticeId);
        if (!d.Require(notice is not null, "unknown-notice", "There is no such notice in this assessment.")
            || !d.Require(notice!.SentOn is null, "already-sent", "This notice was sent already.")
            || !Form.Day(d, input.SentOn, "The day of sending"))
        {
            return;
        }

        var served = input.ServedOn ?? (input.Channel == NoticeChannel.Post ? WorkingCalendar.England.Add(input.SentOn, WorkingDaysInPost) : input.SentOn);
        if (d.Require(served >= input.SentOn, "served-before-sent", "A notice cannot be served before it is sent."))
        {
            Sent(d, notice, input.SentOn, served, input.Channel);
        }
    }

    internal static void SentElectronically(Deciding d, string noticeId, DateOnly on)
    {
        if (d.State.Notices.FirstOrDefault(n => n.Id == noticeId) is { SentOn: null } notice)
        {
            Sent(d, notice, on, on, NoticeChannel.Electronic);
        }
    }

    internal static string PostId(string noticeId) => $"post-{noticeId}";

    private static void Sent(Deciding d, Notice notice, DateOnly sentOn, DateOnly servedOn, NoticeChannel channel)
    {
        d.Happened(new NoticeSent(notice.Id, sentOn, servedOn, channel));
        if (d.State.Attention.Any(a => a.Id == PostId(notice.Id)))
        {
            d.Happened(new AttentionResolved(PostId(notice.Id), "sent"));
        }

        if (notice.Kind == NoticeKind.FinalPlan)
        {
            Finalising.FinalNoticeSent(d);
        }
    }

    private static string Camel<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
