using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// The store of assessments. Everything that the store reports as done is durable, even if the process is killed immediately afterwards. The
/// store is safe for concurrent use.
/// </summary>
public interface IAssessmentStore
{
    /// <summary>Adds a delivery to the inbox of its assessment, durably and only once for each message id.</summary>
    /// <returns>Whether the delivery is new, is already waiting, or was already processed, with its outcome.</returns>
    ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default);

    /// <summary>The state of one assessment and the unprocessed deliveries in its inbox. The state of an unknown id is
    /// <see cref="AssessmentState.None"/>.</summary>
    ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default);

    /// <summary>
    /// Commits a turn: events, state, processed deliveries, outbox and wake-up in one transaction. Deliveries in
    /// <see cref="Turn.Decided"/> that were not in the inbox are also recorded as processed, so that a command can be submitted and
    /// processed in one commit.
    /// </summary>
    ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default);

    /// <summary>The outcome of a message, or null if the message is unknown or not processed yet.</summary>
    ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default);

    /// <summary>The events with a sequence number above <paramref name="after"/>, in order, at most <paramref name="limit"/> of them.</summary>
    ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default);

    /// <summary>
    /// Assessments with an unprocessed delivery in their inbox, or with a wake-up at or before <paramref name="now"/>; at most
    /// <paramref name="limit"/>, the longest overdue first.
    /// </summary>
    ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Effects that are due at or before <paramref name="now"/>; at most <paramref name="limit"/>, the longest overdue first.
    /// </summary>
    ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>The earliest time at which an effect or a wake-up falls due, or null if nothing is waiting.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Records one attempt at an effect. If <paramref name="report"/> is given, it enters the inbox in the same transaction as the end of the
    /// effect, so neither can be lost without the other.
    /// </summary>
    ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default);

    /// <summary>Effects of one assessment with their attempts, oldest first.</summary>
    ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default);

    /// <summary>The summaries of the assessments that match the query, one page at a time.</summary>
    ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default);
}

/// <summary>A store that caches assessments and can be read without evicting any of them.</summary>
public interface IUncachedReader
{
    /// <summary>The state of one assessment, as returned by <see cref="IAssessmentStore.LoadAsync"/>.</summary>
    ValueTask<AssessmentState> ReadAsync(AssessmentId assessment, CancellationToken cancellationToken = default);
}

/// <summary>What <see cref="IAssessmentStore.PutAsync"/> found in the inbox.</summary>
/// <param name="IsNew">Whether the message id was unknown until now.</param>
/// <param name="Outcome">The outcome, if the message was processed before.</param>
public readonly record struct InboxReceipt(bool IsNew, Outcome? Outcome);

/// <summary>What a turn needs to know about its assessment.</summary>
/// <param name="State">The state of the assessment.</param>
/// <param name="Inbox">The deliveries that have not been processed yet, in order of arrival.</param>
/// <param name="WakeAt">The stored wake-up.</param>
public sealed record LoadedAssessment(AssessmentState State, IReadOnlyList<Delivery> Inbox, DateTimeOffset? WakeAt);

/// <summary>The result of a commit.</summary>
public enum CommitResult
{
    /// <summary>The complete turn was stored durably.</summary>
    Committed,

    /// <summary>Another turn was committed first, so nothing was changed. Load the assessment and decide again.</summary>
    Conflict,
}

/// <summary>An effect in the outbox that has not ended.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="Attempts">The number of attempts made so far.</param>
/// <param name="DueAt">The time at which the effect is due, UTC.</param>
public sealed record PendingEffect(OutboxEffect Effect, int Attempts, DateTimeOffset DueAt);

/// <summary>One attempt at an effect.</summary>
/// <param name="EffectId">The id of the effect.</param>
/// <param name="Assessment">The assessment that the effect belongs to.</param>
/// <param name="At">The time of the attempt, UTC.</param>
/// <param name="Result">The result of the attempt.</param>
/// <param name="RetryAt">The time of the next attempt, or null if the effect has ended.</param>
public sealed record EffectAttempt(string EffectId, AssessmentId Assessment, DateTimeOffset At, EffectResult Result, DateTimeOffset? RetryAt)
{
    /// <summary>How the effect ended with this attempt, or null if it will be tried again.</summary>
    public EffectOutcome? End => this switch
    {
        { RetryAt: not null } => null,
        { Result.Fault: EffectFault.None } => EffectOutcome.Done,
        { Result.Fault: EffectFault.Permanent } => EffectOutcome.Permanent,
        { Result.Fault: EffectFault.NoChannel } => EffectOutcome.NoChannel,
        _ => EffectOutcome.NeedsHuman,
    };
}

/// <summary>The state of an effect.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="CreatedAt">The time at which the turn that decided the effect was committed, UTC.</param>
/// <param name="Attempts">The number of attempts made.</param>
/// <param name="End">How the effect ended; null while it is open.</param>
/// <param name="LastDetail">The detail of the last attempt's result.</param>
/// <param name="NextAt">The time of the next attempt, or null if the effect has ended.</param>
public sealed record EffectRecord(OutboxEffect Effect, DateTimeOffset CreatedAt, int Attempts, EffectOutcome? End, string? LastDetail, DateTimeOffset? NextAt);

/// <summary>
/// The query for a list of assessments. A filter that is null is not applied. Results are in the order of
/// <see cref="AssessmentSummary.Id"/> within the council.
/// </summary>
public sealed record SummaryQuery
{
    /// <summary>Only assessments of this council.</summary>
    public LocalAuthorityCode? Council { get; init; }

    /// <summary>Only assessments in which this agency was asked for something.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>Only assessments at this stage.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Only assessments that have not ended (true), or that have ended (false).</summary>
    public bool? Open { get; init; }

    /// <summary>Only assessments of this case officer.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>Only assessments that this officer can see. Restricted cases are listed only for the officers named for them.</summary>
    public string? VisibleTo { get; init; }

    /// <summary>
    /// The day of the query, because what an assessment waits for can change with the day; null for the state at each assessment's last turn.
    /// </summary>
    public DateOnly? OnDay { get; init; }

    /// <summary>Only assessments that on <see cref="OnDay"/> wait for something that is due before this day.</summary>
    public DateOnly? WaitingDueBefore { get; init; }

    /// <summary>Only assessments whose final plan is due before this day.</summary>
    public DateOnly? FinalPlanDueBefore { get; init; }

    /// <summary>
    /// Only assessments in which an organisation owes an answer, or was asked on or after this day for an answer that it can still correct.
    /// Assessments whose stored row does not state when an organisation was asked are also included.
    /// </summary>
    public DateOnly? AnswerableSince { get; init; }

    /// <summary>Only assessments in which a task waits for an officer (true), or none does (false).</summary>
    public bool? NeedsAttention { get; init; }

    /// <summary>The paging cursor: only assessments with ids after this id.</summary>
    public AssessmentId? After { get; init; }

    /// <summary>The largest number of assessments returned, from 1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>One page of a list of assessments.</summary>
/// <param name="Items">The summaries on this page.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record SummaryPage(IReadOnlyList<AssessmentSummary> Items, AssessmentId? Next);
