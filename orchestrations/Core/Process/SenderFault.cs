namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Why a sender may not send a step in this case, although it may send steps of this kind.</summary>
/// <param name="Unknown">The kind of thing that does not exist for this sender: "request"; null where <paramref name="Reason"/> is given.</param>
/// <param name="Reason">Why this sender may not send it.</param>
public sealed record SenderFault(string? Unknown, string? Reason)
{
    /// <summary>It does not exist for this sender.</summary>
    public static SenderFault NotThere(string what) => new(what, null);

    /// <summary>Only somebody else may send it.</summary>
    public static SenderFault NotYours(string reason) => new(null, reason);
}
