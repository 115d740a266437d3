using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>What every store refuses, because it can only be a fault of the caller.</summary>
internal static class TurnChecks
{
    /// <exception cref="ArgumentException">The turn contradicts itself.</exception>
    internal static void Check(Turn turn)
    {
        if (turn.State.Version != turn.ExpectedVersion + turn.Events.Count)
        {
            throw new ArgumentException("The state's version is not the expected version plus the number of events.", nameof(turn));
        }

        if (turn.Effects.Count > 0 && turn.Events.Count == 0)
        {
            throw new ArgumentException("Effects without an event would share their ids with those of the turn before.", nameof(turn));
        }

        if (turn.Events.Where((e, n) => e.Sequence != turn.ExpectedVersion + n + 1).Any())
        {
            throw new ArgumentException("The events' sequence has a gap.", nameof(turn));
        }
    }
}
