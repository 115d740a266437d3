namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the day of an input says.</summary>
public enum DayTells
{
    /// <summary>What has happened: it does not lie after today.</summary>
    ThePast,

    /// <summary>What is planned, or a period that may go on: it may lie ahead, but not so far that it can only be a slip.</summary>
    WhatIsPlanned,

    /// <summary>The hub's own clock wrote it; it is taken as it is, and whoever uses it compares it.</summary>
    TheHubsClock,
}

/// <summary>A fact on record with its day, which the day of an input is held against.</summary>
/// <param name="On">Its day.</param>
/// <param name="What">The fact in words that follow "before" or "after": "the day on which the draft plan was prepared".</param>
internal readonly record struct DatedFact(DateOnly? On, string What);

/// <summary>
/// The rule of one day that an input gives: the facts it rests on, which it cannot precede, and those that rest on it, which it cannot
/// follow. A day that contradicts the record would make limits that were missed look met, and cut short the time that the family has.
/// </summary>
public abstract class DateRule
{
    /// <summary>A day that is planned further ahead than this is a slip of the pen.</summary>
    internal const int FurthestAheadDays = 731;

    /// <summary>The member of the input, as a path: <c>On</c>, <c>Content.WrittenOn</c>.</summary>
    public required string Member { get; init; }

    /// <summary>What the day is, as a refusal begins: "The day of the consultation".</summary>
    public required string Name { get; init; }

    /// <summary>What it says.</summary>
    public required DayTells Tells { get; init; }

    /// <summary>The day that an input gives; null where it gives none.</summary>
    internal abstract DateOnly? Of(AssessmentInput input);

    /// <summary>Whether it keeps the rule; where not, the input is refused in these words.</summary>
    internal abstract bool Holds(Deciding d, AssessmentInput input);
}

/// <summary>The rule of one day of one kind of input.</summary>
/// <typeparam name="T">The kind of input.</typeparam>
internal sealed class DateRule<T> : DateRule
    where T : AssessmentInput
{
    /// <summary>The day; null where the input gives none.</summary>
    internal required Func<T, DateOnly?> Day { get; init; }

    /// <summary>The facts that it cannot precede.</summary>
    internal required IReadOnlyList<Func<AssessmentState, T, DatedFact>> NotBefore { get; init; }

    /// <summary>The facts that it cannot follow.</summary>
    internal IReadOnlyList<Func<AssessmentState, T, DatedFact>> NotAfter { get; init; } = [];

    internal override DateOnly? Of(AssessmentInput input) => Day((T)input);

    internal override bool Holds(Deciding d, AssessmentInput input)
    {
        var said = (T)input;
        if (Tells == DayTells.TheHubsClock || Day(said) is not { } day)
        {
            return true;
        }

        if (!d.Require(Tells != DayTells.ThePast || day <= d.Today, "day-in-future", $"{Name} is in the future.")
            || !d.Require(day.DayNumber <= d.Today.DayNumber + FurthestAheadDays, "day-too-far-ahead", $"{Name} is more than two years ahead."))
        {
            return false;
        }

        foreach (var fact in NotBefore)
        {
            var (on, what) = fact(d.State, said);
            if (!d.Require(!(day < on), Code(what), $"{Name} ({Words.Day(day, true)}) is before {what} ({Shown(on)})."))
            {
                return false;
            }
        }

        foreach (var fact in NotAfter)
        {
            var (on, what) = fact(d.State, said);
            if (!d.Require(!(day > on), "day-out-of-order", $"{Name} ({Words.Day(day, true)}) is after {what} ({Shown(on)})."))
            {
                return false;
            }
        }

        return true;
    }

    private static string Code(string what) => what == DatedFacts.TheRequest ? "day-before-request" : "day-out-of-order";

    private static string Shown(DateOnly? on) => on is { } day ? Words.Day(day, true) : "";
}
