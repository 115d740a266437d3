using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Everything that one turn changes. The store commits the complete turn or nothing.</summary>
public sealed record Turn
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The version of the assessment for which the turn was decided. If the stored version is different, the commit fails as a
    /// conflict.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The state after the turn; its version is <see cref="ExpectedVersion"/> plus the number of events.</summary>
    public required AssessmentState State { get; init; }

    /// <summary>The events, in order.</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    /// <summary>The inbox items that the turn processed, with their outcomes.</summary>
    public required IReadOnlyList<DecidedDelivery> Decided { get; init; }

    /// <summary>Effects to be carried out after the commit.</summary>
    public required IReadOnlyList<OutboxEffect> Effects { get; init; }

    /// <summary>The time at which the assessment needs another turn even if nothing arrives, UTC; null means never.</summary>
    public required DateTimeOffset? WakeAt { get; init; }

    /// <summary>The summary of the assessment for lists.</summary>
    public required AssessmentSummary Summary { get; init; }
}

/// <summary>A delivery and its outcome.</summary>
public sealed record DecidedDelivery(Delivery Delivery, Outcome Outcome);

/// <summary>An effect in the outbox.</summary>
/// <param name="Id">
/// The id, in the form <c>assessment/version/n</c>. An effect's id never changes, so an effect that is tried again after a failure is sent
/// with its original id. The id is sent as Service Bus MessageId, FHIR identifier with If-None-Exist, blob name or mail header, so that the
/// recipient can ignore a repeated message.
/// </param>
/// <param name="Assessment">The assessment.</param>
/// <param name="Effect">The effect itself.</param>
/// <param name="CorrelationId">The correlation id of the message that led to the effect.</param>
public sealed record OutboxEffect(string Id, AssessmentId Assessment, Effect Effect, string? CorrelationId)
{
    /// <summary>The version of the turn that decided on the effect with this id, or null if the text is not the id of an effect.</summary>
    public static long? VersionOf(string id) =>
        id.Split('/') is [_, var version, _] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The details of an assessment that are shown in lists and used to filter them. A summary is derived from the state at each
/// turn; counts of days are calculated when the summary is read.</summary>
public sealed record AssessmentSummary
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>The version of the assessment from which the summary was derived.</summary>
    public required long Version { get; init; }

    /// <summary>The stage of the assessment.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The day on which the statutory clock started.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The case officer.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>The only officers who can see the case; empty if it is not restricted.</summary>
    public IReadOnlyList<string> RestrictedTo { get; init => field = value is { Count: > 0 } ? value : []; } = [];

    /// <summary>What the assessment waits for, in a few words: "medical advice".</summary>
    public required string WaitingFor { get; init; }

    /// <summary>The first day of the current wait; for an assessment that has ended, the day on which it ended.</summary>
    public DateOnly? WaitingSince { get; init; }

    /// <summary>The day by which the awaited item is due.</summary>
    public DateOnly? WaitingDue { get; init; }

    /// <summary>
    /// What the assessment will wait for from a later day if nothing arrives; null if that will not change. Lists use <see cref="On"/> to
    /// get the summary for a given day.
    /// </summary>
    public FutureWait? Later { get; init; }

    /// <summary>The last day for the final plan (20 weeks).</summary>
    public required DateOnly FinalPlanDue { get; init; }

    /// <summary>Agencies that were asked for advice in this assessment, which are the only agencies that can see it in their lists.</summary>
    public required IReadOnlyList<AgencyId> Agencies { get; init; }

    /// <summary>The number of tasks for an officer.</summary>
    public required int Attention { get; init; }

    /// <summary>The number of answers that organisations still have to give; null in a row written by an earlier version of the
    /// hub.</summary>
    public int? AnswersAwaited { get; init; }

    /// <summary>The last day on which an organisation was asked for an answer that it can still give or correct; null if there is none.</summary>
    public DateOnly? LastAskedOn { get; init; }

    /// <summary>Whether an officer can see the case: every officer can, unless the case is restricted to others.</summary>
    public bool IsOpenTo(string officer) => RestrictedTo.Count == 0 || RestrictedTo.Contains(officer, StringComparer.Ordinal);

    /// <summary>
    /// The summary on a day, which can be later than the day of the turn that made the summary. Values that depend on the day are
    /// calculated when the summary is read.
    /// </summary>
    public AssessmentSummary On(DateOnly day) => Later is { } later && day >= later.From
        ? this with { WaitingFor = later.For, WaitingSince = later.Since, WaitingDue = later.Due, Later = null }
        : this;

    /// <summary>The due date of the item that the assessment is waiting for on a given day.</summary>
    /// <param name="day">The day; null for the day of the turn from which the summary was derived.</param>
    public DateOnly? DueOn(DateOnly? day) => Later is { } later && day >= later.From ? later.Due : WaitingDue;
}

/// <summary>What an assessment will be waiting for from a given day.</summary>
/// <param name="From">The day from which the assessment waits for this item.</param>
/// <param name="For">What the assessment waits for, in a few words.</param>
/// <param name="Since">The first day of the wait.</param>
/// <param name="Due">The day by which the awaited item is due.</param>
public sealed record FutureWait(DateOnly From, string For, DateOnly? Since, DateOnly? Due);
