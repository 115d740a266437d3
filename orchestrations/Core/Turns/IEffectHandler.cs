using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Carries out effects. The same effect may be carried out more than once; its id is the same each time.</summary>
public interface IEffectHandler
{
    /// <summary>Whether this handler carries out this effect.</summary>
    bool Handles(Effect effect);

    /// <summary>Carries it out. Expected faults are results; an exception is treated as a fault of the hub and tried again.</summary>
    ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default);
}

/// <summary>The result of an attempt.</summary>
public enum EffectFault
{
    /// <summary>None: it succeeded.</summary>
    None,

    /// <summary>It failed now but may succeed later.</summary>
    Transient,

    /// <summary>It can never succeed in this way.</summary>
    Permanent,

    /// <summary>It can only happen after a person has put something right.</summary>
    NeedsHuman,

    /// <summary>There is no channel for it, so nothing was sent: neither a fault nor a success.</summary>
    NoChannel,
}

/// <summary>The result of one attempt.</summary>
/// <param name="Fault">How it ended.</param>
/// <param name="Detail">Done: the other side's reference. Otherwise what went wrong. Never personal data.</param>
/// <param name="RetryAfter">How long the other side asked to wait.</param>
public sealed record EffectResult(EffectFault Fault, string? Detail = null, TimeSpan? RetryAfter = null)
{
    /// <summary>It happened.</summary>
    public static EffectResult Done(string? reference = null) => new(EffectFault.None, reference);

    /// <summary>Try again later.</summary>
    public static EffectResult Transient(string why, TimeSpan? retryAfter = null) => new(EffectFault.Transient, why, retryAfter);

    /// <summary>It can never succeed in this way.</summary>
    public static EffectResult Permanent(string why) => new(EffectFault.Permanent, why);

    /// <summary>A person must act first.</summary>
    public static EffectResult NeedsHuman(string why) => new(EffectFault.NeedsHuman, why);

    /// <summary>Nothing was sent: no channel is set up.</summary>
    public static EffectResult NoChannel(string why) => new(EffectFault.NoChannel, why);
}
