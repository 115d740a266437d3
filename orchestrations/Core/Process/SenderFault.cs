namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Why a sender may not say something of a case, although it may send steps of this kind.</summary>
/// <param name="Unknown">What does not exist for this sender: "request"; null where <paramref name="Reason"/> is given.</param>
/// <param name="Reason">Why it is not this sender's to say.</param>
public sealed record SenderFault(string? Unknown, string? Reason)
{
    /// <summary>To this sender it does not exist.</summary>
    public static SenderFault NotThere(string what) => new(what, null);

    /// <summary>It is somebody else's to say.</summary>
    public static SenderFault NotYours(string reason) => new(null, reason);
}
