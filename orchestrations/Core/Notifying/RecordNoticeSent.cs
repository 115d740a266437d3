namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A notice was sent by other means than the hub's own (posted, handed over).</summary>
/// <param name="NoticeId">The notice, as listed in the assessment.</param>
/// <param name="SentOn">Day it was sent: most limits are met by sending.</param>
/// <param name="ServedOn">Day it was served, where that is known to be another day; the family's 15 days run from it.</param>
/// <param name="Channel">How it was sent.</param>
public sealed record RecordNoticeSent(string NoticeId, DateOnly SentOn, NoticeChannel Channel, DateOnly? ServedOn = null) : AssessmentInput, IStep<RecordNoticeSent>
{
    public static StepDefinition<RecordNoticeSent> Definition { get; } = new("record-notice-sent", "Record a notice sent by other means")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "Education Act 1996 s572",
        Example = """
            {
              "noticeId": "willAssess-family",
              "sentOn": "2026-06-10",
              "channel": "post",
              "servedOn": "2026-06-12"
            }
            """,
        Days = x => [
            x.Past(
                "SentOn", "The day of sending", i => i.SentOn,
                (s, _) => DatedFacts.Request(s),
                (s, i) => DatedFacts.Reason(s, s.Notices.FirstOrDefault(n => n.Id == i.NoticeId)),
                (s, i) => DatedFacts.LastSetback(s, i.NoticeId)),
            x.Past("ServedOn", "The day of service", i => i.ServedOn, (_, i) => new(i.SentOn, "the day of sending")),
        ],
    };

    internal override void Decide(Deciding d) => Notices.RecordSent(d, this);
}
