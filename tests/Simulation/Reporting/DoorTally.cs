using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Reporting;

/// <summary>What agencies gave at one door.</summary>
public sealed class AtDoor
{
    /// <summary>Answers that were given.</summary>
    public int Given { get; set; }

    /// <summary>Of these, refused by the door itself or by the case.</summary>
    public int Refused { get; set; }

    /// <summary>Given again, after the answer or because it was lost.</summary>
    public int Repeated { get; set; }

    internal void Add(AtDoor other)
    {
        Given += other.Given;
        Refused += other.Refused;
        Repeated += other.Repeated;
    }
}

/// <summary>Counts what agencies gave, by door.</summary>
internal static class DoorTally
{
    internal static void Count(CaseFile file, SortedDictionary<Door, AtDoor> doors)
    {
        foreach (var message in file.Ledger.Messages.Values.Where(m => m.ByAgency))
        {
            var outcome = message.InTrail is { } id ? file.Outcomes.GetValueOrDefault(id) : null;
            var at = Of(doors, message.Door);
            at.Given++;
            at.Refused += message.RefusedAtDoor || outcome?.Accepted == false ? 1 : 0;
            at.Repeated += message.Repeated ? 1 : 0;
        }
    }

    internal static AtDoor Of(SortedDictionary<Door, AtDoor> doors, Door door)
    {
        if (!doors.TryGetValue(door, out var at))
        {
            doors[door] = at = new AtDoor();
        }

        return at;
    }
}
