using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What was decided about one line of provision in the personal budget of a plan that was issued.</summary>
public enum BudgetStepKind
{
    /// <summary>It is in the budget.</summary>
    Agreed,

    /// <summary>It is not, although it was asked for.</summary>
    Refused,

    /// <summary>The sum is another one, or nothing more is paid.</summary>
    Changed,

    /// <summary>A refusal, a reduction or an end was looked at again, and the answer given.</summary>
    Answered,
}

/// <summary>One decision on one line of provision. Members that its kind does not have are null.</summary>
public sealed record BudgetStep
{
    /// <summary>Number within the case: 1, 2, 3 and so on. Its letter has the same number.</summary>
    public required int Number { get; init; }

    /// <summary>What was decided.</summary>
    public required BudgetStepKind Kind { get; init; }

    /// <summary>Id of the line of provision in the plan.</summary>
    public required string Line { get; init; }

    /// <summary>The provision in the words of the plan then in force.</summary>
    public required string Provision { get; init; }

    /// <summary>Day of the decision.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Conditions of what is agreed; otherwise the reasons.</summary>
    public required string Text { get; init; }

    /// <summary>Day on which the family asked for it, or for the decision to be looked at again.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>How it is held.</summary>
    public PersonalBudgetForm? Form { get; init; }

    /// <summary>Pounds a year; zero where nothing more is paid.</summary>
    public decimal? AnnualAmountPounds { get; init; }

    /// <summary>Who receives or holds the money; null for a notional budget.</summary>
    public string? Recipient { get; init; }

    /// <summary>Whether that is a nominee, who receives it for the parent or young person.</summary>
    public bool Nominee { get; init; }

    /// <summary>Whether the recipient is one to whom the Schedule allows no direct payment, as the council found; null where it was not asked.</summary>
    public bool? Excluded { get; init; }

    /// <summary>Whether the head agrees to provision on the premises of a school or college; null where there is none.</summary>
    public bool? HeadAgrees { get; init; }

    /// <summary>First day of the payment, or of the change.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Whether nothing more is paid because the family no longer wants it.</summary>
    public bool ConsentWithdrawn { get; init; }

    /// <summary>For an answer: what the family said.</summary>
    public string? Representations { get; init; }

    /// <summary>For an answer: the number of the decision that was looked at again.</summary>
    public int? About { get; init; }

    /// <summary>For an answer: whether that decision stands.</summary>
    public bool? Stands { get; init; }
}

/// <summary>The personal budget of a plan that was issued (SI 2014/1652).</summary>
public sealed record PlanBudget
{
    /// <summary>The decisions, in order.</summary>
    public IReadOnlyList<BudgetStep> Steps { get; init => field = value ?? []; } = [];

    /// <summary>Days on which direct payments were reviewed, in order.</summary>
    public IReadOnlyList<DateOnly> ReviewedOn { get; init => field = value ?? []; } = [];

    /// <summary>What the family asked for, in order.</summary>
    public IReadOnlyList<BudgetRequest> Requests { get; init => field = value ?? []; } = [];
}

/// <summary>A line of provision for which a family asks.</summary>
/// <param name="Line">Its id in the plan.</param>
/// <param name="Provision">The provision in the words of the plan then in force.</param>
public sealed record BudgetRequestLine(string Line, string Provision);

/// <summary>The family asks for a personal budget of a plan that was issued, or for a decision on it to be looked at again.</summary>
public sealed record BudgetRequest
{
    /// <summary>Number within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>Day on which it asked.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What it says; null where it only names lines.</summary>
    public string? Text { get; init; }

    /// <summary>The lines of provision; none where it asks in its own words alone.</summary>
    public IReadOnlyList<BudgetRequestLine> Lines { get; init => field = value ?? []; } = [];

    /// <summary>Who asks, if the family has several people; null means the first contact.</summary>
    public string? Person { get; init; }

    /// <summary>The number of the decision that is to be looked at again; null where a budget is asked for.</summary>
    public int? About { get; init; }

    /// <summary>The number of the last decision before it; 0 where there was none.</summary>
    public int After { get; init; }
}
