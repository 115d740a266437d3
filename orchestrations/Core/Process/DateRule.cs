namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What kind of date an input gives.</summary>
public enum DateKind
{
    /// <summary>Something that has happened: the date is not after today.</summary>
    ThePast,

    /// <summary>Something planned, or a period that may continue: the date may be in the future, but not so far that it must be a mistake.</summary>
    WhatIsPlanned,

    /// <summary>Written by the hub's own clock: accepted unchecked, and compared by the code that uses it.</summary>
    TheHubsClock,
}

/// <summary>A recorded fact with its date, against which the date of an input is checked.</summary>
/// <param name="On">Its day.</param>
/// <param name="What">The fact in words that follow "before" or "after": "the day on which the draft plan was prepared".</param>
internal readonly record struct DatedFact(DateOnly? On, string What);

/// <summary>
/// The rule for one date that an input gives: the facts that must have happened before, and those that can only happen afterwards. A date
/// that contradicts the record would make missed limits look met, and shorten the time that the family has.
/// </summary>
public abstract class DateRule
{
    /// <summary>A date further ahead than this is treated as a typing error.</summary>
    internal const int FurthestAheadDays = 731;

    /// <summary>The member of the input, as a path: <c>On</c>, <c>Content.WrittenOn</c>.</summary>
    public required string Member { get; init; }

    /// <summary>The name of the date, with which a refusal begins: "The day of the consultation".</summary>
    public required string Name { get; init; }

    /// <summary>What it says.</summary>
    public required DateKind Tells { get; init; }

    /// <summary>The date that an input gives; null where it gives none.</summary>
    internal abstract DateOnly? Of(AssessmentInput input);

    /// <summary>Whether the date obeys the rule; if not, the input is refused with these words.</summary>
    internal abstract bool Holds(Deciding d, AssessmentInput input);
}

/// <summary>The rule for one date of one kind of input.</summary>
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
        if (Tells == DateKind.TheHubsClock || Day(said) is not { } day)
        {
            return true;
        }

        if (!d.Require(Tells != DateKind.ThePast || day <= d.Today, "day-in-future", $"{Name} is in the future.")
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
