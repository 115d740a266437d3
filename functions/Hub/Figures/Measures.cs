namespace IntegrationHub.Functions.Figures;

/// <summary>
/// The counts into which another count is divided. The remainder is treated as one of the parts, although it is not published, because
/// anybody can calculate it by subtraction.
/// </summary>
/// <param name="Of">The count that is divided.</param>
/// <param name="Into">The counts into which it is divided.</param>
/// <param name="HasRest">Whether the parts can leave a remainder.</param>
internal sealed record Split(string Of, IReadOnlyList<string> Into, bool HasRest = false);

/// <summary>Divisions of a count that are shown or suppressed together, because showing one would reveal another.</summary>
/// <param name="Splits">The divisions.</param>
/// <param name="With">Another count: if it is suppressed, these divisions are suppressed too. They are also suppressed if a count that
/// they divide is suppressed.</param>
internal sealed record SplitGroup(IReadOnlyList<Split> Splits, string? With = null);

/// <summary>
/// A part of a population that counts nearly the same children as the whole of another population. Whoever knows this can put one count in
/// the place of the other, so suppressing only one of them is not enough.
/// </summary>
/// <param name="Population">The population to which the part belongs.</param>
/// <param name="Part">The part, which is one of the counts into which its population is divided.</param>
/// <param name="Whole">The other population.</param>
/// <param name="HasDifference">Whether the difference between the two is itself a number of children, such as those who got a plan after a
/// refusal.</param>
internal sealed record Likeness(string Population, string Part, string Whole, bool HasDifference = false);

/// <summary>What the figures count, and how the counts are related.</summary>
internal static class Measures
{
    internal const string Requests = "requests";
    internal const string Assessments = "assessments";
    internal const string NewPlans = "newPlans";
    internal const string Plans = "plans";

    internal const string InTime = "newPlansInTime";
    internal const string Late = "newPlansLate";
    internal const string OverYear = "newPlansOverYear";
    internal const string NoException = "newPlansWithoutException";
    internal const string InTimeNoException = "newPlansInTimeWithoutException";
    internal const string LateNoException = "newPlansLateWithoutException";
    internal const string OverYearNoException = "newPlansOverYearWithoutException";

    internal const string ReviewExpected = "reviewExpected";
    internal const string ReviewHeld = "reviewHeld";
    internal const string ReviewInYear = "reviewInYear";
    internal const string DecidedInTime = "reviewDecidedInTime";
    internal const string DecidedLate = "reviewDecidedLate";

    /// <summary>The counts of new plans by how long they took: issued in time, late, or after more than a year.</summary>
    internal static IReadOnlyList<string> Spans { get; } = [InTime, Late, OverYear];

    /// <summary>The same three counts, leaving out plans to which an exception applies.</summary>
    internal static IReadOnlyList<string> SpansNoException { get; } = [InTimeNoException, LateNoException, OverYearNoException];

    /// <summary>How the counts of each population are divided; the counts of new plans by span and exception have a rule of their
    /// own.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<SplitGroup>> Groups { get; } = new Dictionary<string, IReadOnlyList<SplitGroup>>(StringComparer.Ordinal)
    {
        [Requests] =
        [
            new([new(Requests, ["requestsToAssess", "requestsNotToAssess", "requestsUndecided", "requestsWithdrawn"])]),
            new([new(Requests, ["requestsInTime", "requestsLate"], HasRest: true)], With: "requestsToAssess"),
            new([new(Requests, ["requestsInYouthAccommodation"], HasRest: true)]),
            Flags(Requests, "requestMediation", "requestTribunal", "requestMediationAndTribunal"),
        ],
        [Assessments] =
        [
            new([new(Assessments, ["plansAgreed", "noPlan", "assessmentsUndecided", "assessmentsWithdrawn"])]),
            new([new("noPlan", ["noPlanInTime", "noPlanLate"], HasRest: true)]),
            Flags(Assessments, "assessmentMediation", "assessmentTribunal", "assessmentMediationAndTribunal"),
            Flags(Assessments, "otherMediation", "otherTribunal", "otherMediationAndTribunal"),
        ],
        [NewPlans] = [],
        [Plans] =
        [
            new([new(Plans, [ReviewExpected, "reviewNotExpected"])]),
            new([new(ReviewExpected, [ReviewHeld, "reviewNone"])]),
            new([new(ReviewHeld, [ReviewInYear, "reviewAfterYear", "reviewBeforeYear"])]),
            new([new(ReviewHeld, [DecidedInTime, DecidedLate], HasRest: true)]),
        ],
    };

    /// <summary>
    /// Counts of one table that can stand for counts of another: most plans that are agreed are issued in the same year, most requests that
    /// lead to an assessment are in the table of assessments, and most plans too new for a review were issued in the year.
    /// </summary>
    internal static IReadOnlyList<Likeness> Likenesses { get; } =
    [
        new(Assessments, "plansAgreed", NewPlans, HasDifference: true),
        new(Requests, "requestsToAssess", Assessments),
        new(Plans, "reviewNotExpected", NewPlans),
    ];

    /// <summary>The division of a population of which a count is one part.</summary>
    internal static Split SplitOf(string population, string part) => Groups[population].SelectMany(group => group.Splits).First(split => split.Of == population && split.Into.Contains(part));

    /// <summary>Every count that belongs to a population (such as requests or plans), starting with the population itself.</summary>
    internal static IReadOnlyList<string> Of(string population) => population == NewPlans
        ? [NewPlans, .. Spans, NoException, .. SpansNoException]
        : [population, .. Groups[population].SelectMany(group => group.Splits).SelectMany(split => split.Into).Distinct()];

    private static SplitGroup Flags(string of, string one, string other, string both) =>
        new([new(of, [one], HasRest: true), new(of, [other], HasRest: true), new(one, [both], HasRest: true), new(other, [both], HasRest: true)]);
}
