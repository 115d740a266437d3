using System.Globalization;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One appeal of a case, from its registration to its end.</summary>
/// <param name="Number">The number of the appeal in the case, in order of registration.</param>
/// <param name="On">The day on which the Tribunal sent the appeal to the council.</param>
/// <param name="IsNumbered">Whether the number is part of the record, because another appeal was under way at the registration.</param>
/// <param name="End">The step that ended the appeal, or null while the appeal is under way.</param>
internal sealed record AppealCourse(int Number, DateOnly On, bool IsNumbered, RecordedAppealStep? End);

/// <summary>
/// The appeals of a case, of which several can be under way. While they are, each step gives the number of its appeal. A step without a
/// number belongs to the only appeal that it can belong to; in records of earlier versions, a remedy about ceasing belongs to an appeal
/// against ceasing, every other remedy to another appeal, and a dismissal or withdrawal to the appeal that was registered first. A plan that
/// is to cease is maintained until every appeal against ceasing has ended (CFA 2014 s45(4)).
/// </summary>
public static class Appeals
{
    /// <summary>Whether an appeal has been neither decided nor withdrawn.</summary>
    public static bool AreUnderWay(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Appeal.Count > 0 && All(state).Any(appeal => appeal.End is null);
    }

    /// <summary>The days on which the appeals that have not ended were registered, oldest first.</summary>
    /// <param name="state">The case.</param>
    /// <param name="ceasing">The day of the decision to cease the plan, or null if there is none.</param>
    internal static IReadOnlyList<DateOnly> Open(AssessmentState state, DateOnly? ceasing) => [.. Walk(state, ceasing).All.Where(appeal => appeal.End is null).Select(appeal => appeal.On)];

    /// <summary>Every appeal of the case, in order of registration.</summary>
    internal static IReadOnlyList<AppealCourse> All(AssessmentState state) => Walk(state, Ceasings.DecidedOn(state)).All;

    /// <summary>The step by which the Tribunal upheld a decision to cease the plan, or null if it has not done so.</summary>
    /// <param name="state">The case.</param>
    /// <param name="ceasing">The day of the decision to cease the plan.</param>
    internal static RecordedAppealStep? LetStand(AssessmentState state, DateOnly ceasing) => Walk(state, ceasing).LetStand;

    /// <summary>The appeals whose time for the council's response is shown: those under way and the appeal that was registered last.</summary>
    internal static IReadOnlyList<AppealFact> Facts(AssessmentState state)
    {
        var all = All(state);
        return [.. all.Where((appeal, n) => appeal.End is null || n == all.Count - 1).Select(appeal => new AppealFact(appeal.On, appeal.IsNumbered ? appeal.Number : null, ResponseDay(state, all, appeal)))];
    }

    /// <summary>The appeal to which a time limit for the council's response applies.</summary>
    internal static AppealCourse? Of(AssessmentState state, Limit limit)
    {
        int? number = limit.Key.Length > limit.RuleKey.Length ? int.Parse(limit.Key.AsSpan(limit.RuleKey.Length + 1), CultureInfo.InvariantCulture) : null;
        return All(state).LastOrDefault(appeal => number is null ? !appeal.IsNumbered && appeal.On == limit.From : appeal.IsNumbered && appeal.Number == number);
    }

    /// <summary>The day on which the council answered an appeal, or null if it has not.</summary>
    internal static DateOnly? AnsweredOn(AssessmentState state, AppealCourse appeal)
    {
        var all = All(state);
        return state.Acts.Where(act => act.Act == Act.AppealAnswered && act.On >= appeal.On && NumberOf(act, all) == appeal.Number).Min(act => (DateOnly?)act.On);
    }

    /// <summary>
    /// The number of the appeal to which each recorded step belongs, in the order of the steps. Null for all steps while the case has had only
    /// one appeal, and for a step that belongs to no appeal on record.
    /// </summary>
    public static IReadOnlyList<int?> NumbersOf(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (all, _, numbers) = Walk(state, Ceasings.DecidedOn(state));
        return all.Count > 1 ? numbers : [.. numbers.Select(_ => (int?)null)];
    }

    /// <summary>The number that the next appeal has.</summary>
    internal static int Next(AssessmentState state) => All(state).Select(appeal => appeal.Number).DefaultIfEmpty(0).Max() + 1;

