using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// Where assessments are kept. Everything that it reports as done is durable, even if the process is killed immediately afterwards. Safe
/// for concurrent use.
/// </summary>
public interface IAssessmentStore
{
    /// <summary>Adds a delivery to its assessment's inbox, durably and once per message id.</summary>
    /// <returns><see cref="InboxReceipt"/>: new, already waiting, or already decided with its outcome.</returns>
    ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default);

    /// <summary>The state and the undecided inbox of one assessment. An unknown id has the state <see cref="AssessmentState.None"/>.</summary>
    ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default);

    /// <summary>
    /// Commits a turn: events, state, inbox marks, outbox and wake-up in one transaction. Deliveries in
    /// <see cref="Turn.Decided"/> that were not in the inbox are recorded as decided too, so that a command can be submitted and decided in
    /// one commit.
    /// </summary>
    ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default);

    /// <summary>The outcome of a message; null when it is unknown or not decided yet.</summary>
    ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default);

    /// <summary>Events with a sequence above <paramref name="after"/>, in order, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default);

    /// <summary>Assessments whose inbox holds something undecided, or whose wake-up is at or before <paramref name="now"/>; at most <paramref name="limit"/>, longest due first.</summary>
    ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>Effects that are due at or before <paramref name="now"/>; at most <paramref name="limit"/>, longest due first.</summary>
    ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>The earliest instant at which something falls due, effects and wake-ups together; null when nothing is waiting.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Records one attempt at an effect. Where <paramref name="report"/> is given, it enters the inbox in the same transaction as the
    /// effect's end, so neither can be lost without the other.
    /// </summary>
    ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default);

    /// <summary>Effects of one assessment with their attempts, oldest first.</summary>
    ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default);

    /// <summary>Summaries for a list.</summary>
    ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default);
}

/// <summary>A store that caches assessments and can be read without evicting any of them.</summary>
public interface IUncachedReader
{
    /// <summary>The state of one assessment, as from <see cref="IAssessmentStore.LoadAsync"/>.</summary>
    ValueTask<AssessmentState> ReadAsync(AssessmentId assessment, CancellationToken cancellationToken = default);
}

/// <summary>What <see cref="IAssessmentStore.PutAsync"/> found.</summary>
/// <param name="IsNew">The message id was unknown.</param>
/// <param name="Outcome">The outcome, when it was decided before.</param>
public readonly record struct InboxReceipt(bool IsNew, Outcome? Outcome);

/// <summary>The input of a turn.</summary>
/// <param name="State">The state.</param>
/// <param name="Inbox">Undecided deliveries, in order of arrival.</param>
/// <param name="WakeAt">The stored wake-up.</param>
public sealed record LoadedAssessment(AssessmentState State, IReadOnlyList<Delivery> Inbox, DateTimeOffset? WakeAt);

/// <summary>The result of a commit.</summary>
public enum CommitResult
{
    /// <summary>All of it is durable.</summary>
    Committed,

    /// <summary>Another turn came first; nothing was changed. Load and decide again.</summary>
    Conflict,
}

/// <summary>An effect in the outbox that has not ended.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="Attempts">Attempts made so far.</param>
/// <param name="DueAt">When it is due, UTC.</param>
public sealed record PendingEffect(OutboxEffect Effect, int Attempts, DateTimeOffset DueAt);

/// <summary>One attempt at an effect.</summary>
/// <param name="EffectId">The effect.</param>
/// <param name="Assessment">Its assessment.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Result">Its result.</param>
/// <param name="RetryAt">When to try again; null when it has ended.</param>
public sealed record EffectAttempt(string EffectId, AssessmentId Assessment, DateTimeOffset At, EffectResult Result, DateTimeOffset? RetryAt)
{
    /// <summary>How the effect ended with this attempt; null when it is tried again.</summary>
    public EffectEnd? End => this switch
    {
        { RetryAt: not null } => null,
        { Result.Fault: EffectFault.None } => EffectEnd.Done,
        { Result.Fault: EffectFault.Permanent } => EffectEnd.Permanent,
        { Result.Fault: EffectFault.NoChannel } => EffectEnd.NoChannel,
        _ => EffectEnd.NeedsHuman,
    };
}

/// <summary>The state of an effect.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="CreatedAt">When the turn that decided it was committed, UTC.</param>
/// <param name="Attempts">Attempts made.</param>
/// <param name="End">How it ended; null while it is open.</param>
/// <param name="LastDetail">The detail of the last attempt.</param>
/// <param name="NextAt">When it is tried next; null when it has ended.</param>
public sealed record EffectRecord(OutboxEffect Effect, DateTimeOffset CreatedAt, int Attempts, EffectEnd? End, string? LastDetail, DateTimeOffset? NextAt);

/// <summary>
/// The query of a list. Null filters are not applied; results are in order of <see cref="AssessmentSummary.Id"/> within the
/// council.
/// </summary>
public sealed record SummaryQuery
{
    /// <summary>Only this council's.</summary>
    public LocalAuthorityCode? Council { get; init; }

    /// <summary>Only those in which this agency was asked.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>Only this stage.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Only those that have not ended (true) or have (false).</summary>
    public bool? Open { get; init; }

    /// <summary>Only this officer's.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>Only those that this person at the council may see: restricted cases are only in the lists of people named for them.</summary>
    public string? Reader { get; init; }

    /// <summary>
    /// The day of the query, because what an assessment waits for may change with the day. Null for the state at each assessment's last turn.
    /// </summary>
    public DateOnly? OnDay { get; init; }

    /// <summary>Only those whose wait on <see cref="OnDay"/> is due before this day.</summary>
    public DateOnly? WaitingDueBefore { get; init; }

    /// <summary>Only those whose final plan is due before this day.</summary>
    public DateOnly? FinalPlanDueBefore { get; init; }

    /// <summary>
    /// Only those in which an organisation owes an answer, or was asked on or after this day for one that it may still correct, and those whose row does
    /// not say.
    /// </summary>
    public DateOnly? AnswerableSince { get; init; }

    /// <summary>Only those that have something for a person to do.</summary>
    public bool? NeedsAttention { get; init; }

    /// <summary>Only ids after this one: the paging cursor.</summary>
    public AssessmentId? After { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The summaries.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
public sealed record SummaryPage(IReadOnlyList<AssessmentSummary> Items, AssessmentId? Next);
