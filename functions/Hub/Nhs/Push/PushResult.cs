namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>How an attempt to tell a body something ended.</summary>
public enum PushEnd
{
    /// <summary>It has it, once.</summary>
    Done,

    /// <summary>Not now; the same may succeed later.</summary>
    Transient,

    /// <summary>It refuses what we say; saying it again changes nothing.</summary>
    Permanent,

    /// <summary>A person must put something right first, here or there.</summary>
    NeedsHuman,
}

/// <summary>The end of one attempt.</summary>
/// <param name="End">Done, or what must follow.</param>
/// <param name="Detail">Done: their reference of the Task. Otherwise what went wrong, without personal data and without their words, which may hold some.</param>
/// <param name="RetryAfter">How long they asked us to wait.</param>
public sealed record PushResult(PushEnd End, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>The endpoint gives the resource to nobody, or not to the hub, or has it no longer (401, 403, 404, 405, 410, 501): it says nothing about what it holds.</summary>
    internal bool IsRefusal { get; init; }

    internal static PushResult Done(string reference) => new(PushEnd.Done, reference);

    internal static PushResult Transient(string why, TimeSpan? retryAfter = null) => new(PushEnd.Transient, why, retryAfter);

    internal static PushResult Permanent(string why) => new(PushEnd.Permanent, why);

    internal static PushResult NeedsHuman(string why) => new(PushEnd.NeedsHuman, why);
}
