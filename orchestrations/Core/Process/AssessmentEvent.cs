using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A fact of an assessment, in the past tense. Never changed, never removed: the audit trail. See docs/assessment-events.md.</summary>
public abstract record AssessmentEvent
{
    /// <summary>
    /// The state after it. It accepts every fact without checks, because a fact is never refused here and facts of old assessments are read
    /// by present code. By default nothing changes.
    /// </summary>
    public virtual AssessmentState Apply(AssessmentState state) => state;

    /// <summary>The fact in plain English: no name of the child, no free text of a person, dates like "14 July 2026".</summary>
    public abstract string Tell(Telling telling);

    /// <summary>Reasons in somebody's own words, which only the council reads.</summary>
    public virtual string? Note() => null;

    /// <summary>The agency that it is about; null where it concerns no agency.</summary>
    public virtual AgencyId? About(Telling telling) => null;

    /// <summary>Registers the names for ids that this fact introduces and later facts use.</summary>
    public virtual void Introduce(Telling telling)
    {
    }

    /// <summary>Id of the task for a person that it completes; null where it completes none.</summary>
    public virtual string? Settles() => null;

    /// <summary>The state after the event; its version is one higher.</summary>
    internal AssessmentState After(AssessmentState state) => Apply(state) with { Version = state.Version + 1 };
}

/// <summary>An event with its place, its instant and who caused it.</summary>
public sealed record RecordedEvent
{
    /// <summary>1, 2, 3 ... without gaps within one assessment.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who caused it, and on whose behalf.</summary>
    public required Actor By { get; init; }

    /// <summary>The message that led to it; null for what fell due.</summary>
    public string? MessageId { get; init; }

    /// <summary>The correlation id that the sender gave.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What happened.</summary>
    public required AssessmentEvent What { get; init; }
}
