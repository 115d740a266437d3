namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>What a Notify status means for the notice.</summary>
internal enum NotifyStanding
{
    /// <summary>Notify has the notification but has not passed it on; for example, a letter has not been printed yet.</summary>
    Waiting,

    /// <summary>Notify has passed the notification on.</summary>
    OnItsWay,

    /// <summary>The notification reached the mailbox or the telephone. Letters never have this status.</summary>
    Delivered,

    /// <summary>The notification was not sent, or could not be delivered.</summary>
    Failed,
}

/// <summary>Translates the statuses of GOV.UK Notify for each kind of notification.</summary>
internal static class NotifyStatus
{
    internal static NotifyStanding Of(string status, string? type) => (type, status) switch
    {
        // A letter that is "received" was printed and posted; the letter keeps this status even if it is returned.
        ("letter", "received" or "sending" or "delivered") => NotifyStanding.OnItsWay,
        ("letter", "accepted" or "created" or "pending-virus-check") => NotifyStanding.Waiting,
        (_, "delivered") => NotifyStanding.Delivered,
        (_, "created" or "sending" or "pending" or "sent") => NotifyStanding.OnItsWay,
        (_, "permanent-failure" or "temporary-failure" or "technical-failure" or "cancelled" or "virus-scan-failed" or "validation-failed") => NotifyStanding.Failed,
        _ => NotifyStanding.Waiting,
    };
}
