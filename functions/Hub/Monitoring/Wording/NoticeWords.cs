using IntegrationHub.Functions.Notices;

namespace IntegrationHub.Functions.Monitoring.Wording;

/// <summary>
/// What the monitor shows of a notice. Messages about a request for advice are shown as they were sent. For a letter or a reminder of a
/// time limit, only the fact that it was sent is shown, because its text can say that somebody is detained.
/// </summary>
public static class NoticeWords
{
    private static readonly string[] AboutAdvice =
        ["reminder", "reminderOverdue", "escalation", "declined", "insufficient", "byHand", "adviceRequest", "adviceAgain", "adviceWithdrawn", "adviceCorrected"];

    /// <summary>Whether the text of a notice is shown.</summary>
    public static bool ShowsText(KeptNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Wordings is { Count: > 0 } wordings && wordings.All(AboutAdvice.Contains);
    }

    /// <summary>The role that was notified, without its agency, for example "commissioner".</summary>
    public static string To(KeptNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.To[(notice.To.LastIndexOf(", ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..] switch
        {
            "family" => "the family",
            var person when person.StartsWith("family/", StringComparison.Ordinal) => "the family",
            "notices" => "an agency",
            var role => role,
        };
    }

    /// <summary>The subject line, or what kind of message a notice is if its subject line is not shown.</summary>
    public static string Subject(KeptNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return ShowsText(notice) ? notice.Subject
            : notice.Wordings is { Count: > 0 } wordings && wordings.All(wording => wording.StartsWith("duty", StringComparison.Ordinal)) ? "A reminder of a time limit"
            : "A letter or a reminder";
    }
}
