using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.Wording;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Cases;

/// <summary>One contribution and the state of its reminder schedule.</summary>
/// <param name="Request">The request.</param>
/// <param name="From">Name of the agency or family that was asked.</param>
/// <param name="Due">Last day for the contribution.</param>
/// <param name="SafeBy">The latest day that meets the time limit whether or not the day of receipt is counted.</param>
/// <param name="Status">Status of the contribution, with dates.</param>
/// <param name="Taken">The reminders and escalations so far, in words with their dates.</param>
/// <param name="NextStep">The next step in words with its date, or null if no step is left.</param>
/// <param name="Story">For late advice, how it was chased, in a few sentences.</param>
public sealed record Contribution(AdviceRequest Request, string From, DateOnly Due, DateOnly SafeBy, string Status, IReadOnlyList<string> Taken, string? NextStep, string? Story);

/// <summary>One effect of the hub, in words.</summary>
/// <param name="Id">Id of the effect.</param>
/// <param name="What">Description of the effect.</param>
/// <param name="Why">Why the effect is due at its time, or null if there is no particular reason.</param>
/// <param name="At">Time at which the effect was created, in UTC.</param>
/// <param name="Status">State of the effect, with the number of attempts.</param>
/// <param name="Trouble">What went wrong in the last attempt, if it failed.</param>
/// <param name="Repeats">The earlier effect that this effect repeats.</param>
public sealed record EffectLine(string Id, string What, string? Why, DateTimeOffset At, string Status, string? Trouble, string? Repeats);

/// <summary>One mark on the 20-week bar of a case.</summary>
/// <param name="Day">Day of the mark.</param>
/// <param name="Label">Label of the mark.</param>
/// <param name="Percent">Position on the bar, from 0 to 100.</param>
public sealed record BarMark(DateOnly Day, string Label, double Percent);

/// <summary>The contents of the page of one case. The view contains no name and no detail of the child, and nothing that says that somebody is
/// detained.</summary>
public sealed record CaseView
{
    /// <summary>State of the case as people who run the hub are shown it, from which the page shows some values unchanged.</summary>
    public required AssessmentState State { get; init; }

    /// <summary>Today's date in London.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Name of the council.</summary>
    public required string Council { get; init; }

    /// <summary>Status of the case in one line.</summary>
    public required string StatusLine { get; init; }

    /// <summary>Standing of the case, for instance waiting, overdue or stalled.</summary>
    public required Standing Standing { get; init; }

    /// <summary>The text of the tag that shows the standing of the case.</summary>
    public required string StandingWords { get; init; }

    /// <summary>For each time limit, the forecast of whether it will be met.</summary>
    public required IReadOnlyList<Forecast> Forecasts { get; init; }

    /// <summary>Contributions.</summary>
    public required IReadOnlyList<Contribution> Contributions { get; init; }

    /// <summary>Marks of the statutory time limits on the bar.</summary>
    public required IReadOnlyList<BarMark> Statutory { get; init; }

    /// <summary>Marks of past events on the bar.</summary>
    public required IReadOnlyList<BarMark> PastEvents { get; init; }

    /// <summary>The position of today on the 20-week bar, from 0 to 100.</summary>
    public required double TodayPercent { get; init; }

    /// <summary>Timeline of the case.</summary>
    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>
    /// The recorded events, newest first: number, time, kind and role. The content of events is left out, because it names the child. The
    /// kind is null if people who run the hub are not told of such events.
    /// </summary>
    public required IReadOnlyList<(long Sequence, DateTimeOffset At, string? Kind, string By)> Events { get; init; }

    /// <summary>The effects.</summary>
    public required IReadOnlyList<EffectLine> Effects { get; init; }

    /// <summary>Number of documents received with advice and evidence.</summary>
    public int Documents => State.Advice.Sum(a => a.Content.Attachments.Count) + State.Existing.Where(e => !e.ReliedOn).Sum(e => e.Content.Attachments.Count) + FamilyEvidence.DocumentsOf(State).Count + State.Documents.Count;

    /// <summary>Notices sent in the case.</summary>
    public required NoticePage Notices { get; init; }

