using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Everything that one turn changes. The store commits all of it or nothing.</summary>
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

    /// <summary>Inbox items that were decided, with their outcomes.</summary>
    public required IReadOnlyList<DecidedDelivery> Decided { get; init; }

    /// <summary>Effects to be carried out after the commit.</summary>
    public required IReadOnlyList<OutboxEffect> Effects { get; init; }

    /// <summary>When the assessment must be decided again even if nothing arrives, UTC; null for never.</summary>
    public required DateTimeOffset? WakeAt { get; init; }

    /// <summary>Its summary for lists.</summary>
    public required AssessmentSummary Summary { get; init; }
}

/// <summary>A delivery and its outcome.</summary>
public sealed record DecidedDelivery(Delivery Delivery, Outcome Outcome);

/// <summary>An effect in the outbox.</summary>
/// <param name="Id">
/// <c>assessment/version/n</c>: an effect always has the same id, and one that is tried again after it failed is sent under its first id.
/// It is sent as Service Bus MessageId, FHIR identifier with If-None-Exist, blob name or mail header, so that the other side can drop a repeat.
/// </param>
/// <param name="Assessment">The assessment.</param>
/// <param name="Effect">The effect itself.</param>
/// <param name="CorrelationId">Correlation id of the message that led to it.</param>
public sealed record OutboxEffect(string Id, AssessmentId Assessment, Effect Effect, string? CorrelationId)
{
    /// <summary>Version of the turn that decided the effect with this id; null for any other id.</summary>
    public static long? VersionOf(string id) =>
        id.Split('/') is [_, var version, _] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The members that lists show and filter by. Derived from the state at each turn; counts of days are worked out when it is read.</summary>
public sealed record AssessmentSummary
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>Version from which it was derived.</summary>
    public required long Version { get; init; }

    /// <summary>Its stage.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Day the clock started.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Its case officer.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>The only people at the council who may see it; empty where it is not restricted.</summary>
    public IReadOnlyList<string> RestrictedTo { get; init => field = value is { Count: > 0 } ? value : []; } = [];

    /// <summary>What it waits for, in a few words: "medical advice".</summary>
    public required string WaitingFor { get; init; }

    /// <summary>First day of that wait; for an assessment that has ended, the day on which it ended.</summary>
    public DateOnly? WaitingSince { get; init; }

    /// <summary>Day by which it is due.</summary>
    public DateOnly? WaitingDue { get; init; }

    /// <summary>
    /// What it will wait for from a later day if nothing arrives; null where no day changes that. Lists use <see cref="On"/>.
    /// </summary>
    public FutureWait? Later { get; init; }

    /// <summary>Last day for the final plan (20 weeks).</summary>
    public required DateOnly FinalPlanDue { get; init; }

    /// <summary>Agencies that were asked for advice here; only they may see it in their list.</summary>
    public required IReadOnlyList<AgencyId> Agencies { get; init; }

    /// <summary>Number of tasks for a person.</summary>
    public required int Attention { get; init; }

    /// <summary>Answers that organisations owe; null in a row from before this was kept.</summary>
    public int? AnswersAwaited { get; init; }

    /// <summary>The last day on which an organisation was asked for an answer that it may still give or correct; null where there is none.</summary>
    public DateOnly? LastAskedOn { get; init; }

    /// <summary>Whether somebody at the council may see it: everybody may, unless it is restricted to others.</summary>
    public bool IsOpenTo(string officer) => RestrictedTo.Count == 0 || RestrictedTo.Contains(officer, StringComparer.Ordinal);

    /// <summary>
    /// The summary on a day, which may be after the turn that made it: members that change with the day are worked out when it is
    /// read.
    /// </summary>
    public AssessmentSummary On(DateOnly day) => Later is { } later && day >= later.From
        ? this with { WaitingFor = later.For, WaitingSince = later.Since, WaitingDue = later.Due, Later = null }
        : this;

    /// <summary>The due date of what it waits for on a day.</summary>
    /// <param name="day">The day; null for the day of the turn from which it was derived.</param>
    public DateOnly? DueOn(DateOnly? day) => Later is { } later && day >= later.From ? later.Due : WaitingDue;
}

/// <summary>What an assessment waits for from a given day.</summary>
/// <param name="From">That day.</param>
/// <param name="For">What it waits for, in a few words.</param>
/// <param name="Since">First day of the wait.</param>
/// <param name="Due">Day by which it is due.</param>
public sealed record FutureWait(DateOnly From, string For, DateOnly? Since, DateOnly? Due);
