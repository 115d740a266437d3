using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>An order, a concession or an agreement, as the audit trail tells of it.</summary>
/// <param name="Way"><c>order</c>, <c>concession</c> or <c>agreement</c>.</param>
/// <param name="Remedy">What it requires.</param>
/// <param name="On">Its day.</param>
/// <param name="Other">The day agreed or directed in place of the one in the regulations.</param>
internal sealed record ToldRemedy(string Way, Remedy Remedy, DateOnly On, DateOnly? Other);

/// <summary>An appeal, as the audit trail tells of it.</summary>
/// <param name="Number">The number in the case; none unless another appeal was under way.</param>
/// <param name="On">Day on which the Tribunal sent it.</param>
internal sealed record ToldAppeal(int? Number, DateOnly On)
{
    internal string Key => Number is { } number ? FormattableString.Invariant($"appealResponse:{number}") : "appealResponse";

    /// <summary>The day that the Tribunal set for the response.</summary>
    internal DateOnly? SetTo { get; set; }

    internal DateOnly? AnsweredOn { get; set; }

    internal bool IsOver { get; set; }

    /// <summary>Last day for the council's response: 30 working days, of which none lies in August or from 25 December to 1 January (HESC Rules r12, r21).</summary>
    internal DateOnly Due
    {
        get
        {
            var day = On;
            for (var left = SetTo is null ? 30 : 0; left > 0;)
            {
                day = day.AddDays(1);
                left -= Population.Calendar.IsWorkingDay(day) && !IsVacation(day) ? 1 : 0;
            }

            return SetTo ?? day;
        }
    }

    private static bool IsVacation(DateOnly day) => day is { Month: 8 } or { Month: 12, Day: >= 25 } or { Month: 1, Day: 1 };
}

/// <summary>What followed a disputed decision, as the audit trail tells of it.</summary>
internal sealed class ToldDispute
{
    internal Dictionary<MediationStep, List<DateOnly>> Mediation { get; } = [];

    internal Dictionary<AppealStep, List<DateOnly>> Appeal { get; } = [];

    /// <summary>What obliges the council; a concession that came too late for reg 45 is not among them.</summary>
    internal List<ToldRemedy> Remedies { get; } = [];

    internal List<(Act Act, Remedy? Remedy, DateOnly On)> Acts { get; } = [];

    internal List<(bool Amend, DateOnly On)> Decisions { get; } = [];

    /// <summary>Every appeal, in order of registration.</summary>
    internal List<ToldAppeal> Appeals { get; } = [];

    /// <summary>Days on which an order, a concession or an agreement had the council go on maintaining the plan.</summary>
    internal List<DateOnly> Continued { get; } = [];

    /// <summary>Days from which the plan need no longer be maintained because an appeal was dismissed, or the Tribunal ordered that it ceases.</summary>
    internal List<DateOnly> Determined { get; } = [];

    /// <summary>Whether the last appeal since a day has not ended.</summary>
    internal bool IsPendingSince(DateOnly day) => Last(AppealStep.Registered) is { } registered && registered >= day
        && new[] { AppealStep.Conceded, AppealStep.Ordered, AppealStep.Dismissed, AppealStep.Withdrawn }.All(step => !(Last(step) >= registered));

    internal List<DateOnly> Recommended { get; } = [];

    internal DateOnly? ReversedOn { get; private set; }

    /// <summary>The council conceded that it will assess, too late for reg 45: the first limits are in force again.</summary>
    internal bool ConcededTooLate { get; private set; }

    /// <summary>Steps of the ladder for the council's own duties that were taken: limit with its day, and step.</summary>
    internal HashSet<string> Chased { get; } = new(StringComparer.Ordinal);

    /// <summary>For the report: how often each thing happened.</summary>
    internal IEnumerable<(string What, int Count)> Counts =>
    [
        .. Mediation.Where(m => m.Key is MediationStep.Ended or MediationStep.NotArranged).Select(m => (m.Key == MediationStep.Ended ? "mediation held" : "mediation not arranged", m.Value.Count)),
        .. Appeal.Where(a => a.Key is AppealStep.Registered or AppealStep.Dismissed or AppealStep.Withdrawn).Select(a => ($"appeal {a.Key.ToString().ToLowerInvariant()}", a.Value.Count)),
        .. Remedies.GroupBy(r => $"{r.Way} {r.Remedy}").Select(r => (r.Key, r.Count())),
        ("conceded after the response", (Appeal.TryGetValue(AppealStep.Conceded, out var days) ? days.Count : 0) - Remedies.Count(r => r.Way == "concession")),
        ("recommendation", Recommended.Count),
        ("refusal withdrawn", ReversedOn is null ? 0 : 1),
    ];

