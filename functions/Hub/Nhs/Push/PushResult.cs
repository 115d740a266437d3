namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>The result of an attempt to send something to a body.</summary>
public enum PushOutcome
{
    /// <summary>The body has received what the hub sent, exactly once.</summary>
    Done,

    /// <summary>The attempt failed, but the same attempt may succeed later.</summary>
    Transient,

    /// <summary>The body refuses what the hub sent, so sending it again does not help.</summary>
    Permanent,

    /// <summary>An officer, or somebody at the body, must correct something first.</summary>
    NeedsHuman,
}

/// <summary>The result of one attempt.</summary>
/// <param name="End">Whether the attempt succeeded, or what to do next.</param>
/// <param name="Detail">After success, the body's reference for the Task. After a failure, the problem, without the body's own text, which
/// may contain personal data.</param>
/// <param name="RetryAfter">The time that the body asked the hub to wait before the next attempt.</param>
public sealed record PushResult(PushOutcome End, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>
    /// Whether the endpoint refuses to return the resource, either to anybody or to the hub, or no longer has the resource (401, 403, 404,
    /// 405, 410, 501).
    /// </summary>
    internal bool IsRefusal { get; init; }

    internal static PushResult Done(string reference) => new(PushOutcome.Done, reference);

    internal static PushResult Transient(string why, TimeSpan? retryAfter = null) => new(PushOutcome.Transient, why, retryAfter);

    internal static PushResult Permanent(string why) => new(PushOutcome.Permanent, why);

    internal static PushResult NeedsHuman(string why) => new(PushOutcome.NeedsHuman, why);
}
