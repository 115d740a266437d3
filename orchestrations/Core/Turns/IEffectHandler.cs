using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Carries out effects. An effect can be carried out more than once, each time with the same id.</summary>
public interface IEffectHandler
{
    /// <summary>Whether this handler carries out this effect.</summary>
    bool Handles(Effect effect);

    /// <summary>Carries out the effect. Expected faults are returned as results; an exception is treated as a fault of the hub, and the effect
    /// is tried again.</summary>
    ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default);
}

/// <summary>The kind of fault in an attempt.</summary>
public enum EffectFault
{
    /// <summary>There was no fault: the effect succeeded.</summary>
    None,

    /// <summary>The effect failed now but may succeed later.</summary>
    Transient,

    /// <summary>The effect can never succeed as it is.</summary>
    Permanent,

    /// <summary>The effect can succeed only after a person has put something right.</summary>
    NeedsHuman,

    /// <summary>There is no channel for the message, so nothing was sent; this is neither a fault nor a success.</summary>
    NoChannel,
}

/// <summary>The result of one attempt.</summary>
/// <param name="Fault">The kind of fault, or none.</param>
/// <param name="Detail">The recipient's reference after a success; otherwise what went wrong. The detail never contains personal
/// data.</param>
/// <param name="RetryAfter">How long the recipient asked the hub to wait.</param>
public sealed record EffectResult(EffectFault Fault, string? Detail = null, TimeSpan? RetryAfter = null)
{
    /// <summary>A success.</summary>
    public static EffectResult Done(string? reference = null) => new(EffectFault.None, reference);

    /// <summary>A fault after which the effect is tried again later.</summary>
    public static EffectResult Transient(string why, TimeSpan? retryAfter = null) => new(EffectFault.Transient, why, retryAfter);

    /// <summary>A fault after which the effect can never succeed as it is.</summary>
    public static EffectResult Permanent(string why) => new(EffectFault.Permanent, why);

    /// <summary>A fault after which the effect can succeed only once a person has acted.</summary>
    public static EffectResult NeedsHuman(string why) => new(EffectFault.NeedsHuman, why);

    /// <summary>Nothing was sent, because no channel is set up.</summary>
    public static EffectResult NoChannel(string why) => new(EffectFault.NoChannel, why);
}
