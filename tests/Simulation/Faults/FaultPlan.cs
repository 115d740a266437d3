using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Faults;

/// <summary>How much goes wrong.</summary>
public enum FaultLevel
{
    /// <summary>Nothing but people who are late.</summary>
    None,

    /// <summary>As in a bad year: partners away now and then, lost answers, a disk that hiccups, a clock that is set.</summary>
    Some,

    /// <summary>Everything, all the time.</summary>
    Hell,
}

/// <summary>How one attempt at an effect goes.</summary>
public enum OutsideFault
{
    /// <summary>Well.</summary>
    None,

    /// <summary>It does not arrive.</summary>
    Lost,

    /// <summary>It arrives, and the answer is lost.</summary>
    AnswerLost,

    /// <summary>The handler itself throws.</summary>
    Throws,

    /// <summary>A person must put something right first.</summary>
    NeedsHuman,

    /// <summary>It can never succeed in this way.</summary>
    Permanent,
}

/// <summary>How one durable operation goes.</summary>
public enum DiskFault
{
    /// <summary>Well.</summary>
    None,

    /// <summary>It fails and nothing is written.</summary>
    Before,

    /// <summary>It is written, and the caller hears that it failed.</summary>
    After,
}

/// <summary>What ails a disk until somebody puts it right.</summary>
public enum DiskAilment
{
    /// <summary>No room is left on it.</summary>
    Full,

    /// <summary>It can only be read.</summary>
    ReadOnly,
}

/// <summary>What goes wrong when. Each fault is a function of the seed and of what it strikes, so that the same seed brings the same faults.</summary>
public sealed class FaultPlan(ulong seed, FaultLevel level)
{
    private readonly Draw draw = new Draw(seed).For("faults");

    /// <summary>How far a clock is set wrong at most.</summary>
    public static TimeSpan ClockStep { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How much goes wrong.</summary>
    public FaultLevel Level => level;

    /// <summary>How an attempt goes. The same attempt, made again at the same instant after a crash, goes the same way.</summary>
    public OutsideFault OfAttempt(string effectId, AgencyId? agency, DateTimeOffset now)
    {
        if (level == FaultLevel.None)
        {
            return OutsideFault.None;
        }

        // An agency's system is away for a day.
        if (agency is { } whose && draw.Chance(whose.Value, Rate(0.0005, 0.03), now.UtcTicks / TimeSpan.TicksPerDay))
        {
            return OutsideFault.Lost;
        }

        var at = draw.Unit(effectId, now.UtcTicks);
        foreach (var (fault, share) in new[]
        {
            (OutsideFault.Lost, Rate(0.002, 0.08)), (OutsideFault.AnswerLost, Rate(0.001, 0.04)), (OutsideFault.Throws, Rate(0.0002, 0.02)),
            (OutsideFault.NeedsHuman, Rate(0.0001, 0.004)), (OutsideFault.Permanent, Rate(0.0001, 0.003)),
        })
        {
            if ((at -= share) < 0)
            {
                return fault;
            }
        }

        return OutsideFault.None;
    }

    /// <summary>How a durable operation goes.</summary>
    /// <param name="operation">What is written.</param>
    /// <param name="tries">Times it was tried before.</param>
    public DiskFault OfOperation(string operation, int tries) => level == FaultLevel.None || !draw.Chance(operation, Rate(0.00002, 0.006), tries)
        ? DiskFault.None
        : draw.Chance("after", 0.5, operation.Length + tries) ? DiskFault.After : DiskFault.Before;

    /// <summary>The durable operation of a day at which the process dies, counted from the first that the day brings; null when it lives through the day.</summary>
    public (int Operation, bool After)? Death(DateOnly day) =>
        draw.Chance("death", Rate(0.01, 0.06), day.DayNumber) ? (draw.Between("at", 1, 12, day.DayNumber), draw.Chance("after it", 0.5, day.DayNumber)) : null;

    /// <summary>By how much the hub's clock is wrong on a day. Both days on which the clocks change are among those on which it is.</summary>
    public TimeSpan ClockError(DateOnly day)
    {
        var wrong = level != FaultLevel.None && (Calendar.ClockChanges.Contains(day) || draw.Chance("clock", Rate(0.02, 0.1), day.DayNumber));
        return !wrong ? TimeSpan.Zero : draw.Chance("slow", 0.5, day.DayNumber) ? -ClockStep : ClockStep;
    }

    /// <summary>What begins to ail the disk on a day.</summary>
    public DiskAilment? Ails(DateOnly day) =>
        draw.Chance("full", Rate(0.003, 0.01), day.DayNumber) ? DiskAilment.Full : draw.Chance("read-only", Rate(0.003, 0.01), day.DayNumber) ? DiskAilment.ReadOnly : null;

    /// <summary>Whether a page of the file is damaged on a day.</summary>
    public bool PageIsDamaged(DateOnly day) => draw.Chance("damaged", Rate(0.003, 0.01), day.DayNumber);

    private double Rate(double some, double hell) => level == FaultLevel.Some ? some : level == FaultLevel.Hell ? hell : 0;
}
