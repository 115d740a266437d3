namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Why a sender is not allowed to submit a step in this case, although it is allowed to submit steps of this kind.</summary>
/// <param name="Unknown">The kind of thing that does not exist for this sender, for example "request"; null if <paramref name="Reason"/> is
/// given.</param>
/// <param name="Reason">Why this sender is not allowed to submit the step.</param>
public sealed record SenderFault(string? Unknown, string? Reason)
{
    /// <summary>The error if the step is about something that does not exist, or whose existence this sender must not learn.</summary>
    public static SenderFault NotFound(string what) => new(what, null);

    /// <summary>The error if only somebody else is allowed to submit the step.</summary>
    public static SenderFault NotAllowed(string reason) => new(null, reason);
}
