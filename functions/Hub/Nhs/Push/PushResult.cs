namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>The result of an attempt to tell a body something.</summary>
public enum PushEnd
{
    /// <summary>The body has it, once.</summary>
    Done,

    /// <summary>Not now; the same may succeed later.</summary>
    Transient,

    /// <summary>The body refuses the content; sending it again changes nothing.</summary>
    Permanent,

    /// <summary>A person must correct something first, here or at the body.</summary>
    NeedsHuman,
}

/// <summary>The result of one attempt.</summary>
/// <param name="End">Done, or what to do next.</param>
/// <param name="Detail">Done: their reference for the Task. Otherwise what went wrong, without personal data and without their words, which
/// may contain some.</param>
/// <param name="RetryAfter">How long they asked us to wait.</param>
public sealed record PushResult(PushEnd End, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>
    /// Whether the endpoint does not return the resource to anybody, or not to the hub, or no longer has it (401, 403, 404, 405, 410, 501).
    /// </summary>
    internal bool IsRefusal { get; init; }

    internal static PushResult Done(string reference) => new(PushEnd.Done, reference);

    internal static PushResult Transient(string why, TimeSpan? retryAfter = null) => new(PushEnd.Transient, why, retryAfter);

    internal static PushResult Permanent(string why) => new(PushEnd.Permanent, why);

    internal static PushResult NeedsHuman(string why) => new(PushEnd.NeedsHuman, why);
}
