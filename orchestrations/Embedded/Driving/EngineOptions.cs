using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>The settings of an <see cref="Embedded.EmbeddedEngine"/>.</summary>
public sealed record EngineOptions
{
    /// <summary>The greatest number of turns (of different assessments) taken at the same time. Turns that wait for the disk at the
    /// same time share one flush.</summary>
    public int MaxTurns { get; init; } = 512;

    /// <summary>
    /// The number of threads that decide turns at the same time. If null, a live engine uses one thread per processor, and a stepwise
    /// engine uses one thread, so that turns begin in a fixed order. Effects always begin in a fixed order.
    /// </summary>
    public int? Deciders { get; init; }

    /// <summary>The greatest number of effects carried out at the same time.</summary>
    public int MaxEffects { get; init; } = 16;

    /// <summary>The greatest number of simultaneous effects of one kind for one agency, so that a partner that hangs does not delay the
    /// others.</summary>
    public int MaxEffectsPerTarget { get; init; } = 4;

    /// <summary>How long the engine, when it is stopped, waits for running effects before it cancels them.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The longest time for which the engine sleeps when it has nothing to do. Signals and timers wake the engine earlier; this limit
    /// covers a jump of the machine's clock, which no timer detects.
    /// </summary>
    public TimeSpan RecheckAfter { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>An assessment or effect that fails repeatedly and is paused between attempts.</summary>
/// <param name="During">What the engine was doing when the assessment or effect failed.</param>
/// <param name="Item">The assessment or the effect.</param>
/// <param name="Faults">The number of failures in a row.</param>
/// <param name="Since">The time of the first of these failures, UTC.</param>
public sealed record EngineBackoff(string During, string Item, int Faults, DateTimeOffset Since);

/// <summary>A fault in an effect handler, a decision or the store, as it is logged. The record contains no data of an assessment.</summary>
/// <param name="During">What the engine was doing.</param>
/// <param name="Assessment">The assessment, or null if the fault concerns none.</param>
/// <param name="EffectId">The effect, or null if the fault concerns none.</param>
/// <param name="Kind">Type of the exception. The exception's message is omitted, because it may quote personal data.</param>
/// <param name="Where">The exception's stack trace.</param>
public sealed record EngineFault(string During, AssessmentId? Assessment, string? EffectId, string Kind, string? Where);
