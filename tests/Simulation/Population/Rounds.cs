namespace IntegrationHub.Simulation.Population;

/// <summary>
/// The hours at which the world outside does something. What comes up between two of them is done at the later one, so that a large hub's
/// writes share their flushes as they do under load. The hub itself wakes at its own hours.
/// </summary>
internal static class Rounds
{
    // Through the working day; and at 23:00 UTC, when London's day is no longer that of UTC in summer.
    private static readonly int[] Hours = [6, 12, 17, 23];

    /// <summary>The first round at or after an instant, UTC.</summary>
    internal static DateTimeOffset At(DateTimeOffset instant)
    {
        var midnight = new DateTimeOffset(instant.UtcDateTime.Date, TimeSpan.Zero);
        foreach (var hour in Hours)
        {
            if (midnight.AddHours(hour) is var round && round >= instant)
            {
                return round;
            }
        }

        return midnight.AddDays(1).AddHours(Hours[0]);
    }
}
