using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// Takes turns: loads an assessment, decides and commits. A turn taker has no state of its own, so any number of turn takers in any number of
/// processes can work on one assessment. If several turn takers decide for one version, the store commits one turn and the others decide
/// again.
/// </summary>
/// <param name="store">The store of assessments.</param>
/// <param name="rules">The rules of the councils that the hub serves.</param>
/// <param name="time">The clock.</param>
/// <param name="clock">Says whether the clock is trusted; null means that the clock is always trusted, for instance if it is moved by
/// hand.</param>
public sealed class TurnTaker(IAssessmentStore store, RuleBook rules, TimeProvider time, IClockTrust? clock = null)
{
    /// <summary>
    /// Submits a delivery and processes it immediately, with everything else that is waiting or due, in one commit.
    /// </summary>
    /// <returns>The outcome of the delivery; for a message that was processed before, the same answer again.</returns>
    public async ValueTask<Outcome> SubmitAsync(Delivery delivery, CancellationToken cancellationToken = default) =>
        (await SubmitAsync(delivery, null, cancellationToken)).Outcome!;

    /// <summary>
    /// Submits and processes a delivery only if the assessment is at one of the given versions. No other turn can happen between the check
    /// of the version and the commit, so the method implements <c>If-Match</c> without a gap.
    /// </summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="onlyAt">The versions at which the delivery can be processed; null means any version. A message that was processed before
    /// gets the same answer at any version.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async ValueTask<Submission> SubmitAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            // Because the assessment is loaded before the outcome is looked up, a repeated message that arrives together with the first
            // message finds either the outcome or the old version, and never wrongly gets "too late".
            var loaded = await store.LoadAsync(delivery.Assessment, cancellationToken);
            if (await store.OutcomeAsync(delivery.Assessment, delivery.MessageId, cancellationToken) is { } earlier)
            {
                return new Submission(earlier, true, loaded.State.Version);
            }

            if (onlyAt?.Contains(loaded.State.Version) == false)
            {
                return new Submission(null, false, loaded.State.Version);
            }

            var waiting = loaded.Inbox.Any(d => d.MessageId == delivery.MessageId) ? loaded.Inbox : [.. loaded.Inbox, delivery];
            if (await TryCommitAsync(loaded with { Inbox = waiting }, cancellationToken) is { } turn)
            {
                return new Submission(turn.Decided.First(d => d.Delivery.MessageId == delivery.MessageId).Outcome, false, turn.State.Version);
            }
        }
    }

    /// <summary>Takes a turn for everything that is waiting in the inbox or has fallen due.</summary>
    /// <returns>The committed turn, or null if there was nothing to decide.</returns>
    public async ValueTask<Turn?> TakeAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var loaded = await store.LoadAsync(assessment, cancellationToken);
            if (loaded.Inbox.Count == 0 && (!(loaded.WakeAt <= time.GetUtcNow()) || clock?.IsTrusted == false))
            {
                return null;
            }

            if (await TryCommitAsync(loaded, cancellationToken) is { } turn)
            {
                return turn;
            }
        }
    }

    private async ValueTask<Turn?> TryCommitAsync(LoadedAssessment loaded, CancellationToken cancellationToken)
    {
        var measured = TurnTelemetry.Turn(loaded.State.Id);
        var turn = TurnMaker.Make(loaded, time.GetUtcNow(), rules.For(loaded.State.Id), clock?.IsTrusted ?? true);
        var result = await store.CommitAsync(turn, cancellationToken);
        measured.End(result == CommitResult.Committed ? "committed" : "conflict");
        return result == CommitResult.Committed ? turn : null;
    }
}
