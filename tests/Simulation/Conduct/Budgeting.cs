using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>
/// The personal budget of a plan that was issued (SI 2014/1652): lines agreed and refused, raised, reduced, stopped, looked at again where the
/// family disputes it, and direct payments reviewed, some of them late.
/// </summary>
internal static class Budgeting
{
    // Assumptions: SEN2 counts personal budgets (about 4 % of plans); what happens to them is not published.
    private const double AskedFor = 0.04;
    private const double Agreed = 0.65;
    private const double Changes = 0.4;
    private const double Disputes = 0.45;
    private const double Stands = 0.65;
    private const double ReviewedLate = 0.2;
    private const double EnteredLater = 0.1;

    private static readonly PersonalBudgetForm[] Forms = [PersonalBudgetForm.DirectPayment, PersonalBudgetForm.Mixed, PersonalBudgetForm.Notional, PersonalBudgetForm.ThirdParty];
    private static readonly double[] FormShares = [60, 10, 18, 12];
    private static readonly PlanSectionLetter[] Provision = [PlanSectionLetter.F, PlanSectionLetter.G, PlanSectionLetter.H1, PlanSectionLetter.H2];

    /// <summary>A line is asked for between two reviews.</summary>
    internal static IEnumerable<Act> Begun(VisibleCase s, DateOnly since)
    {
        if (Living.Seldom(s, "line of the budget", AskedFor) && FreeLine(s) is { } line)
        {
            yield return VisibleCase.Office(
                since.AddDays(Living.Between(s, "line of the budget after", 25, 200)),
                FormattableString.Invariant($"budgetline-{s.State.Reviews.Count}"),
                () => Decide(s, line, Living.Chance(s, "line of the budget agreed", Agreed), s.State.Reviews.Count));
        }
    }

    /// <summary>What happens after each decision on the budget, and the reviews of its direct payments.</summary>
    internal static IEnumerable<Act> UnderWay(VisibleCase s)
    {
        if (s.State.PlanBudget is not { } budget)
        {
            yield break;
        }

        foreach (var step in budget.Steps)
        {
            if (budget.Steps.Any(later => later.Line == step.Line && later.Number > step.Number && (later.Kind != BudgetStepKind.Answered || later.About == step.Number)))
            {
                continue;
            }

            foreach (var act in After(s, step))
            {
                yield return act;
            }
        }

        foreach (var review in Reviews(s, budget))
        {
            yield return review;
        }
    }

    private static IEnumerable<Act> After(VisibleCase s, BudgetStep step)
    {
        var (draw, number) = (s.Draw, step.Number);
        var before = s.State.PlanBudget!.Steps.LastOrDefault(one => one.Line == step.Line && one.Number < number && one.Kind is BudgetStepKind.Agreed or BudgetStepKind.Changed)?.AnnualAmountPounds;
        var less = step.Kind == BudgetStepKind.Refused || (step.Kind == BudgetStepKind.Changed && !step.ConsentWithdrawn && step.AnnualAmountPounds < before);
        if (less && draw.Chance("disputes the budget", Disputes, number))
        {
            var asked = step.On.AddDays(draw.Between("disputes the budget after", 4, 30, number));
            yield return VisibleCase.Office(asked.AddDays(draw.Between("answers on the budget after", 3, 30, number)), FormattableString.Invariant($"budgetanswer-{number}"), () =>
                new AnswerBudgetReview(step.Line, asked, "We cannot do without it.", draw.Chance("decision on the budget stands", Stands, number), "What the family says was weighed."));
        }
        else if (step is { Kind: BudgetStepKind.Answered, Stands: false, About: { } about } && s.State.PlanBudget.Steps.First(one => one.Number == about) is var overturned)
        {
            var sum = s.State.PlanBudget.Steps.LastOrDefault(one => one.Line == step.Line && one.Number < about && one.Kind is BudgetStepKind.Agreed or BudgetStepKind.Changed && one.AnnualAmountPounds > 0)?.AnnualAmountPounds;
            yield return overturned.Kind == BudgetStepKind.Refused || overturned.AnnualAmountPounds == 0
                ? VisibleCase.Office(step.On.AddDays(3), FormattableString.Invariant($"budgetline-again-{number}"), () => Decide(s, step.Line, true, number))
                : VisibleCase.Office(step.On.AddDays(3), FormattableString.Invariant($"budgetchange-again-{number}"), () => new ChangeBudgetLine(step.Line, sum ?? 1500, s.Today.AddDays(1), "The reduction did not stand."));
        }

        if (step.Kind is not (BudgetStepKind.Agreed or BudgetStepKind.Changed) || step.AnnualAmountPounds is not > 0 || !draw.Chance("changes the budget", Changes, number))
        {
            yield break;
        }

        var now = step.AnnualAmountPounds.Value;
        var way = draw.Between("changes the budget how", 0, 3, number);
        yield return VisibleCase.Office(step.From!.Value.AddDays(draw.Between("changes the budget after", 40, 400, number)), FormattableString.Invariant($"budgetchange-{number}"), () => way switch
        {
            0 => new ChangeBudgetLine(step.Line, decimal.Round(now * 0.75m, 2), s.Today.AddDays(28), "The therapist comes less often."),
            1 => new ChangeBudgetLine(step.Line, decimal.Round(now * 1.25m, 2), s.Today, "The therapist comes more often."),
            2 => new ChangeBudgetLine(step.Line, 0, s.Today.AddDays(28), "The school provides it from then on."),
            _ => new ChangeBudgetLine(step.Line, 0, s.Today, "The family no longer wants it.", ConsentWithdrawn: true),
        });
    }

