namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the family asked for about the personal budget of an issued plan, and what is still unanswered.</summary>
public static class BudgetRequests
{
    /// <summary>The family's requests, in the order in which they were made.</summary>
    public static IReadOnlyList<BudgetRequest> All(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.PlanBudget?.Requests ?? [];
    }

    /// <summary>The id of the task that waits for an officer until the family's request is answered.</summary>
    public static string AttentionIdOf(BudgetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.About is { } about ? FormattableString.Invariant($"budget-review-{about}") : FormattableString.Invariant($"budget-asked-{request.Number}");
    }

    /// <summary>Whether the family's request still waits for the council's answer.</summary>
    public static bool IsWaiting(AssessmentState state, BudgetRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Attention.Any(a => a.Id == AttentionIdOf(request));
    }

    /// <summary>The first request that awaits an answer while this council maintains the plan, or null if there is none.</summary>
    public static BudgetRequest? Waiting(AssessmentState state) => MaintainedPlan.IsMaintainedHere(state) ? All(state).FirstOrDefault(r => IsWaiting(state, r)) : null;

    /// <summary>The lines of a request on which the council has not decided since it received the request.</summary>
    public static IEnumerable<BudgetRequestLine> Undecided(AssessmentState state, BudgetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Lines.Where(asked => state.PlanBudget!.Steps.All(s =>
            s.Number <= request.After || s.Line != asked.Line || s.Kind is not (BudgetStepKind.Agreed or BudgetStepKind.Refused)));
    }

    /// <summary>The matters that a decision on a line settles: requests in which every line has now been decided, and a request to review
    /// the decision on this line, unless the council refuses the line again.</summary>
    internal static IReadOnlyList<string> SettledBy(AssessmentState state, BudgetStep step) =>
    [
        .. All(state).Where(r => IsWaiting(state, r) && r.Lines.Count > 0 && (r.About is null
            ? r.Lines.Any(l => l.Line == step.Line) && !Undecided(state, r).Any()
            : r.Lines[0].Line == step.Line && step.Kind != BudgetStepKind.Refused)).Select(AttentionIdOf).Distinct(),
    ];
}
