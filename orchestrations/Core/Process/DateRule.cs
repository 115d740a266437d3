namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What kind of date an input gives.</summary>
public enum DateKind
{
    /// <summary>Something that has happened, so the date cannot be after today.</summary>
    ThePast,

    /// <summary>Something planned, or a period that can continue. The date can be in the future, but not so far ahead that it must be a
    /// mistake.</summary>
    WhatIsPlanned,

    /// <summary>A date set by the hub's own clock, which is accepted without a check; the code that uses the date makes any
    /// comparison.</summary>
    TheHubsClock,
}

/// <summary>A recorded fact with its date, against which the date of an input is checked.</summary>
/// <param name="On">The day of the fact.</param>
/// <param name="What">The fact as a phrase that can follow "before" or "after", for example "the day on which the draft plan was
/// prepared".</param>
internal readonly record struct DatedFact(DateOnly? On, string What);

/// <summary>
/// The rule for one date in an input: the facts that must have happened before it, and the facts that can only happen after it. A date that
/// contradicts the record could make missed time limits look met, or shorten the family's time.
/// </summary>
public abstract class DateRule
{
    /// <summary>A date further ahead than this is treated as a typing error.</summary>
    internal const int FurthestAheadDays = 731;

    /// <summary>The path of the member in the input, for example <c>On</c> or <c>Content.WrittenOn</c>.</summary>
    public required string Member { get; init; }

    /// <summary>The name of the date, with which the message of a refusal begins, for example "The day of the consultation".</summary>
    public required string Name { get; init; }

    /// <summary>The kind of date.</summary>
    public required DateKind Kind { get; init; }

    /// <summary>The date in an input, or null if the input has none.</summary>
    internal abstract DateOnly? Of(AssessmentInput input);

    /// <summary>Checks that the date obeys the rule; if not, the input is refused with the reason.</summary>
    internal abstract bool Holds(Deciding d, AssessmentInput input);
}

/// <summary>The rule for one date of one kind of input.</summary>
/// <typeparam name="T">The kind of input.</typeparam>
internal sealed class DateRule<T> : DateRule
    where T : AssessmentInput
{
    /// <summary>Reads the date from the input; null if the input has none.</summary>
    internal required Func<T, DateOnly?> Day { get; init; }

    /// <summary>The facts that the date cannot precede.</summary>
    internal required IReadOnlyList<Func<AssessmentState, T, DatedFact>> NotBefore { get; init; }

    /// <summary>The facts that the date cannot follow.</summary>
    internal IReadOnlyList<Func<AssessmentState, T, DatedFact>> NotAfter { get; init; } = [];

    internal override DateOnly? Of(AssessmentInput input) => Day((T)input);

    internal override bool Holds(Deciding d, AssessmentInput input)
    {
        var said = (T)input;
        if (Kind == DateKind.TheHubsClock || Day(said) is not { } day)
        {
            return true;
        }

        if (!d.Require(Kind != DateKind.ThePast || day <= d.Today, "day-in-future", $"{Name} is in the future.")
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
