namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>One limit of one case.</summary>
/// <param name="Key">Name within the case: the rule's key, with <c>:</c> and the key of the request or institution where there may be several.</param>
/// <param name="Rule">The rule that sets it.</param>
/// <param name="From">Day of the fact that it runs from; for a date counted back from the final plan, the day of receipt.</param>
/// <param name="Due">Last day on which it is met, or null for "as soon as practicable". No exception ever changes it.</param>
/// <param name="RelievedBy">Grounds that remove its force in this case, in order of name, without duplicates.</param>
public sealed record Limit(string Key, Rule Rule, DateOnly From, DateOnly? Due, IReadOnlyList<Ground> RelievedBy)
{
    /// <summary>Day from which another limit replaces it (<see cref="Rule.Replaces"/>); null while none does.</summary>
    public DateOnly? ReplacedOn { get; init; }

    /// <summary>
    /// Last day that is in time whether or not the day of receipt counts (docs/adr/0002): people work to it, so that nobody is late under
    /// either reading. <see cref="Due"/> itself where only one reading is known.
    /// </summary>
    public DateOnly? SafeBy { get => field ?? Due; init; }

    /// <summary>Key of the rule.</summary>
    public string RuleKey => Rule.Key;

    /// <summary>Its citation.</summary>
    public string Citation => Rule.Citation;

    /// <summary>Whether the rule was checked against the text of the law.</summary>
    public bool Verified => Rule.Verified;

    /// <summary>Statute, Code or planning.</summary>
    public Binding Binding => Rule.Binding;

    /// <summary>
    /// Whether a ground removes its force. It is still shown, with its original day, and the rest of the process keeps its own limits (Code
    /// 9.43).
    /// </summary>
    public bool IsRelieved => RelievedBy.Count > 0;
}
