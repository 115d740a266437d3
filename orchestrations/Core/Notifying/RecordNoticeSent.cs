namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that a notice was sent by means other than the hub (posted or delivered by hand).</summary>
/// <param name="NoticeId">The notice, as listed in the assessment.</param>
/// <param name="SentOn">Day on which the notice was sent. Sending it meets most limits.</param>
/// <param name="ServedOn">Day of service, if known to differ from the day in the rules. The family's 15 days run from the day of
/// service.</param>
/// <param name="Channel">How the notice was sent.</param>
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
