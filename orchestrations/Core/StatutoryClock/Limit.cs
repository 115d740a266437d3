namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>One time limit in one case.</summary>
/// <param name="Key">The name of the limit within the case: the rule's key, followed by <c>:</c> and the key of the request or institution
/// if there can be several.</param>
/// <param name="Rule">The rule that sets the limit.</param>
/// <param name="From">The day of the fact from which the limit runs; for a date counted back from the final plan, the day of
/// receipt.</param>
/// <param name="Due">The last day of the limit, or null for "as soon as practicable". An exception never changes this day.</param>
/// <param name="RelievedBy">The grounds that remove the force of the limit in this case, in order of name, without duplicates.</param>
public sealed record Limit(string Key, Rule Rule, DateOnly From, DateOnly? Due, IReadOnlyList<Ground> RelievedBy)
{
    /// <summary>The day from which another limit replaces this limit (<see cref="Rule.Replaces"/>), or null if none does.</summary>
    public DateOnly? ReplacedOn { get; init; }

    /// <summary>
    /// The last day that is in time whether or not the day of receipt counts (docs/adr/0002). People work to this day, so that nobody is
    /// late by either way of counting. This day is the same as <see cref="Due"/> if the day of receipt makes no difference or
    /// already counts.
    /// </summary>
    public DateOnly? SafeBy { get => field ?? Due; init; }

    /// <summary>The key of the rule that sets the limit.</summary>
    public string RuleKey => Rule.Key;

    /// <summary>What must be done, in plain English; if several appeals are under way, with the number of the appeal.</summary>
    public string Title => Rule.Starts == StartEvent.AppealSentToCouncil && Key.Length > RuleKey.Length ? $"{Rule.Title} (appeal {Key.AsSpan(RuleKey.Length + 1)})" : Rule.Title;

    /// <summary>The citation of the rule that sets the limit.</summary>
    public string Citation => Rule.Citation;

    /// <summary>Whether the rule that sets the limit was checked against the text of the law.</summary>
    public bool Verified => Rule.Verified;

    /// <summary>The kind of duty behind the limit: statute, Code or planning.</summary>
    public Binding Binding => Rule.Binding;

    /// <summary>
    /// Whether a ground removes the force of the limit. The limit is still shown with its original day, and the rest of the process keeps
    /// its own limits (Code 9.43).
    /// </summary>
    public bool IsRelieved => RelievedBy.Count > 0;
}
