using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// What people who only run the hub are shown of a case. They do not learn that the child or young person is or was detained: a case with a
/// detention is shown under the ordinary rules, and the place of detention and the bodies that are told because of it are not named.
/// </summary>
public sealed class OperationsSight
{
    private const string Unsent = " has not been sent";

    private readonly IReadOnlyList<Agency> hidden;

    private OperationsSight(IEnumerable<Agency> hidden) => this.hidden = [.. hidden.DistinctBy(agency => (agency.Id, agency.Name))];

    /// <summary>What is shown of a case in this state.</summary>
    public static OperationsSight Of(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new OperationsSight(state.Detentions.SelectMany(one => new[] { one.Accommodation, one.YouthOffendingTeam, one.HealthServicesCommissioner })
            .Concat(state.Notices.Concat(state.EndedNotices).Where(IsOfDetention).Select(notice => notice.Agency).OfType<Agency>()));
    }

    /// <summary>What is shown of a case with these events.</summary>
    public static OperationsSight Of(IReadOnlyList<RecordedEvent> events) => new(events.SelectMany(recorded => recorded.What switch
    {
        DetentionRecorded detained => [detained.Accommodation, detained.YouthOffendingTeam, detained.HealthServicesCommissioner],
        DetentionMoved moved => new[] { moved.Accommodation, moved.YouthOffendingTeam, moved.HealthServicesCommissioner }.OfType<Agency>(),
        NoticePlanned { Notice: { Agency: { } told } planned } when IsOfDetention(planned) => [told],
        _ => [],
    }));

    /// <summary>Whether an agency is not named, because it takes part only on account of a detention.</summary>
    public bool Hides(AgencyId agency) => hidden.Any(one => one.Id == agency);

    /// <summary>The agencies that are not named.</summary>
    public IReadOnlyList<AgencyId> Hidden => [.. hidden.Select(one => one.Id).Distinct()];

    /// <summary>A text without the names and ids of agencies that are not named.</summary>
    public string Text(string text)
    {
        foreach (var agency in hidden)
        {
            text = text.Replace(agency.Name, OperationsWords.AnAgency, StringComparison.OrdinalIgnoreCase)
                .Replace(agency.Id.Value, OperationsWords.AnAgency, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    /// <summary>The case as it would be without a detention, with the tasks that people who run the hub can do something about.</summary>
    public AssessmentState Shown(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with
        {
            Detentions = [],
            Notices = [.. state.Notices.Where(notice => !IsOfDetention(notice))],
            EndedNotices = [.. state.EndedNotices.Where(notice => !IsOfDetention(notice))],
            Acts = [.. state.Acts.Where(act => OperationsWords.IsOrdinary(act.Act))],
            Requests = hidden.Count == 0 ? state.Requests : [.. state.Requests.Select(request => request with { Agency = Shown(request.Agency) })],
            Attention = Tasks(state),
        };
    }

    /// <summary>The time limits of a case that are shown, under the ordinary rules.</summary>
    public IReadOnlyList<LimitProgress> LimitsOf(AssessmentState state, DateOnly today, Rules rules) =>
        [.. Limits.Of(Shown(state), today, rules).Where(progress => OperationsWords.NamesLimit(progress.Limit.RuleKey))];

    /// <summary>The forecasts of a case that are shown, under the ordinary rules.</summary>
    public IReadOnlyList<Forecast> ForecastsOf(AssessmentState state, DateOnly today, Rules rules) => Named(Forecasts.Of(Shown(state), today, rules), this);

    /// <summary>The main reason for the outlook of a case.</summary>
    /// <param name="state">The case.</param>
    /// <param name="forecasts">The forecasts under the rules that apply to the case.</param>
    /// <param name="today">Today's date in London.</param>
    /// <param name="rules">The rules.</param>
    public static string ReasonOf(AssessmentState state, IReadOnlyList<Forecast> forecasts, DateOnly today, Rules rules)
    {
        var sight = Of(state);
        return Forecasts.MostPressing(state.Detentions.Count == 0 ? Named(forecasts, sight) : sight.ForecastsOf(state, today, rules))?.Reason ?? "";
    }

    /// <summary>The status of a case in one line, from what lists store.</summary>
    public static string Status(Stage stage, string waitingFor, DateOnly? since, DateOnly? due, DateOnly today) => (stage, waitingFor) switch
    {
        (not Stage.PlanIssued, "") => StatusLine.Of(stage, waitingFor, since, due, today),
        _ when OperationsWords.NamesWait(waitingFor) => StatusLine.Of(stage, waitingFor, since, due, today),

        // A case whose plan is in force looks the same whether it waits for nothing or for something that is not named.
        _ => Words.Of(stage),
    };

    /// <summary>A description of what an effect does.</summary>
    public string Describe(AssessmentState state, Effect effect) => effect switch
    {
        SendNotice sent => state.Notices.Concat(state.EndedNotices).FirstOrDefault(notice => notice.Id == sent.NoticeId) is { } notice
            ? $"Sending: {OperationsWords.Of(notice)}"
            : "Sending a letter",
        RemindOfDuty duty => $"Reminding the {duty.ToRole} of {OperationsWords.Limit(duty.Limit)}",
        _ => Text(Effects.Describe(state, effect)),
    };

    /// <summary>Whether people who run the hub are shown what kind of event this is.</summary>
    public static bool NamesKind(AssessmentEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return (happened.OnlyTold() ?? StepCatalogue.Fact(happened.GetType())?.Told)?.HasFlag(Audience.Operations) == true;
    }

    private static IReadOnlyList<Forecast> Named(IReadOnlyList<Forecast> forecasts, OperationsSight sight) =>
        [.. forecasts.Where(one => one.IsMilestone || OperationsWords.NamesLimit(one.Limit)).Select(one => one with { Reason = sight.Text(WithoutRecipient(one.Reason)) })];

    // Which recipient a letter still has to be sent to is left out, because it can be one who is told only of a detention.
    private static string WithoutRecipient(string reason) =>
        reason.IndexOf(Unsent, StringComparison.Ordinal) is > 0 and var at ? $"{reason[..(at + Unsent.Length)]}." : reason;

    private static bool IsOfDetention(Notice notice) => !OperationsWords.IsOrdinary(notice.To);

    private Agency? Shown(Agency? agency) => agency is not null && Hides(agency.Id) ? agency with { Name = OperationsWords.AnAgency } : agency;

    private List<Attention> Tasks(AssessmentState state) => [.. state.Attention.Select((task, n) => Task(state, task) ?? task with { Id = FormattableString.Invariant($"task-{n + 1}"), Text = $"{OperationsWords.ATask}." })];

    // Everything else that an officer must do can say something about the family, often in the words of an officer or an adviser.
    private Attention? Task(AssessmentState state, Attention task) =>
        state.FailedEffects.FirstOrDefault(failed => Effects.AttentionId(failed.EffectId) == task.Id) is { } failed ? task with { Text = $"{Describe(state, failed.Effect)} did not succeed." }
        : task.Id.StartsWith(ExistingAdvice.PushedPrefix, StringComparison.Ordinal) || state.Requests.Any(request => SendingByOtherMeans.IsOf(task, request.Id)) ? task with { Text = Text(task.Text) }
        : null;
}
