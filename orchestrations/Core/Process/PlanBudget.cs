using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What was decided about one line of provision in the personal budget of a plan that was issued.</summary>
public enum BudgetStepKind
{
    /// <summary>The line is in the budget.</summary>
    Agreed,

    /// <summary>The family asked for the line, but the line is not in the budget.</summary>
    Refused,

    /// <summary>The amount changed, or payment ended.</summary>
    Changed,

    /// <summary>A refusal, a reduction or the end of a payment was reviewed, and the family was given the result.</summary>
    Answered,
}

/// <summary>One decision on one line of provision. A property that does not apply to the kind of decision is null.</summary>
public sealed record BudgetStep
{
    /// <summary>The number of the decision within the case: 1, 2, 3 and so on. The letter about the decision has this number too.</summary>
    public required int Number { get; init; }

    /// <summary>What was decided.</summary>
    public required BudgetStepKind Kind { get; init; }

    /// <summary>The id of the line of provision in the plan.</summary>
    public required string Line { get; init; }

    /// <summary>The text of the provision in the plan that was in force at the time.</summary>
    public required string Provision { get; init; }

    /// <summary>The day of the decision.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The conditions of an agreement, or the reasons for any other decision.</summary>
    public required string Text { get; init; }

    /// <summary>The day on which the family asked for the provision, or for a review of the decision.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>How the money is held.</summary>
    public PersonalBudgetForm? Form { get; init; }

    /// <summary>The amount in pounds a year; zero if payment ended.</summary>
    public decimal? AnnualAmountPounds { get; init; }

    /// <summary>Who receives or holds the money; null for a notional budget.</summary>
    public string? Recipient { get; init; }

    /// <summary>
    /// Whether the recipient is a nominee, that is, somebody who receives the money on behalf of the parent or young person.
    /// </summary>
    public bool Nominee { get; init; }

    /// <summary>
    /// Whether the council found that the Schedule allows no direct payment to the recipient; null if this was not considered.
    /// </summary>
    public bool? Excluded { get; init; }

    /// <summary>
    /// Whether the head teacher or principal agrees to provision on the premises of a school or college; null if there is no such
    /// provision.
    /// </summary>
    public bool? HeadAgrees { get; init; }

    /// <summary>The first day of the payment, or of the change.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Whether payment ended because the family no longer wants the payment.</summary>
    public bool ConsentWithdrawn { get; init; }

    /// <summary>For the result of a review, the family's representations.</summary>
    public string? Representations { get; init; }

    /// <summary>For the result of a review, the number of the decision that was reviewed.</summary>
    public int? About { get; init; }

    /// <summary>For the result of a review, whether the reviewed decision is unchanged.</summary>
    public bool? Stands { get; init; }
}

/// <summary>The personal budget of a plan that was issued (SI 2014/1652).</summary>
public sealed record PlanBudget
{
    /// <summary>The decisions, in the order in which they were made.</summary>
    public IReadOnlyList<BudgetStep> Steps { get; init => field = value ?? []; } = [];

    /// <summary>Days on which direct payments were reviewed, in chronological order.</summary>
    public IReadOnlyList<DateOnly> ReviewedOn { get; init => field = value ?? []; } = [];

    /// <summary>The family's requests, in the order in which they were made.</summary>
    public IReadOnlyList<BudgetRequest> Requests { get; init => field = value ?? []; } = [];
}

/// <summary>A line of provision for which a family asks.</summary>
/// <param name="Line">The id of the line in the plan.</param>
/// <param name="Provision">The text of the provision in the plan that was in force at the time.</param>
public sealed record BudgetRequestLine(string Line, string Provision);

/// <summary>The family asks for a personal budget for a plan that was issued, or for the review of a decision on the budget.</summary>
public sealed record BudgetRequest
{
    /// <summary>The number of the request within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>The day on which the family asked.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The text of the request; null if it only names lines.</summary>
    public string? Text { get; init; }

    /// <summary>The lines of provision; empty if the family describes the provision only in its own words.</summary>
    public IReadOnlyList<BudgetRequestLine> Lines { get; init => field = value ?? []; } = [];

    /// <summary>The family member who made the request; null means the first contact.</summary>
    public string? Person { get; init; }

    /// <summary>The number of the decision to be reviewed; null if a budget is asked for.</summary>
    public int? About { get; init; }

    /// <summary>The number of the last decision before the request; 0 if there was none.</summary>
    public int After { get; init; }
}