    internal int Steps => Mediation.Values.Sum(days => days.Count) + Appeal.Values.Sum(days => days.Count);

    internal DateOnly? Last(MediationStep step) => Mediation.TryGetValue(step, out var days) ? days[^1] : null;

    internal DateOnly? Last(AppealStep step) => Appeal.TryGetValue(step, out var days) ? days[^1] : null;

    /// <summary>The first day since another on which this step of mediation is on record.</summary>
    internal DateOnly? Since(MediationStep step, DateOnly from) => Mediation.TryGetValue(step, out var days) ? days.Where(day => day >= from).Select(day => (DateOnly?)day).FirstOrDefault() : null;

    /// <summary>The first day since another on which this act was done.</summary>
    internal DateOnly? Since(Act act, DateOnly from, Remedy? remedy = null) => Acts.Where(a => a.Act == act && a.Remedy == remedy && a.On >= from).Min(a => (DateOnly?)a.On);

    /// <summary>The appeals whose time for the response is shown: those under way and the last.</summary>
    internal IEnumerable<ToldAppeal> Shown => Appeals.Where((appeal, n) => !appeal.IsOver || n == Appeals.Count - 1);

    internal void Hear(AssessmentEvent what)
    {
        Ends(what);
        switch (what)
        {
            case MediationNoted e:
                Note(Mediation, e.Step, e.On);
                Oblige("agreement", e.Remedy, e.On, e.OtherDate);
                break;
            case AppealNoted { Step: AppealStep.Conceded } e when !IsBeforeResponse(e):
                Course(e);
                Note(Appeal, e.Step, e.On);
                ConcededTooLate |= e.Remedy == Remedy.Assess;
                break;
            case AppealNoted e:
                Course(e);
                Note(Appeal, e.Step, e.On);
                Oblige(e.Step == AppealStep.Ordered ? "order" : "concession", e.Remedy, e.On, e.OtherDate);
                break;
            case TribunalDaySet { For: TribunalDayFor.Response } e when Of(e.Appeal) is { } appeal: appeal.SetTo = e.Day; break;
            case RecommendationReceived e: Recommended.Add(e.ReceivedOn); break;
            case RefusalReversed e: ReversedOn = e.On; break;
            case ActRecorded e:
                Acts.Add((e.Done.Act, e.Done.Remedy, e.Done.On));
                if (e.Done.Act == Act.AppealAnswered && Of(e.Done.Appeal) is { } answered)
                {
                    answered.AnsweredOn ??= e.Done.On;
                }

                break;
            case DecidedOnPlan e: Decisions.Add((e.Amend, e.On)); break;
            case DutyChased e: Chased.Add($"{e.Limit}/{e.Step}"); break;
        }
    }

    private void Ends(AssessmentEvent what)
    {
        switch (what)
        {
            case MediationNoted { Remedy: Remedy.ContinuePlan or Remedy.ContinueAndAmend } e: Continued.Add(e.On); break;
            case AppealNoted { Remedy: Remedy.ContinuePlan or Remedy.ContinueAndAmend } e: Continued.Add(e.On); break;
            case AppealNoted { Step: AppealStep.Dismissed } or AppealNoted { Remedy: Remedy.CeasePlan }: Determined.Add(((AppealNoted)what).On); break;
        }
    }

    private void Course(AppealNoted e)
    {
        if (e.Step == AppealStep.Registered)
        {
            Appeals.Add(new ToldAppeal(e.Appeal, e.On));
        }
        else if (Of(e.Appeal) is { } ended)
        {
            ended.IsOver = true;
        }
    }

    /// <summary>The appeal with this number; the first of a case has none. A step without a number is of the only appeal that there is.</summary>
    private ToldAppeal? Of(int? number) => number is null ? Appeals.LastOrDefault() : Appeals.Find(appeal => appeal.Number == number) ?? Appeals.ElementAtOrDefault(number.Value - 1);

    private static void Note<T>(Dictionary<T, List<DateOnly>> steps, T step, DateOnly on)
        where T : notnull
    {
        if (!steps.TryGetValue(step, out var days))
        {
            steps[step] = days = [];
        }

        days.Add(on);
    }

    private void Oblige(string way, Remedy? remedy, DateOnly on, DateOnly? other)
    {
        if (remedy is { } known)
        {
            Remedies.Add(new ToldRemedy(way, known, on, other));
        }
    }

    /// <summary>Reg 45: the council told the Tribunal while its time to answer ran and it had not answered.</summary>
    private bool IsBeforeResponse(AppealNoted e) => Of(e.Appeal) is not { } appeal || (e.On <= appeal.Due && !(appeal.AnsweredOn <= e.On));
}