    /// <summary>Makes the view.</summary>
    public static CaseView Of(
        AssessmentState whole, CaseRow row, IReadOnlyList<RecordedEvent> events, IReadOnlyList<EffectRecord> effects, NoticePage notices, DateOnly today, Rules rules)
    {
        ArgumentNullException.ThrowIfNull(whole);
        var sight = OperationsSight.Of(whole);
        var state = sight.Shown(whole);
        var start = state.Facts!.ReceivedOn;
        var forecasts = sight.ForecastsOf(whole, today, rules);
        var last = forecasts.Max(f => f.Due);
        var names = AgencyNames.Of(state);
        return new CaseView
        {
            State = state,
            Today = today,
            Council = rules.Council.Name,
            StatusLine = row.StatusOn(today),
            Standing = row.StandingOn(today),
            StandingWords = MonitorWords.Of(row, today),
            Forecasts = forecasts,
            Contributions = [.. state.Requests.Select(r => Of(r, whole, Chasing.DueDay(whole, r, rules), Taken(events, r, rules), today, rules))],
            Statutory = [.. forecasts.Select(f => new BarMark(f.Due, f.Title, Percent(start, f.Due, last)))],
            PastEvents = [.. Milestones(state).OrderBy(m => m.Day).Select(m => new BarMark(m.Day, m.Label, Percent(start, m.Day, last)))],
            TodayPercent = Percent(start, today, last),
            Timeline = [.. Functions.Council.Timeline.ForOperations(events).Select(e => e with { By = names.GetValueOrDefault(e.By, e.By) })],
            Events = [.. events.Reverse().Select(e => (
                e.Sequence, e.At, OperationsSight.NamesKind(e.What) ? e.What.GetType().Name : null,
                e.By.Agency is { } agency ? sight.Text(names.GetValueOrDefault(agency.Value, agency.Value)) : MonitorWords.EventName(e.By.Role.ToString())))],
            Effects = [.. effects.Reverse().Select(e => new EffectLine(
                e.Effect.Id, sight.Describe(whole, e.Effect.Effect), EffectWords.Why(state, e.Effect.Effect, rules.Chase), e.CreatedAt, EffectWords.Status(e), OperationsView.Problem(sight, e), e.Effect.Effect.Repeats))],
            Notices = notices,
        };
    }

    private static List<StepTaken> Taken(IReadOnlyList<RecordedEvent> events, AdviceRequest request, Rules rules) =>
        [.. from e in events
            let step = e.What as ChaseStepTaken
            where step?.RequestId == request.Id
            let unsent = events.Any(u => u.What is ChaseNotSent n && n.RequestId == request.Id && n.Step == step.Step)
            select new StepTaken(LondonDate.Of(e.At), step, rules.Chase.Find(request, step.Step), unsent)];

    private static Contribution Of(AdviceRequest request, AssessmentState state, DateOnly due, List<StepTaken> taken, DateOnly today, Rules rules)
    {
        var ahead = Chasing.IsChased(state, request) ? rules.Chase.RemainingSteps(request, due).OrderBy(s => s.Day).Select(s => ((ChaseStep Step, DateOnly Day)?)s).FirstOrDefault() : null;
        var next = ahead is var (step, day) ? ChaseHistory.Next(step, day, request) : null;
        return new Contribution(
            request,
            request.Agency?.Name ?? "The family",
            due,
            Chasing.LastSafeDay(state, request, rules),
            ChaseHistory.Status(request, due, today),
            [.. taken.Select(t => ChaseHistory.Of(t, request, rules.Chase))],
            next,
            ChaseHistory.ForLateAdvice(request, due, today, taken, next));
    }

    private static IEnumerable<(DateOnly Day, string Label)> Milestones(AssessmentState state)
    {
        yield return (state.Facts!.ReceivedOn, "Request received");
        if (state.AssessDecision is { } assess)
        {
            yield return (assess.On, assess.Yes ? "Decided to assess" : "Decided not to assess");
        }

        foreach (var advice in state.Advice)
        {
            yield return (advice.ReceivedOn, $"{char.ToUpperInvariant(Words.Of(advice)[0])}{Words.Of(advice)[1..]} received");
        }

        if (state.PlanDecision is { } plan)
        {
            yield return (plan.On, plan.Yes ? "Decided to issue a plan" : "Decided that no plan is necessary");
        }

        foreach (var notice in state.Notices.Where(n => n is { Kind: NoticeKind.DraftPlan, SentOn: not null }))
        {
            yield return (notice.SentOn!.Value, "Draft plan sent");
        }

        if (state.FinalPlanSentOn is { } final)
        {
            yield return (final, state.TakenOver is null ? "Final plan sent" : "Plan issued elsewhere");
        }
    }

    /// <summary>The bar ends with the last time limit. Days after the last time limit are shown at the end of the bar, and the text next
    /// to the bar gives the date.</summary>
    private static double Percent(DateOnly start, DateOnly day, DateOnly last) =>
        Math.Clamp(100.0 * (day.DayNumber - start.DayNumber) / Math.Max(1, last.DayNumber - start.DayNumber), 0, 100);
}
