using System.Collections.Concurrent;

namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// The statutory clock: which limits a case has, when each is due and which grounds relieve it. One function serves the living assessment
/// and the batch alike. It knows no "today" and never stops: an exception changes no day.
/// </summary>
public static class Clock
{
    internal const string FinalPlan = "finalPlan";

    private const int MostAdviceLimits = 1000;

    private static readonly ConcurrentDictionary<string, string> AdviceLimits = new(StringComparer.Ordinal);

    /// <summary>All limits of a case, in the order of the rule set.</summary>
    /// <param name="facts">What has happened.</param>
    /// <param name="rules">The law, as data.</param>
    /// <param name="practice">How the day of receipt counts.</param>
    /// <param name="calendar">Working days; those of England when absent.</param>
    public static IReadOnlyList<Limit> Limits(
        CaseFacts facts, RuleSet rules, CountingPractice practice = CountingPractice.AfterTheDay, WorkingCalendar? calendar = null)
    {
        var counter = new DayCounter(practice, calendar ?? WorkingCalendar.England);
        var limits = new List<Limit>(16);
        for (var i = 0; i < rules.Rules.Count; i++)
        {
            var rule = rules.Rules[i];
            if (Applies(rule.AppliesTo, facts))
            {
                Add(limits, new Working(rule, rules.ReliefSets[i], facts, rules, counter));
            }
        }

        return limits;
    }

    /// <summary>
    /// The limits that an exception would relieve as the case stands, were it the only one. Empty: claiming it would be useless, and the
    /// council should be told so. Advice that is asked for later can change the answer.
    /// </summary>
    /// <param name="exception">The exception.</param>
    /// <param name="facts">What has happened; exceptions in it are left out of account.</param>
    /// <param name="rules">The law, as data.</param>
    /// <param name="practice">How the day of receipt counts.</param>
    /// <param name="calendar">Working days; those of England when absent.</param>
    public static IReadOnlyList<Limit> WouldRelieve(
        ExceptionFact exception,
        CaseFacts facts,
        RuleSet rules,
        CountingPractice practice = CountingPractice.AfterTheDay,
        WorkingCalendar? calendar = null) =>
        [.. Limits(facts with { Exceptions = [exception] }, rules, practice, calendar).Where(limit => limit.IsRelieved)];

    // The keys of requests are few ("medical-1") and asked for in every turn of every assessment. Beyond the usual ones they are made anew.
    private static string AdviceLimit(string key)
    {
        if (AdviceLimits.TryGetValue(key, out var known))
        {
            return known;
        }

        var made = $"advice:{key}";
        if (AdviceLimits.Count < MostAdviceLimits)
        {
            AdviceLimits.TryAdd(key, made);
        }

        return made;
    }

    private static bool Applies(AppliesTo appliesTo, CaseFacts facts) => appliesTo switch
    {
        AppliesTo.Refused => facts.Refused,
        AppliesTo.NotRefused => !facts.Refused,
        AppliesTo.PlanExpected => !facts.Refused && facts.NoPlanNotified is null,
        AppliesTo.UnderWay => !facts.RefusalStands,
        _ => true,
    };

    private static void Add(List<Limit> limits, Working working)
    {
        var (rule, _, facts, rules, counter) = working;
        switch (rule.Starts)
        {
            case StartEvent.AdviceReceivedByBody or StartEvent.AdviceReceivedByOther:
                foreach (var advice in facts.Advice)
                {
                    if (advice.IsSection31Body == (rule.Starts == StartEvent.AdviceReceivedByBody) && advice.ReceivedByBody is { } received)
                    {
                        limits.Add(working.Limit(AdviceLimit(advice.Key), received, counter.Due(rule, received), advice));
                    }
                }

                break;
            case StartEvent.InstitutionConsulted:
                foreach (var consultation in facts.InstitutionsConsulted)
                {
                    var key = consultation.Key is null ? rule.Key : $"{rule.Key}:{consultation.Key}";
                    limits.Add(working.Limit(key, consultation.Sent, counter.Due(rule, consultation.Sent)));
                }

                break;
            case StartEvent.FinalPlanDue:
                var finalPlan = counter.Due(rules.Rule(FinalPlan), facts.Received);
                limits.Add(working.Limit(rule.Key, facts.Received, finalPlan?.AddDays(rule.Length ?? 0)));
                break;
            case StartEvent.AgreementReached:
                AddRemedies(limits, working, facts.Dispute.Agreements);
                break;
            case StartEvent.TribunalOrder:
                AddRemedies(limits, working, facts.Dispute.Orders);
                break;
            case StartEvent.AppealConceded:
                AddRemedies(limits, working, facts.Dispute.Concessions);
                break;
            default:
                if (DayOf(rule.Starts, facts) is { } start)
                {
                    var second = rule.OrIfLater is { } later ? DayOf(later.Starts, facts) : null;
                    limits.Add(working.Limit(rule.Key, start, counter.Due(rule, start, second)));
                }

                break;
        }
    }

    private static void AddRemedies(List<Limit> limits, Working working, IReadOnlyList<RemedyFact> remedies)
    {
        foreach (var fact in remedies)
        {
            if (fact.Remedy == working.Rule.Remedy)
            {
                limits.Add(working.Limit(working.Rule.Key, fact.On, fact.OtherDate ?? working.Counter.Due(working.Rule, fact.On)));
            }
        }
    }

    private static DateOnly? DayOf(StartEvent start, CaseFacts facts) => start switch
    {
        StartEvent.Received => facts.Received,
        StartEvent.DraftServed => facts.DraftServed,
        StartEvent.PlanIssued => facts.PlanIssued,
        StartEvent.AppealableNoticeSent => facts.AppealableNoticeSent,
        StartEvent.CertificateIssued => facts.Dispute.CertificateIssued,
        StartEvent.ToldNoMediation => facts.Dispute.ToldNoMediation,
        StartEvent.MediationEnded => facts.Dispute.MediationEnded,
        StartEvent.HealthIssuesRaised => facts.Dispute.HealthIssuesRaised,
        StartEvent.MediationRequested => facts.Dispute.MediationRequested,
        StartEvent.BoardToldOfMediation => facts.Dispute.BoardToldOfMediation,
        StartEvent.ToldMediationNotArranged => facts.Dispute.ToldMediationNotArranged,
        StartEvent.AppealSentToCouncil => facts.Dispute.AppealSentToCouncil,
        _ => throw new ArgumentOutOfRangeException(nameof(start), start, "This event has more than one day."),
    };

    private readonly record struct Working(Rule Rule, int ReliefSet, CaseFacts Facts, RuleSet Rules, DayCounter Counter)
    {
        internal Limit Limit(string key, DateOnly from, DateOnly? due, AdviceFact? advice = null) =>
            new(key, Rule, from, due, due is { } last ? RelievedBy(new Period(from, last), advice) : Grounds.List(0));

        private IReadOnlyList<Ground> RelievedBy(Period period, AdviceFact? advice)
        {
            var set = 0;
            if (ReliefSet != 0 && !(Rule.NotRelievedOnRefusal && Facts.Refused))
            {
                foreach (var exception in Facts.Exceptions)
                {
                    var bit = Grounds.Bit(exception.Ground);
                    if ((ReliefSet & bit) != 0 && (set & bit) == 0
                        && Rules.Ground(exception.Ground) is { } ground && ReliefTest.Passes(ground.Test, exception, period, Facts.Advice, advice))
                    {
                        set |= bit;
                    }
                }
            }

            return Grounds.List(set);
        }
    }
}
