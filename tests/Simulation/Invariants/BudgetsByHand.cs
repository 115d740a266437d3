using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// Personal budgets from SI 2014/1652: direct payments are reviewed within the first three months of being made, and at every review and re-assessment of
/// the plan (reg 11); less or nothing is paid only with notice (regs 12 and 14); a refusal, a reduction or an end is looked at again once (regs 7, 12, 14).
/// No number of days is known for the second and third: until the decision after the review and the plan after the re-assessment are due.
/// </summary>
internal static class BudgetsByHand
{
    private const int DaysOfAReview = 28;
    private const int DaysOfAReassessment = 98;

    internal static IEnumerable<HandLimit> Of(Retelling story)
    {
        if (story.Later.Budget.Count == 0)
        {
            yield break;
        }

        var paid = story.Later.Paid;
        if (Began(paid) is { } first)
        {
            yield return new HandLimit("dpReview", first.AddMonths(3) is var same && same.Day == first.Day ? same.AddDays(-1) : same, "") { From = first };
        }

        if (story.Life.Current?.HeldOn is { } held && IsPaid(paid, held))
        {
            yield return new HandLimit("dpReviewAtReview", held.AddDays(DaysOfAReview), "") { From = held };
        }

        if (story.Later.Reassessments is [.., var last] && ReassessmentsByHand.BeganOn(story, last) is { } began && IsPaid(paid, began))
        {
            yield return new HandLimit("dpReviewAtReassessment", began.AddDays(DaysOfAReassessment), "") { From = began };
        }
    }

    /// <summary>Whether somebody has still to meet a limit, and when it was met; null for one of another kind.</summary>
    internal static (bool Open, DateOnly? MetOn)? Standing(HandLimit limit, Retelling story)
    {
        if (!limit.Key.StartsWith("dpReview", StringComparison.Ordinal))
        {
            return null;
        }

        DateOnly? met = null;
        foreach (var on in story.Later.PaymentsReviewedOn)
        {
            met = on >= limit.From && !(met <= on) ? on : met;
        }

        // Payments that stop before the day have nothing left to review.
        var goOn = story.Later.Paid.Exists(p => p.End is null || p.End > limit.Due);
        return (met is null && goOn && story.Life.CeasedOn is null, met);
    }

    /// <summary>The first day of payments that have followed each other without a gap; of the last ones where there was a gap.</summary>
    private static DateOnly? Began(List<(DateOnly From, DateOnly? End)> paid)
    {
        DateOnly? began = null;
        DateOnly? until = null;
        foreach (var (from, end) in paid)
        {
            // Until is the first day on which nothing was paid any more; null with a first day: it goes on.
            var gap = began is null || until < from;
            (began, until) = (gap ? from : began, gap ? end : until is null || end is null ? null : end > until ? end : until);
        }

        return began;
    }

    private static bool IsPaid(List<(DateOnly From, DateOnly? End)> paid, DateOnly on) => paid.Exists(p => p.From <= on && !(p.End <= on));

    /// <summary>Each decision is there as it was recorded, and was given to the family in its letter; the sums are those decided; no less without notice.</summary>
    internal static void Check(CaseFile file, Retelling story, Func<Invariant, bool, string, bool> holds)
    {
        var (budget, steps) = (file.Loaded.State.PlanBudget, story.Later.Budget);
        holds(
            Invariant.TrailIsWhole,
            (budget?.Steps ?? []).SequenceEqual(steps) && (budget?.ReviewedOn ?? []).SequenceEqual(story.Later.PaymentsReviewedOn),
            "the trail and the state differ in the personal budget");
        var (decided, reviewed) = (Accepted(file, "budgetline-", "budgetchange-", "budgetanswer-"), Accepted(file, "payreview-", "payreview-", "payreview-"));
        holds(
            Invariant.BudgetsAreKept,
            steps.Count == decided && story.Later.PaymentsReviewedOn.Count == reviewed,
            FormattableString.Invariant($"{decided} decisions on the budget and {reviewed} reviews of payments were recorded, the trail has {steps.Count} and {story.Later.PaymentsReviewedOn.Count}"));
        foreach (var step in steps)
        {
            var kind = step.Kind switch
            {
                BudgetStepKind.Agreed => NoticeKind.BudgetAgreed,
                BudgetStepKind.Refused => NoticeKind.BudgetRefused,
                BudgetStepKind.Changed => NoticeKind.BudgetChanged,
                _ => NoticeKind.BudgetAnswered,
            };
            holds(
                Invariant.BudgetsAreKept,
                story.Notices.Values.Any(n => n.Kind == kind && n.To == RecipientRole.Family && n.Occasion == step.Number && (n.SentOn >= step.On || story.Life.HandedOn is not null)),
                FormattableString.Invariant($"the family was not told of decision {step.Number} on its budget"));
            holds(Invariant.BudgetsAreKept, Fits(steps, step), FormattableString.Invariant($"decision {step.Number} on the budget does not follow from those before it, or came without notice"));
        }

        // Whatever the hub shows as the budget of today, the decisions add up to it.
        var today = Population.Calendar.Day(file.Now);
        var shown = PlanBudgets.AgreementsInForce(file.Loaded.State, today).Select(line => (line.Line, line.AnnualAmountPounds)).Order().ToList();
        var own = steps.Select(step => step.Line).Distinct().Select(line => (Line: line, Sum: SumOf(steps, line, today))).Where(line => line.Sum > 0).Order().ToList();
        holds(Invariant.BudgetsAreKept, shown.SequenceEqual(own), "the budget that is shown is not what was decided");
    }

    private static bool Fits(List<BudgetStep> steps, BudgetStep step)
    {
        var before = steps.FindLast(one => one.Line == step.Line && one.Number < step.Number && one.Kind is not BudgetStepKind.Answered);
        return step.Kind switch
        {
            BudgetStepKind.Changed => before is { Kind: BudgetStepKind.Agreed or BudgetStepKind.Changed, AnnualAmountPounds: > 0 }
                && (step.AnnualAmountPounds > before.AnnualAmountPounds || step.ConsentWithdrawn || step.From > step.On),
            BudgetStepKind.Answered => before is { Kind: BudgetStepKind.Refused or BudgetStepKind.Changed } && before.Number == step.About && step.AskedOn >= before.On
                && steps.Count(one => one.About == step.About) == 1,
            _ => before is null or { Kind: BudgetStepKind.Refused } or { AnnualAmountPounds: 0 },
        };
    }

    /// <summary>The sum of a line on a day, by the last decision that has begun.</summary>
    private static decimal? SumOf(List<BudgetStep> steps, string line, DateOnly on)
    {
        decimal? sum = null;
        foreach (var step in steps)
        {
            sum = step.Line != line ? sum
                : step.Kind == BudgetStepKind.Agreed ? step.AnnualAmountPounds
                : step.Kind == BudgetStepKind.Changed && step.From <= on ? step.AnnualAmountPounds : sum;
        }

        return sum;
    }

    private static int Accepted(CaseFile file, string one, string other, string third) => file.Ledger.Messages.Values.Count(m => m.Accepted == true
        && (m.Id.StartsWith(one, StringComparison.Ordinal) || m.Id.StartsWith(other, StringComparison.Ordinal) || m.Id.StartsWith(third, StringComparison.Ordinal)));
}
