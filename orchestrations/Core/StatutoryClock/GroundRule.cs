namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>How a ground is tested against the period of a limit.</summary>
public enum GroundTestKind
{
    /// <summary>A continuous closure, with advice requested around it.</summary>
    Closure,

    /// <summary>One day inside the period is enough.</summary>
    AnyDay,

    /// <summary>A number of days in a row inside the period.</summary>
    DaysInARow,

    /// <summary>The day is inside the period of the advice whose author had made the appointment.</summary>
    Appointment,
}

/// <summary>The test and its numbers.</summary>
public sealed record GroundTest
{
    /// <summary>Which test.</summary>
    public required GroundTestKind Kind { get; init; }

    /// <summary>Fewest days in a row: of the closure, or of the absence inside the period.</summary>
    public int? MinimumDays { get; init; }

    /// <summary>Closure: the window for requests opens this many days before the first day of closure.</summary>
    public int? AskedFromDaysBefore { get; init; }

    /// <summary>Closure: the window ends this many days before the day of reopening.</summary>
    public int? AskedUntilDaysBefore { get; init; }

    /// <summary>Closure: only requests for advice of these kinds count.</summary>
    public IReadOnlyList<Contracts.Advice.AdviceKind> AdviceKinds { get; init; } = [];
}

/// <summary>The rules that a ground may relieve, with the paragraph.</summary>
/// <param name="Rules">Keys of rules.</param>
/// <param name="Citation">The paragraph.</param>
/// <param name="Verified">Whether that paragraph has been read.</param>
/// <param name="Note">For an unverified paragraph, what to check.</param>
public sealed record Relief(IReadOnlyList<string> Rules, string Citation, bool Verified, string? Note = null);

/// <summary>
/// One ground of exception as data. The law says "need not comply ... if it is impractical to do so because": a ground removes the limit's
/// force and sets no other date.
/// </summary>
public sealed record GroundRule
{
    /// <summary>The ground.</summary>
    public required Ground Ground { get; init; }

    /// <summary>Its letter A to E in the hub's documents; grounds after a tribunal order have none.</summary>
    public string? Letter { get; init; }

    /// <summary>The closed list that it belongs to.</summary>
    public required GroundList List { get; init; }

    /// <summary>What it is, in plain English.</summary>
    public required string Title { get; init; }

    /// <summary>How it is tested.</summary>
    public required GroundTest Test { get; init; }

    /// <summary>The rules that it may relieve.</summary>
    public required IReadOnlyList<Relief> Relieves { get; init; }

    /// <summary>Remarks.</summary>
    public string? Note { get; init; }

    /// <summary>The paragraph under which this ground relieves <paramref name="ruleKey"/>, or null when it never does.</summary>
    public Relief? For(string ruleKey) => Relieves.FirstOrDefault(relief => relief.Rules.Contains(ruleKey));
}
