namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>What a status of Notify means.</summary>
internal enum NotifyStanding
{
    /// <summary>Notify has it and has not passed it on, such as a letter that is not printed yet.</summary>
    Waiting,

    /// <summary>It left Notify.</summary>
    OnItsWay,

    /// <summary>It reached the mailbox or the telephone. Letters have no such status.</summary>
    Delivered,

    /// <summary>It was not sent, or could not be delivered.</summary>
    Failed,
}

/// <summary>The statuses of GOV.UK Notify, by the kind of notification.</summary>
internal static class NotifyStatus
{
    internal static NotifyStanding Of(string status, string? type) => (type, status) switch
    {
        // A letter that is "received" was printed and posted; it keeps this status even when it is returned.
        ("letter", "received" or "sending" or "delivered") => NotifyStanding.OnItsWay,
        ("letter", "accepted" or "created" or "pending-virus-check") => NotifyStanding.Waiting,
        (_, "delivered") => NotifyStanding.Delivered,
        (_, "created" or "sending" or "pending" or "sent") => NotifyStanding.OnItsWay,
        (_, "permanent-failure" or "temporary-failure" or "technical-failure" or "cancelled" or "virus-scan-failed" or "validation-failed") => NotifyStanding.Failed,
        _ => NotifyStanding.Waiting,
    };
}