    /// <summary>Within three months of the first payment, with each review of the plan, and with each re-assessment.</summary>
    private static IEnumerable<Act> Reviews(VisibleCase s, PlanBudget budget)
    {
        var paid = PlanBudgets.AgreementsInForce(s.State, DateOnly.MaxValue).Where(line => line.Form is PersonalBudgetForm.DirectPayment or PersonalBudgetForm.Mixed).Min(line => line.From);
        if (paid is not { } since)
        {
            yield break;
        }

        (DateOnly? From, int Soon, int InTime, int Late)[] occasions =
        [
            (since, 40, 80, 140),
            (s.State.Reviews is [.., { HeldOn: { } held }] && held >= since ? held : null, 0, 24, 60),
            (s.State.Reassessment is { Agreed: true, DecidedOn: { } began } && began >= since ? began : null, 20, 85, 130),
        ];
        foreach (var (from, soon, inTime, late) in occasions)
        {
            if (from is not { } day || budget.ReviewedOn.Any(on => on >= day))
            {
                continue;
            }

            var after = s.Draw.Chance("payments reviewed late", ReviewedLate, day.DayNumber) ? s.Draw.Between("payments reviewed after", inTime + 8, late, day.DayNumber) : s.Draw.Between("payments reviewed after", soon, inTime, day.DayNumber);
            yield return VisibleCase.Office(day.AddDays(after), FormattableString.Invariant($"payreview-{day:yyyyMMdd}"), () => new RecordPaymentReview(
                s.Draw.Chance("payments entered later", EnteredLater, day.DayNumber) && s.Today.AddDays(-3) >= day ? s.Today.AddDays(-3) : s.Today, "The therapist comes each week. Nothing changes."));
        }
    }

    private static DecideOnBudgetLine Decide(VisibleCase s, string line, bool agreed, int number)
    {
        var draw = s.Draw;
        var asked = s.Today.AddDays(-draw.Between("line of the budget asked for before", 3, 25, number));
        if (!agreed)
        {
            return new DecideOnBudgetLine(line, false, asked, "The school provides it with what it has.");
        }

        var form = Forms[draw.Among("form of the budget", FormShares, number)];
        var direct = form is PersonalBudgetForm.DirectPayment or PersonalBudgetForm.Mixed;
        return new DecideOnBudgetLine(
            line,
            true,
            asked,
            "Paid each month, with an account of it each quarter.",
            form,
            draw.Between("sum of the budget", 8, 60, number) * 100,
            s.Today.AddDays(draw.Between("budget begins after", 0, 30, number)),
            form == PersonalBudgetForm.Notional ? null : "Sam Example",
            direct && draw.Chance("nominee of the budget", 0.15, number),
            direct ? false : null,
            direct && draw.Chance("on the premises", 0.3, number) ? true : null);
    }

    /// <summary>A line of provision that is not in the budget.</summary>
    private static string? FreeLine(VisibleCase s)
    {
        var lines = s.State.NewestPlan!.Sections.Where(section => Provision.Contains(section.Letter)).SelectMany(section => section.Lines).Select(line => line.Id)
            .Where(id => s.State.PlanBudget?.Steps.All(step => step.Line != id) != false).ToList();
        return lines.Count == 0 ? null : lines[Living.Between(s, "which line of the budget", 0, lines.Count - 1)];
    }
}
