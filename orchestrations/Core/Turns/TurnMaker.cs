using System.Globalization;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Makes a turn from loaded data. The function is pure: the same state, inbox, time and rules always give the same turn.</summary>
public static class TurnMaker
{
    /// <summary>Decides everything in the inbox in order, then everything that has fallen due.</summary>
    /// <param name="loaded">The loaded data from which the turn starts.</param>
    /// <param name="now">The current time.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="byTime">False while the clock is not trusted. While the clock is not trusted, no decision that depends on time is
    /// taken, and the case is decided again as soon as the clock is trusted.</param>
    public static Turn Make(LoadedAssessment loaded, DateTimeOffset now, Rules rules, bool byTime = true)
    {
        var state = loaded.State;
        var events = new List<RecordedEvent>();
        var decided = new List<DecidedDelivery>(loaded.Inbox.Count);
        var effects = new List<(Effect Effect, string? CorrelationId)>();
        // The last turn recorded each time limit that had passed, and the case has a wake-up no later than the day after the next time
        // limit. Most turns therefore need not calculate every limit twice. Once an event has happened in this turn, the day of the wake-up
        // can be out of date. An effect that ended today starts no time limit that has already passed.
        var today = LondonDate.Of(now);
        var nothingMissedUntil = loaded.WakeAt is { } wake ? DateOnly.FromDateTime(wake.UtcDateTime) : (DateOnly?)null;
        foreach (var delivery in loaded.Inbox)
        {
            var decision = Assessment.Decide(state, delivery.Input, delivery.By, now, rules, nothingMissedUntil);
            Record(decision, delivery.By, delivery.MessageId, delivery.CorrelationId);
            if (decision.Events.Count > 0 && !(delivery.Input is EffectSettled ended && ended.On >= today))
            {
                nothingMissedUntil = null;
            }

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
            Effects = Outbox(),
            WakeAt = due.WakeAt,
            Summary = Summaries.Of(state, now, rules, due.Limits),
        };

        IReadOnlyList<OutboxEffect> Outbox()
        {
            if (effects.Count == 0)
            {
                return [];
            }

            var outbox = new OutboxEffect[effects.Count];
            for (var n = 0; n < outbox.Length; n++)
            {
                outbox[n] = new OutboxEffect(string.Create(CultureInfo.InvariantCulture, $"{state.Id.Value}/{state.Version}/{n + 1}"), state.Id, effects[n].Effect, effects[n].CorrelationId);
            }

            return outbox;
        }

        void Record(Decision decision, Actor by, string? messageId, string? correlationId)
        {
            for (var n = 0; n < decision.Events.Count; n++)
            {
                events.Add(new RecordedEvent
                {
                    Sequence = loaded.State.Version + events.Count + 1,
                    At = now,
                    By = by,
                    MessageId = messageId,
                    CorrelationId = correlationId,
                    What = decision.Events[n],
                });
            }

            for (var n = 0; n < decision.Effects.Count; n++)
            {
                effects.Add((decision.Effects[n], correlationId));
            }

            state = decision.After;
        }
    }
}
