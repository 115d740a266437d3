using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>All that one turn changes. The store commits it whole or not at all.</summary>
public sealed record Turn
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The version the turn was decided on; the commit fails as a conflict when the stored one is another.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The state after the turn; its version is <see cref="ExpectedVersion"/> plus the number of events.</summary>
    public required AssessmentState State { get; init; }

    /// <summary>Events in order.</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    /// <summary>Inbox items that were decided, with what became of each.</summary>
    public required IReadOnlyList<DecidedDelivery> Decided { get; init; }

    /// <summary>Effects to be carried out after the commit.</summary>
    public required IReadOnlyList<OutboxEffect> Effects { get; init; }

    /// <summary>When the assessment must be looked at again though nothing arrives, UTC; null when never.</summary>
    public required DateTimeOffset? WakeAt { get; init; }

    /// <summary>What the lists show of it.</summary>
    public required AssessmentSummary Summary { get; init; }
}

/// <summary>A delivery and what became of it.</summary>
public sealed record DecidedDelivery(Delivery Delivery, Outcome Outcome);

/// <summary>An effect in the outbox.</summary>
/// <param name="Id">
/// <c>assessment/version/n</c>: the same effect always has the same id, and one that is tried again after it had failed goes out under its first. It travels as Service Bus MessageId, FHIR identifier with
/// If-None-Exist, blob name or mail header, so that the other side can drop a repeat.
/// </param>
/// <param name="Assessment">The assessment.</param>
/// <param name="Effect">What is to happen.</param>
/// <param name="CorrelationId">Correlation id of the message that led to it.</param>
public sealed record OutboxEffect(string Id, AssessmentId Assessment, Effect Effect, string? CorrelationId)
{
    /// <summary>Version of the turn that decided the effect of this id; null when it is no such id.</summary>
    public static long? VersionOf(string id) =>
        id.Split('/') is [_, var version, _] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What a list shows and filters by. Derived from the state at each turn; the day counts in the line are worked out when it is read.</summary>
public sealed record AssessmentSummary
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>Version it was derived from.</summary>
    public required long Version { get; init; }

    /// <summary>Where it stands.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Day the clock started.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Officer who holds it.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>The only people of the council who may see it; empty where it is not restricted.</summary>
    public IReadOnlyList<string> RestrictedTo { get; init => field = value is { Count: > 0 } ? value : []; } = [];

    /// <summary>What it waits for, in a few words: "medical advice".</summary>
    public required string WaitingFor { get; init; }

    /// <summary>First day of that wait; for an assessment that has ended and waits for nothing, the day on which it ended.</summary>
    public DateOnly? WaitingSince { get; init; }

    /// <summary>Day by which it is due.</summary>
    public DateOnly? WaitingDue { get; init; }

    /// <summary>What it waits for from a later day on, though nothing arrives; null where no day changes that. Whoever lists asks <see cref="On"/>.</summary>
    public LaterWait? Later { get; init; }

    /// <summary>Last day for the final plan (20 weeks).</summary>
    public required DateOnly FinalPlanDue { get; init; }

    /// <summary>Agencies that were asked for advice here; only they may see it in their list.</summary>
    public required IReadOnlyList<AgencyId> Agencies { get; init; }

    /// <summary>Number of things that a person must look at.</summary>
    public required int Attention { get; init; }

    /// <summary>Whether somebody of the council may see it: everybody, unless it is restricted to others.</summary>
    public bool IsOpenTo(string officer) => RestrictedTo.Count == 0 || RestrictedTo.Contains(officer, StringComparer.Ordinal);

    /// <summary>The same as of a day, which may lie after the turn that it was derived by: what changes with the day is derived when it is read.</summary>
    public AssessmentSummary On(DateOnly day) => Later is { } later && day >= later.From
        ? this with { WaitingFor = later.For, WaitingSince = later.Since, WaitingDue = later.Due, Later = null }
        : this;

    /// <summary>The day by which what it waits for on a day is due.</summary>
    /// <param name="day">The day; null for that of the turn it was derived by.</param>
    public DateOnly? DueOn(DateOnly? day) => Later is { } later && day >= later.From ? later.Due : WaitingDue;
}

/// <summary>What an assessment waits for from a day on.</summary>
/// <param name="From">That day.</param>
/// <param name="For">In a few words.</param>
/// <param name="Since">First day of the wait.</param>
/// <param name="Due">Day by which it is due.</param>
public sealed record LaterWait(DateOnly From, string For, DateOnly? Since, DateOnly? Due);
