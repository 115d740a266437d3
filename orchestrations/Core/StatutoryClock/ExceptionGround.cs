namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>How the hub tests whether a ground applies within the period of a time limit.</summary>
public enum GroundTestKind
{
    /// <summary>The setting was closed continuously, and advice was requested in a set period around the closure.</summary>
    Closure,

    /// <summary>At least one day of the claim is inside the period of the time limit.</summary>
    AnyDay,

    /// <summary>A minimum number of consecutive days of the claim is inside the period of the time limit.</summary>
    DaysInARow,

    /// <summary>The day of the claim is inside the period for advice from the body that made the appointment.</summary>
    Appointment,
}

/// <summary>The test that decides whether a ground applies: its kind, and the numbers of days that it needs.</summary>
public sealed record GroundTest
{
    /// <summary>The kind of test.</summary>
    public required GroundTestKind Kind { get; init; }

    /// <summary>The minimum number of consecutive days of the closure, or of the absence inside the period.</summary>
    public int? MinimumDays { get; init; }

    /// <summary>For a closure, the period in which a request counts begins this many days before the first day of closure.</summary>
    public int? AskedFromDaysBefore { get; init; }

    /// <summary>For a closure, the period in which a request counts ends this many days before the day of reopening.</summary>
    public int? AskedUntilDaysBefore { get; init; }

    /// <summary>For a closure, only requests for advice of these kinds are relevant.</summary>
    public IReadOnlyList<Contracts.Advice.AdviceKind> AdviceKinds { get; init; } = [];
}

/// <summary>The rules that a ground can relieve, with the paragraph of the law.</summary>
/// <param name="Rules">The keys of the rules that the ground can relieve.</param>
/// <param name="Citation">The paragraph of the law.</param>
/// <param name="Verified">Whether the paragraph has been checked against the text of the law.</param>
/// <param name="Note">What to check, if the paragraph is unverified.</param>
public sealed record Relief(IReadOnlyList<string> Rules, string Citation, bool Verified, string? Note = null);

/// <summary>
/// One ground of exception as data. The law says "need not comply ... if it is impractical to do so because": a ground removes the limit's
/// force and sets no other date.
/// </summary>
public sealed record ExceptionGround
{
    /// <summary>The ground.</summary>
    public required Ground Ground { get; init; }

    /// <summary>The letter of the ground in the hub's documents, A to E; grounds after a tribunal order have no letter.</summary>
    public string? Letter { get; init; }

    /// <summary>The closed list that the ground belongs to.</summary>
    public required GroundList List { get; init; }

    /// <summary>A description of the ground in plain English.</summary>
    public required string Title { get; init; }

    /// <summary>How the ground is tested.</summary>
    public required GroundTest Test { get; init; }

    /// <summary>The rules that the ground can relieve.</summary>
    public required IReadOnlyList<Relief> Relieves { get; init; }

    /// <summary>Remarks on the ground.</summary>
    public string? Note { get; init; }

    /// <summary>The paragraph under which this ground relieves the rule <paramref name="ruleKey"/>, or null if it never relieves that
    /// rule.</summary>
    public Relief? For(string ruleKey) => Relieves.FirstOrDefault(relief => relief.Rules.Contains(ruleKey));
}
