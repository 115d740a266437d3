using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Bus;

/// <summary>A rule of a message that JSON Schema cannot express; it is published with the schema.</summary>
public sealed class MessageRule
{
    internal MessageRule(string message, string says, Func<RuleInput, string?> problem) => (MessageType, Text, Problem) = (message, says, problem);

    /// <summary>CloudEvents type of the message.</summary>
    public string MessageType { get; }

    /// <summary>The rule in one plain sentence.</summary>
    public string Text { get; }

    internal Func<RuleInput, string?> Problem { get; }

    /// <summary>What a rule is checked against: a message and today's date. The advice is checked only once, however many rules
    /// need the result.</summary>
    internal sealed class RuleInput(object body, DateOnly today, AdviceContent? advice)
    {
        private readonly Lazy<AdviceFault?> fault = new(() => advice is null ? null : AdviceFaults.First(advice), LazyThreadSafetyMode.None);

        internal object Body => body;

        internal DateOnly Today => today;

        internal AdviceFault? Fault => fault.Value;
    }
}

/// <summary>
/// What the hub requires of a message beyond its schema. Every rule can be checked from the message and today's date alone, before the
/// message is added to a case or stored. Whether an answer fits the case is decided later.
/// </summary>
public static class MessageRules
{
    /// <summary>The greatest number of days until a school reopens. More days must be a mistake: no school year is as long as
    /// that.</summary>
    public const int MaxDaysToReopening = 400;

    private static readonly (string Code, string Says)[] Advice =
    [
        ("line-id-twice", "All views, needs, outcomes and provisions must have different ids."),
        ("unknown-need", "An outcome's needs must be ids of needs in the same advice."),
        ("unknown-outcome", "A provision's outcomes must be ids of outcomes in the same advice."),
        ("whole-not-there", "If whole is given, it must be the sha256 of an attachment."),
        ("advice-too-long", FormattableString.Invariant($"At most {AdviceFaults.MaxLines} views, needs, outcomes and provisions in total.")),
    ];

    /// <summary>All rules, message by message.</summary>
    public static IReadOnlyList<MessageRule> All { get; } =
    [
        .. OfAdvice<AdviceSubmitted>(BusMessages.AdviceSubmitted, message => message.Advice),
        .. OfAdvice<ReviewAdviceSubmitted>(BusMessages.ReviewAdviceSubmitted, message => message.Advice),
        Of<ReviewAdviceSubmitted>(
            BusMessages.ReviewAdviceSubmitted, "progress must not have two entries for the same line.",
            (message, _) => message.Progress.DistinctBy(one => one.Line, StringComparer.Ordinal).Count() == message.Progress.Count ? null : "$.progress: must not have two entries for the same line."),
        Of<ReviewAdviceSubmitted>(
            BusMessages.ReviewAdviceSubmitted, FormattableString.Invariant($"At most {AdviceFaults.MaxLines} progress entries and notes of the advice in total."),
            (message, _) => message.Progress.Count + message.Advice.Notes.Count <= AdviceFaults.MaxLines ? null
                : FormattableString.Invariant($"$.progress: the entries and the notes of the advice together must be {AdviceFaults.MaxLines} or fewer.")),
        .. OfAdvice<AssessmentPushed>(BusMessages.AssessmentPushed, message => message.Advice),
        Of<AssessmentPushed>(
            BusMessages.AssessmentPushed, "completedOn must not be after the day the message is received.",
            (message, today) => message.CompletedOn > today ? "$.completedOn: must not be after today." : null),
        Of<AssessmentPushed>(
            BusMessages.AssessmentPushed, "completedOn and writtenOn must not be before the date of birth.",
            (message, _) => message.CompletedOn < message.Child.DateOfBirth ? "$.completedOn: must not be before $.child.dateOfBirth."
                : message.Advice.WrittenOn < message.Child.DateOfBirth ? "$.advice.writtenOn: must not be before $.child.dateOfBirth." : null),
        Of<SchoolClosurePublished>(
            BusMessages.SchoolClosurePublished, "reopensOn must be after closedFrom.",
            (message, _) => message.ReopensOn <= message.ClosedFrom ? "$.reopensOn: must be after closedFrom." : null),
        Of<SchoolClosurePublished>(
            BusMessages.SchoolClosurePublished, FormattableString.Invariant($"reopensOn must be at most {MaxDaysToReopening} days after the day of receipt."),
            (message, today) => message.ReopensOn.DayNumber - today.DayNumber > MaxDaysToReopening
                ? FormattableString.Invariant($"$.reopensOn: must be at most {MaxDaysToReopening} days after today.") : null),
    ];

    /// <summary>What is wrong with a message that conforms to its schema, or null if nothing is wrong.</summary>
    /// <param name="body">A message record.</param>
    /// <param name="today">Today's date in London.</param>
    /// <returns>A plain sentence that gives the path and never repeats the content of the message.</returns>
    public static string? FirstViolation(object body, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(body);
        var type = BusMessages.For(body).Type;
        var asked = new MessageRule.RuleInput(body, today, body switch
        {
            AdviceSubmitted submitted => submitted.Advice,
            ReviewAdviceSubmitted review => review.Advice,
            AssessmentPushed pushed => pushed.Advice,
            _ => null,
        });
        return All.Where(rule => rule.MessageType == type).Select(rule => rule.Problem(asked)).FirstOrDefault(problem => problem is not null);
    }

    private static IEnumerable<MessageRule> OfAdvice<T>(string type, Func<T, AdviceContent> advice)
    {
        foreach (var (code, says) in Advice)
        {
            yield return new(type, says, asked => asked.Fault is { } fault && fault.Code == code ? $"$.advice: {code}: {fault.Reason}" : null);
        }

        yield return Of<T>(
            type, "writtenOn must not be after the day the message is received.",
            (message, today) => advice(message).WrittenOn > today ? "$.advice.writtenOn: must not be after today." : null);
    }

    private static MessageRule Of<T>(string type, string says, Func<T, DateOnly, string?> problem) =>
        new(type, says, asked => problem((T)asked.Body, asked.Today));
}
