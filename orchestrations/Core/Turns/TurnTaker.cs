using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// Takes turns: loads, decides, commits. It holds no state of its own, so any number of them, in any number of processes, may take
/// turns on one assessment; the store lets one of them win and the others decide again.
/// </summary>
public sealed class TurnTaker(IAssessmentStore store, RuleBook rules, TimeProvider time)
{
    /// <summary>
    /// Puts a delivery in and decides it at once, with whatever else waits or is due, in one commit.
    /// </summary>
    /// <returns>What became of it; for a message that was decided before, the same answer as then.</returns>
    public async ValueTask<Outcome> SubmitAsync(Delivery delivery, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await store.OutcomeAsync(delivery.Assessment, delivery.MessageId, cancellation) is { } earlier)
            {
                return earlier;
            }

            var loaded = await store.LoadAsync(delivery.Assessment, cancellation);
            var waiting = loaded.Inbox.Any(d => d.MessageId == delivery.MessageId) ? loaded.Inbox : [.. loaded.Inbox, delivery];
            if (await TryCommitAsync(loaded with { Inbox = waiting }, cancellation) is { } turn)
            {
                return turn.Decided.First(d => d.Delivery.MessageId == delivery.MessageId).Outcome;
            }
        }
    }

    /// <summary>Takes a turn for whatever waits in the inbox or has fallen due.</summary>
    /// <returns>The committed turn; null when there was nothing to decide.</returns>
    public async ValueTask<Turn?> TakeAsync(AssessmentId assessment, CancellationToken cancellation = default)
    {
        while (true)
        {
            var loaded = await store.LoadAsync(assessment, cancellation);
            if (loaded.Inbox.Count == 0 && !(loaded.WakeAt <= time.GetUtcNow()))
            {
                return null;
            }

            if (await TryCommitAsync(loaded, cancellation) is { } turn)
            {
                return turn;
            }
        }
    }

    private async ValueTask<Turn?> TryCommitAsync(LoadedAssessment loaded, CancellationToken cancellation)
    {
        var turn = TurnMaking.Make(loaded, time.GetUtcNow(), rules.For(loaded.State.Id));
        return await store.CommitAsync(turn, cancellation) == CommitResult.Committed ? turn : null;
    }
}
