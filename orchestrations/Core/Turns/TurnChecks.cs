namespace IntegrationHub.Orchestrations.Turns;

/// <summary>Checks that every store makes; a failed check can only be caused by a fault of the caller.</summary>
public static class TurnChecks
{
    /// <summary>Checks that a turn is consistent: its version, the sequence of its events and the ids of its effects.</summary>
    /// <exception cref="ArgumentException">The turn contradicts itself.</exception>
    public static void Check(Turn turn)
    {
        if (turn.State.Version != turn.ExpectedVersion + turn.Events.Count)
        {
            throw new ArgumentException("The state's version is not the expected version plus the number of events.", nameof(turn));
        }

        if (turn.Effects.Count > 0 && turn.Events.Count == 0)
        {
            throw new ArgumentException("Effects without an event would have the same ids as the effects of the previous turn.", nameof(turn));
        }

        for (var n = 0; n < turn.Events.Count; n++)
        {
            if (turn.Events[n].Sequence != turn.ExpectedVersion + n + 1)
            {
                throw new ArgumentException("The sequence of the events has a gap.", nameof(turn));
            }
        }
    }

    /// <summary>Checks the number of assessments that a query asks for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1 or more than 500.</exception>
    public static void Check(SummaryQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 500);
    }
}
