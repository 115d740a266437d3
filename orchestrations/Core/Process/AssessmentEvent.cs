using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Something that has happened in an assessment. Facts are the audit trail and are never changed or removed. See
/// docs/assessment-events.md.</summary>
public abstract record AssessmentEvent
{
    /// <summary>
    /// The state that results from this fact. Every fact is accepted without checks, because facts of old assessments are read by current
    /// code and must never be refused. By default the state does not change.
    /// </summary>
    public virtual AssessmentState Apply(AssessmentState state) => state;

    /// <summary>The fact in plain English, without the child's name or anybody's free text, and with dates like "14 July 2026".</summary>
    public abstract string Describe(TimelineContext context);

    /// <summary>Reasons in somebody's own words, which only the council reads.</summary>
    public virtual string? Note() => null;

    /// <summary>The only people who can read about this fact, or null if they are those who can read about every fact of its kind.</summary>
    public virtual Audience? OnlyTold() => null;

    /// <summary>The agency that the fact is about, or null if it concerns no agency.</summary>
    public virtual AgencyId? About(TimelineContext context) => null;

    /// <summary>Registers names for the ids that this fact introduces, so that later facts can be described with these names.</summary>
    public virtual void Introduce(TimelineContext context)
    {
    }

    /// <summary>The id of the officer's task that the fact completes, or null if it completes none.</summary>
    public virtual string? Settles() => null;

    /// <summary>Whether the fact also completes this officer's task, for facts that complete several tasks.</summary>
    public virtual bool AlsoSettles(string attentionId) => false;

    /// <summary>The state after the event; its version is one higher.</summary>
    internal AssessmentState After(AssessmentState state) => Apply(state) with { Version = state.Version + 1 };
}

/// <summary>An event with its position in the sequence, its time and the actor who caused it.</summary>
public sealed record RecordedEvent
{
    /// <summary>The number of the event: 1, 2, 3 and so on, without gaps within one assessment.</summary>
    public required long Sequence { get; init; }

    /// <summary>The time of the decision, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The actor who caused the event, and on whose behalf.</summary>
    public required Actor By { get; init; }

    /// <summary>The id of the message that led to the event; null for an event that followed from the passing of time.</summary>
    public string? MessageId { get; init; }

    /// <summary>The correlation id that the sender gave.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What happened.</summary>
    public required AssessmentEvent What { get; init; }
}
