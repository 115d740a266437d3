using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A notice is no longer due to its recipient, because another recipient took this recipient's place, the recipient no longer
/// takes part, the request was withdrawn, or the notice was due because of a record that was a mistake. Only in the last case can the notice have been
/// sent; its recipient can no longer open it.</summary>
/// <param name="NoticeId">The notice.</param>
/// <param name="On">The day from which the notice was no longer due.</param>
/// <param name="ReplacedBy">The notice that the new recipient is sent instead, or null if there is no new recipient.</param>
/// <param name="Withdrawn">True if the notice was not sent because the request was withdrawn; otherwise null.</param>
public sealed record NoticeEnded(string NoticeId, DateOnly On, string? ReplacedBy = null, bool? Withdrawn = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("noticeEnded", "A notice is no longer due to its recipient, because another recipient took this recipient's place, the recipient no longer takes part, the request was withdrawn, or the notice was due because of a record that was a mistake.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => EndedNotices.SetAside(state with
    {
        Notices = Change(state.Notices, n => n.Id == NoticeId, n => n with { EndedOn = On, EndedByWithdrawal = Withdrawn }),
    });

    public override string Describe(TimelineContext context) => Withdrawn is true
        ? $"{context.OfNotice(NoticeId)} was not sent, because the request was withdrawn."
        : $"{context.OfNotice(NoticeId)} has not been due since {Day(On)}.";

    public override string? Settles() => Notices.PostId(NoticeId);
}

/// <summary>
/// Notices that ended before they were sent. They are kept apart from the notices that are due or were sent, so that nothing waits for them.
/// A sending that was under way when the notice ended is still recorded: the notice was then sent to the former recipient, and to nobody else.
/// </summary>
internal static class EndedNotices
{
    internal static bool Has(AssessmentState state, string noticeId) => state.EndedNotices.Count > 0 && state.EndedNotices.Any(n => n.Id == noticeId);

    /// <summary>Whether no notice is sent any more, because the request was withdrawn. A notice that did not arrive is then not sent
    /// again.</summary>
    internal static bool AreStopped(AssessmentState state) => state.Stage == Stage.Withdrawn;

    /// <summary>Sets aside each ended notice that is not on record as sent.</summary>
    internal static AssessmentState SetAside(AssessmentState state) => state.Notices.Any(IsSetAside)
        ? state with { Notices = [.. state.Notices.Where(n => !IsSetAside(n))], EndedNotices = [.. state.EndedNotices, .. state.Notices.Where(IsSetAside)] }
        : state;

    /// <summary>Returns an ended notice to the other notices, because it was sent after all.</summary>
    internal static AssessmentState TakeBack(AssessmentState state, string noticeId) => Has(state, noticeId)
        ? state with { Notices = [.. state.Notices, .. state.EndedNotices.Where(n => n.Id == noticeId)], EndedNotices = [.. state.EndedNotices.Where(n => n.Id != noticeId)] }
        : state;

    private static bool IsSetAside(Notice notice) => notice is { EndedOn: not null, SentOn: null };
}
