using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>How an <see cref="Embedded.EmbeddedEngine"/> works.</summary>
public sealed record EngineOptions
{
    /// <summary>Turns taken at the same time at most. Each waits for the disk, so many share one flush.</summary>
    public int MaxTurns { get; init; } = 512;

    /// <summary>
    /// Threads that decide turns at the same time. Null: as many as there are processors when live; one when stepwise, so that turns too are
    /// begun in a fixed order. Effects are begun in their order whatever this says.
    /// </summary>
    public int? Deciders { get; init; }

    /// <summary>Effects carried out at the same time at most.</summary>
    public int MaxEffects { get; init; } = 16;

    /// <summary>The most of these of one kind to one agency: a partner that hangs must not hold up the others.</summary>
    public int MaxEffectsPerTarget { get; init; } = 4;

    /// <summary>How long a stop waits for effects that are being carried out before it cancels them.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The longest sleep. Signals and timers wake the engine; this covers a jump of the machine's clock, which no timer notices.
    /// </summary>
    public TimeSpan LookAgainAfter { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Something that fails again and again and is left alone in between.</summary>
/// <param name="During">What is being done.</param>
/// <param name="Item">The assessment, or the effect.</param>
/// <param name="Faults">How many times in a row it failed.</param>
/// <param name="Since">When it failed first, UTC.</param>
public sealed record EngineBackoff(string During, string Item, int Faults, DateTimeOffset Since);

/// <summary>Something that went wrong in a handler, a decision or the store, for the log. It carries no data of an assessment.</summary>
/// <param name="During">What was being done.</param>
/// <param name="Assessment">The assessment, where there is one.</param>
/// <param name="EffectId">The effect, where there is one.</param>
/// <param name="Kind">Type of the exception; its message is left out, as it may quote personal data.</param>
/// <param name="Where">Its stack trace.</param>
public sealed record EngineFault(string During, AssessmentId? Assessment, string? EffectId, string Kind, string? Where);
