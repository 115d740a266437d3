using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The content of the personal budget of an issued plan, and the decisions on it that can be reviewed.</summary>
public static class PlanBudgets
{
    /// <summary>The agreement on which each line of the budget is based, with the current amount. Lines for which payment has ended are left
    /// out.</summary>
    /// <param name="state">The case.</param>
    /// <param name="on">The day for which the budget is wanted.</param>
    public static IReadOnlyList<BudgetStep> AgreementsInForce(AssessmentState state, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.PlanBudget is not { } budget)
        {
            return [];
        }

        var lines = new List<BudgetStep>();
        foreach (var line in budget.Steps.GroupBy(s => s.Line))
        {
            if (line.LastOrDefault(s => s.Kind == BudgetStepKind.Agreed) is not { } agreed)
            {
                continue;
            }

            var changes = line.Where(s => s.Kind == BudgetStepKind.Changed && s.Number > agreed.Number && s.From <= on).ToList();
            var sum = changes.Count == 0 ? agreed.AnnualAmountPounds : changes[^1].AnnualAmountPounds;
            if (sum > 0)
            {
                lines.Add(agreed with { AnnualAmountPounds = sum });
            }
        }

        return lines;
    }

    /// <summary>Whether money is paid to the family or its nominee.</summary>
    internal static bool IsDirect(BudgetStep step) => step.Form is PersonalBudgetForm.DirectPayment or PersonalBudgetForm.Mixed;

    /// <summary>
    /// The first day of the latest unbroken series of direct payments, even if the first payment of the series has been stopped; null if there
    /// were none.
    /// </summary>
    internal static DateOnly? PaidSince(AssessmentState state)
    {
        DateOnly? since = null;
        DateOnly? until = null;
        foreach (var (from, end) in Paid(state))
        {
            var restarts = since is null || until < from;
            since = restarts ? from : since;
            until = restarts ? end : until is null || end is null ? null : end > until ? end : until;
        }

        return since;
    }

    // Each agreement on a direct payment, with the first day on which the payment was no longer made, sorted by the first day of payment.
    private static IEnumerable<(DateOnly From, DateOnly? End)> Paid(AssessmentState state) => (state.PlanBudget?.Steps ?? [])
        .Where(s => s is { Kind: BudgetStepKind.Agreed, From: not null } && IsDirect(s))
        .Select(agreed => (
            From: agreed.From!.Value,
            End: state.PlanBudget!.Steps.FirstOrDefault(s => s.Line == agreed.Line && s.Number > agreed.Number && s is { Kind: BudgetStepKind.Changed, AnnualAmountPounds: 0 })?.From))
        .OrderBy(paid => paid.From);

    /// <summary>If no direct payment is being made on a given day, the first day without any; otherwise null.</summary>
    internal static DateOnly? NotPaidSince(AssessmentState state, DateOnly on) => AgreementsInForce(state, on).Any(IsDirect)
        ? null
        : state.PlanBudget?.Steps.Where(s => s.Kind == BudgetStepKind.Changed && s.AnnualAmountPounds == 0).Max(s => s.From);

    /// <summary>The given day, if direct payments were being made on that day; otherwise null. Direct payments are reviewed with the plan,
    /// and at a re-assessment.</summary>
    internal static DateOnly? IfPaid(AssessmentState state, DateOnly? on) => on is { } day && Paid(state).Any(paid => paid.From <= day && !(paid.End <= day)) ? day : null;

    /// <summary>
    /// The first day, on or after <paramref name="since"/>, on which the direct payments were reviewed; null until then.
    /// </summary>
    internal static DateOnly? ReviewedSince(AssessmentState state, DateOnly since)
    {
        DateOnly? first = null;
        foreach (var day in state.PlanBudget?.ReviewedOn ?? [])
        {
            first = day >= since && !(first <= day) ? day : first;
        }

        return first;
    }

    /// <summary>The lines of provision in the plan in force that a budget can include: the lines of sections F, G, H1 and H2.</summary>
    public static IReadOnlyList<PlanLine> EligibleLines(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. (state.NewestPlan?.Sections ?? []).Where(s => PlanLinks.IsProvision(s.Letter)).SelectMany(s => s.Lines)];
    }

    /// <summary>The decisions to refuse, reduce or end a payment that the family can still ask the council to review.</summary>
    public static IReadOnlyList<BudgetStep> Disputable(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var steps = state.PlanBudget?.Steps ?? [];
        return [.. steps.Select(s => s.Line).Distinct().Select(line => Disputable(state, line)).OfType<BudgetStep>().Where(last => steps.All(s => s.About != last.Number))];
    }

    /// <summary>The last decision on a line, if the family can ask the council to review it; otherwise null.</summary>
    internal static BudgetStep? Disputable(AssessmentState state, string line) =>
        state.PlanBudget?.Steps.LastOrDefault(s => s.Line == line && s.Kind is not BudgetStepKind.Answered) is { Kind: not BudgetStepKind.Agreed } last ? last : null;

    /// <summary>The decision on the budget that a letter is about.</summary>
    internal static BudgetStep? Of(AssessmentState state, Notice notice) => state.PlanBudget?.Steps.FirstOrDefault(s => s.Number == notice.Occasion);
}
