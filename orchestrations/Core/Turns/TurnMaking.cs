using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Makes a turn from loaded data. Pure: the same state, inbox, time and rules make the same turn.</summary>
public static class TurnMaking
{
    /// <summary>Decides everything in the inbox in order, then everything that has fallen due.</summary>
    /// <param name="loaded">What the turn starts from.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="byTime">False while the clock is not trusted: then nothing is decided by the passing of time, and the case is decided
    /// again as soon as it is trusted.</param>
    public static Turn Make(LoadedAssessment loaded, DateTimeOffset now, Rules rules, bool byTime = true)
    {
        var state = loaded.State;
        var events = new List<RecordedEvent>();
        var decided = new List<DecidedDelivery>(loaded.Inbox.Count);
        var effects = new List<(Effect Effect, string? CorrelationId)>();
        foreach (var delivery in loaded.Inbox)
        {
            // The last turn recorded each limit that had passed, and the case is woken the day after the next one at the latest. This saves most
            // turns from calculating every limit twice. Once something has happened in this turn, that day may be out of date.
            var nothingMissedUntil = events.Count == 0 && loaded.WakeAt is { } wake ? DateOnly.FromDateTime(wake.UtcDateTime) : (DateOnly?)null;
            var decision = Assessment.Decide(state, delivery.Input, delivery.By, now, rules, nothingMissedUntil);
            Record(decision, delivery.By, delivery.MessageId, delivery.CorrelationId);
            decided.Add(new DecidedDelivery(delivery, new Outcome(decision.Refusal is null, decision.Refusal, state.Version, delivery.Fingerprint)));
        }

        var due = byTime
            ? Assessment.DecideDue(state, now, rules)
            : new Decision { Events = [], Effects = [], After = state, WakeAt = state.Facts is null ? null : events.Count > 0 ? DateTimeOffset.UnixEpoch : loaded.WakeAt };
        Record(due, Actor.TheHub, null, null);

        return new Turn
        {
            Assessment = state.Id,
            ExpectedVersion = loaded.State.Version,
            State = state,
            Events = events,
            Decided = decided,
            Effects = [.. effects.Select((e, n) => new OutboxEffect(FormattableString.Invariant($"{state.Id}/{state.Version}/{n + 1}"), state.Id, e.Effect, e.CorrelationId))],
            WakeAt = due.WakeAt,
            Summary = Summaries.Of(state, now, rules, due.Limits),
        };

        void Record(Decision decision, Actor by, string? messageId, string? correlationId)
        {
            foreach (var happened in decision.Events)
            {
                events.Add(new RecordedEvent
                {
                    Sequence = loaded.State.Version + events.Count + 1,
                    At = now,
                    By = by,
                    MessageId = messageId,
                    CorrelationId = correlationId,
                    What = happened,
                });
            }

            effects.AddRange(decision.Effects.Select(e => (e, correlationId)));
            state = decision.After;
        }
    }
}
