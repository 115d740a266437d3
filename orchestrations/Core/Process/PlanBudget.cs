using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What was decided about one line of provision in the personal budget of a plan that was issued.</summary>
public enum BudgetStepKind
{
    /// <summary>The line is in the budget.</summary>
    Agreed,

    /// <summary>The line was asked for but is not in the budget.</summary>
    Refused,

    /// <summary>The amount changed, or payment ended.</summary>
    Changed,

    /// <summary>A refusal, a reduction or an end was reviewed, and the family was given the result.</summary>
    Answered,
}

/// <summary>One decision on one line of provision. Members that do not apply to the kind of decision are null.</summary>
public sealed record BudgetStep
{
    /// <summary>The number of the decision within the case: 1, 2, 3 and so on. The letter about the decision has the same number.</summary>
    public required int Number { get; init; }

    /// <summary>What was decided.</summary>
    public required BudgetStepKind Kind { get; init; }

    /// <summary>The id of the line of provision in the plan.</summary>
    public required string Line { get; init; }

    /// <summary>The provision in the words of the plan in force at the time.</summary>
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

    /// <summary>Whether the recipient is a nominee, who receives the money for the parent or young person.</summary>
    public bool Nominee { get; init; }

    /// <summary>Whether the council found that the Schedule allows no direct payment to the recipient; null if the question was not asked.</summary>
    public bool? Excluded { get; init; }

    /// <summary>Whether the head agrees to provision on the premises of a school or college; null if there is no such provision.</summary>
    public bool? HeadAgrees { get; init; }

    /// <summary>The first day of the payment, or of the change.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Whether payment ended because the family no longer wants it.</summary>
    public bool ConsentWithdrawn { get; init; }

    /// <summary>For an answer, the family's representations.</summary>
    public string? Representations { get; init; }

    /// <summary>For an answer, the number of the decision that was reviewed.</summary>
    public int? About { get; init; }

    /// <summary>For an answer, whether the reviewed decision stands.</summary>
    public bool? Stands { get; init; }
}

/// <summary>The personal budget of a plan that was issued (SI 2014/1652).</summary>
public sealed record PlanBudget
{
    /// <summary>The decisions, in order.</summary>
    public IReadOnlyList<BudgetStep> Steps { get; init => field = value ?? []; } = [];

    /// <summary>Days on which direct payments were reviewed, in order.</summary>
    public IReadOnlyList<DateOnly> ReviewedOn { get; init => field = value ?? []; } = [];

    /// <summary>The family's requests, in order.</summary>
    public IReadOnlyList<BudgetRequest> Requests { get; init => field = value ?? []; } = [];
}

/// <summary>A line of provision for which a family asks.</summary>
/// <param name="Line">The id of the line in the plan.</param>
/// <param name="Provision">The provision in the words of the plan in force at the time.</param>
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

    /// <summary>The lines of provision; empty if the family asks only in its own words.</summary>
    public IReadOnlyList<BudgetRequestLine> Lines { get; init => field = value ?? []; } = [];

    /// <summary>The family member who asks; null means the first contact.</summary>
    public string? Person { get; init; }

    /// <summary>The number of the decision to be reviewed; null if a budget is asked for.</summary>
    public int? About { get; init; }

    /// <summary>The number of the last decision before the request; 0 if there was none.</summary>
    public int After { get; init; }
}