    /// <summary>
    /// The appeals to which a step can belong if it gives no number. An order can also belong to an appeal in which the council conceded the
    /// same remedy.
    /// </summary>
    internal static IReadOnlyList<AppealCourse> Possible(AssessmentState state, AppealStep step, Remedy? remedy)
    {
        var ceasing = Ceasings.DecidedOn(state);
        var all = Walk(state, ceasing).All;
        var open = all.Where(appeal => appeal.End is null).ToList();
        var fitting = open.Where(appeal => Fits(remedy, appeal.On, ceasing)).ToList();
        return open.Count == 0 ? [] :
        [
            .. fitting.Count > 0 ? fitting : open,
            .. all.Where(appeal => step == AppealStep.Ordered && appeal.End is { Step: AppealStep.Conceded } conceded && conceded.Remedy == remedy),
        ];
    }

    /// <summary>
    /// The state in which whatever was recorded about the only appeal so far has its number, so that it does not pass to the appeal that is
    /// now registered beside it.
    /// </summary>
    internal static AssessmentState Numbered(AssessmentState state)
    {
        var all = All(state);
        return all.Count == 0 ? state : state with
        {
            Acts = state.Acts.Any(IsUnnumbered) ? [.. state.Acts.Select(act => IsUnnumbered(act) ? act with { Appeal = NumberOf(act, all) } : act)] : state.Acts,
            TribunalDays = state.TribunalDays.Any(IsUnnumbered) ? [.. state.TribunalDays.Select(day => IsUnnumbered(day) ? day with { Appeal = all[^1].Number } : day)] : state.TribunalDays,
        };
    }

    /// <summary>The steps in which every registration after the first gives its number, so that no number changes if one is removed.</summary>
    internal static IReadOnlyList<RecordedAppealStep> WithNumbers(AssessmentState state)
    {
        var numbers = new Queue<int>(All(state).Select(appeal => appeal.Number));
        return state.Appeal.All(step => step.Appeal is null)
            ? state.Appeal
            : [.. state.Appeal.Select(step => step.Step == AppealStep.Registered && numbers.Dequeue() is > 1 and var number ? step with { Appeal = number } : step)];
    }

    private static (List<AppealCourse> All, RecordedAppealStep? LetStand, List<int?> Numbers) Walk(AssessmentState state, DateOnly? ceasing)
    {
        var all = new List<AppealCourse>();
        var numbers = new List<int?>();
        RecordedAppealStep? letStand = null;
        foreach (var step in state.Appeal)
        {
            if (step.Step == AppealStep.Registered)
            {
                all.Add(new AppealCourse(step.Appeal ?? all.Count + 1, step.On, step.Appeal is not null, null));
                numbers.Add(all[^1].Number);
                continue;
            }

            var isOfCeasing = step.Remedy == Remedy.CeasePlan && step.On >= ceasing;
            var ended = step.Appeal is { } number ? all.FindIndex(appeal => appeal.Number == number) : Ended(step.Remedy, all, ceasing);
            numbers.Add(ended >= 0 ? all[ended].Number : null);
            if (ended >= 0)
            {
                isOfCeasing |= step.Step == AppealStep.Dismissed && all[ended].On >= ceasing;
                all[ended] = all[ended] with { End = all[ended].End ?? step };
            }

            letStand = isOfCeasing ? step : letStand;
        }

        return (all, letStand, numbers);
    }

    private static int Ended(Remedy? remedy, List<AppealCourse> all, DateOnly? ceasing)
    {
        var fitting = all.FindIndex(appeal => appeal.End is null && Fits(remedy, appeal.On, ceasing));
        return fitting >= 0 ? fitting : all.FindIndex(appeal => appeal.End is null);
    }

    // Whether a remedy can be of an appeal that was registered on a day: before or after the decision to cease the plan.
    private static bool Fits(Remedy? remedy, DateOnly registered, DateOnly? ceasing) => remedy switch
    {
        null or Remedy.Reconsider => true,
        Remedy.CeasePlan or Remedy.ContinuePlan or Remedy.ContinueAndAmend => registered >= ceasing,
        _ => !(registered >= ceasing),
    };

    // An answer without a number belongs to the appeal that was registered last before it.
    private static int NumberOf(RecordedAct act, IReadOnlyList<AppealCourse> all) => act.Appeal ?? (all.LastOrDefault(appeal => appeal.On <= act.On) ?? all[0]).Number;

    // A day that was set in an earlier appeal has passed when the next appeal begins.
    private static DateOnly? ResponseDay(AssessmentState state, IReadOnlyList<AppealCourse> all, AppealCourse appeal) =>
        state.TribunalDays.LastOrDefault(set => set.For == TribunalDayFor.Response && (set.Appeal ?? all[^1].Number) == appeal.Number)?.Day is { } day && !(day < appeal.On) ? day : null;

    private static bool IsUnnumbered(RecordedAct act) => act is { Act: Act.AppealAnswered, Appeal: null };

    private static bool IsUnnumbered(TribunalDay day) => day is { For: TribunalDayFor.Response, Appeal: null };
}
