using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A notice was sent; the day of service is given if it is known.</summary>
/// <param name="NoticeId">The notice.</param>
/// <param name="SentOn">Day of sending.</param>
/// <param name="ServedOn">Day of service.</param>
/// <param name="Channel">How the notice was sent.</param>
/// <param name="Sending">Reference under which the hub sent the notice, or null if an officer sent it.</param>
/// <param name="Taken">The channel's reference for the notice.</param>
/// <param name="Letter">Hash of the letter that was sent, hexadecimal.</param>
public sealed record NoticeSent(
    string NoticeId, DateOnly SentOn, DateOnly ServedOn, NoticeChannel Channel, string? Sending = null, string? Taken = null, string? Letter = null)
    : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("noticeSent", "A notice was sent; the day of service is given if it is known.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state)
    {
        var all = EndedNotices.TakeBack(state, NoticeId);
        return all with
        {
            Notices = Change(
                all.Notices, n => n.Id == NoticeId, n => n with { SentOn = SentOn, ServedOn = ServedOn, Channel = Channel, Sending = Sending, Letter = Letter, ToFormerContact = null }),
        };
    }

    public override string Describe(TimelineContext context) => $"{context.OfNotice(NoticeId)} was sent {Of(Channel)} on {Day(SentOn)}{(ServedOn == SentOn ? "" : $" and is treated as served on {Day(ServedOn)}")}.";
}
