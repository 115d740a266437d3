using System.Collections.Concurrent;

namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// The statutory clock: which time limits a case has, when each is due and which grounds relieve it. The same function is used for
/// one assessment and for a batch of cases. The clock does not depend on today's date and never stops, and an exception changes no date.
/// </summary>
public static class Clock
{
    internal const string FinalPlan = "finalPlan";

    private const int MaxAdviceLimits = 1000;

    // The usual number of limits of a case once all advice has been requested.
    private const int UsualLimits = 24;

    private static readonly ConcurrentDictionary<string, string> AdviceLimits = new(StringComparer.Ordinal);

    /// <summary>All time limits of a case, in the order of the rule set.</summary>
    /// <param name="facts">The facts of the case.</param>
    /// <param name="rules">The law, as data.</param>
    /// <param name="practice">How the day of receipt is counted.</param>
    /// <param name="calendar">The working days; by default, the working days of England.</param>
    public static IReadOnlyList<Limit> Limits(
        CaseFacts facts, RuleSet rules, CountingPractice practice = CountingPractice.AfterTheDay, WorkingCalendar? calendar = null)
    {
        var counter = DayCounter.For(practice, calendar);
        var limits = new List<Limit>(UsualLimits);
        var courses = Course.Assessment
            | (ReferenceEquals(facts.Dispute, DisputeFacts.None) ? Course.None : Course.Dispute)
            | (ReferenceEquals(facts.PlanLife, PlanLifeFacts.None) ? Course.None : Course.PlanLife);
        for (var i = 0; i < rules.Rules.Count; i++)
        {
            // Most cases have no dispute and no events after the plan, so the rules for disputes and later events are skipped.
            var rule = rules.Rules[i];
            if ((rules.Courses[i] & courses) != 0 && Applies(rule.AppliesTo, facts))
            {
                Add(limits, new Working(rule, rules.ReliefSets[i], facts, rules, counter));
            }
        }

        if ((courses & Course.Dispute) != 0)
        {
            Replace(limits);
        }

        if (rules.HasDatedRules)
        {
            for (var n = limits.Count - 1; n >= 0; n--)
            {
                if (!rules.IsInForce(limits[n]))
                {
                    limits.RemoveAt(n);
                }
            }
        }

        return limits;
    }

    /// <summary>
    /// The time limits that an exception would relieve in the case as it is now if it were the only exception. If an exception would
    /// relieve no limit, claiming it would be useless and the council should be warned. Advice that is asked for later can change the
    /// answer.
    /// </summary>
    /// <param name="exception">The exception to try.</param>
    /// <param name="facts">What has happened in the case. Exceptions in these facts are ignored.</param>
    /// <param name="rules">The law, as data.</param>
    /// <param name="practice">How the day of receipt is counted.</param>
    /// <param name="calendar">The working days; by default, the working days of England.</param>
    public static IReadOnlyList<Limit> RelievableBy(
        ExceptionFact exception,
        CaseFacts facts,
        RuleSet rules,
        CountingPractice practice = CountingPractice.AfterTheDay,
        WorkingCalendar? calendar = null) =>
        [.. Limits(facts with { Exceptions = [exception] }, rules, practice, calendar).Where(limit => limit.IsRelieved)];

    /// <summary>The last day of a time limit that runs, or would run, from a day; null for "as soon as practicable".</summary>
    /// <param name="rule">The rule, which must have a single period.</param>
    /// <param name="from">The day of the fact from which the limit runs.</param>
    /// <param name="practice">How the day of receipt is counted.</param>
    public static DateOnly? Due(Rule rule, DateOnly from, CountingPractice practice = CountingPractice.AfterTheDay) =>
        DayCounter.For(practice, null).Due(rule, from);

    // Earlier limits are replaced: the original limits by those of an order, and the limits of a concession by those of the order that
    // followed it. An agreement on matters that cannot be appealed remains in force, because a later agreement is about another matter.
    private static void Replace(List<Limit> limits)
    {
        for (var n = 0; n < limits.Count; n++)
        {
            var by = limits[n];
            var again = by.Rule.Remedy is not (null or Remedy.NotAppealable or Remedy.BoardOnly);
            for (var i = 0; by.Rule.Replaces.Count + (again ? 1 : 0) > 0 && i < limits.Count; i++)
            {
                if (limits[i].From < by.From && !(limits[i].ReplacedOn < by.From)
                    && (by.Rule.Replaces.Contains(limits[i].RuleKey) || (again && by.RuleKey == limits[i].RuleKey)))
                {
                    limits[i] = limits[i] with { ReplacedOn = by.From };
                }
            }
        }
    }

    // Requests for advice have few different keys ("medical-1"), and every turn of every assessment needs the names of their limits, so the
    // names for the usual keys are created only once.
    private static string AdviceLimit(string key)
    {
        if (AdviceLimits.TryGetValue(key, out var known))
        {
            return known;
        }

        var made = $"advice:{key}";
        if (AdviceLimits.Count < MaxAdviceLimits)
        {
            AdviceLimits.TryAdd(key, made);
        }

        return made;
    }

    private static bool Applies(AppliesTo appliesTo, CaseFacts facts) => appliesTo switch
    {
        AppliesTo.Refused => facts.Refused,
        AppliesTo.NotRefused => facts.AssessmentExpected,
        AppliesTo.PlanExpected => facts.AssessmentExpected && (facts.NoPlanNotified is null || facts.PlanRefusalOverturned),
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
                if (facts.Received is { } request)
                {
                    var finalPlan = counter.Due(rules.Rule(FinalPlan), request);
                    limits.Add(working.Limit(rule.Key, request, finalPlan?.AddDays(rule.Length ?? 0)));
                }

                break;
            case StartEvent.RecommendationReceived:
                for (var n = 0; n < facts.Dispute.RecommendationsReceived.Count; n++)
                {
                    var received = facts.Dispute.RecommendationsReceived[n];
                    limits.Add(working.Limit(n == 0 ? rule.Key : FormattableString.Invariant($"{rule.Key}:{n + 1}"), received, counter.Due(rule, received)));
                }

                break;
            case StartEvent.AppealSentToCouncil:
                foreach (var appeal in facts.Dispute.AppealsSentToCouncil)
                {
                    var key = appeal.Number is { } number ? FormattableString.Invariant($"{rule.Key}:{number}") : rule.Key;
                    limits.Add(working.Limit(key, appeal.On, (rule.TribunalTime ? appeal.ResponseDay : null) ?? counter.Due(rule, appeal.On)));
                }

                break;
            case StartEvent.AgreementReached:
                AddRemedies(limits, working, facts.Dispute.Agreements);
                break;
            case StartEvent.TribunalOrder:
                AddRemedies(limits, working, facts.Dispute.Orders);
                break;
            case StartEvent.AppealConceded:
                AddRemedies(limits, working, [.. facts.Dispute.Concessions.Where(concession => concession.InTime)]);
                break;
            default:
                var arranged = rule is { Starts: StartEvent.ReviewMeeting, Length: < 0 } ? facts.PlanLife.ReviewArrangedFor : null;
                if ((DayOf(rule.Starts, facts) ?? arranged) is { } start)
                {
                    var other = (rule.OrIfLater?.Starts ?? rule.IfUnaware?.Starts) is { } second ? DayOf(second, facts) : null;
                    limits.Add(working.Limit(rule.Key, start, DaySetByTribunal(rule, facts.Dispute) ?? counter.Due(rule, start, other)));
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
                limits.Add(working.Limit(working.Rule.Key, fact.On, (working.Rule.NoOtherDay ? null : fact.OtherDate) ?? working.Counter.Due(working.Rule, fact.On)));
            }
        }
    }

    // HESC Rules r12(4): a date set by the tribunal replaces the date in its rules.
    private static DateOnly? DaySetByTribunal(Rule rule, DisputeFacts dispute) => !rule.TribunalTime ? null : rule.Starts switch
    {
        StartEvent.AppealableNoticeSent => dispute.AppealDaySetByTribunal,
        _ => null,
    };

    private static DateOnly? DayOf(StartEvent start, CaseFacts facts) => start switch
    {
        StartEvent.Received => facts.Received,
        StartEvent.DraftServed => facts.DraftServed,
        StartEvent.PlanIssued => facts.PlanIssued,
        StartEvent.AppealableNoticeSent => facts.AppealableNoticeSent,
        StartEvent.CertificateIssued => facts.Dispute.CertificateIssued,
        StartEvent.ToldNoMediation => facts.Dispute.MediationDeclined,
        StartEvent.MediationEnded => facts.Dispute.MediationEnded,
        StartEvent.HealthIssuesRaised => facts.Dispute.HealthIssuesRaised,
        StartEvent.MediationRequested => facts.Dispute.MediationRequested,
        StartEvent.BoardToldOfMediation => facts.Dispute.IcbNotifiedOfMediation,
        StartEvent.ToldMediationNotArranged => facts.Dispute.MediationNotArranged,
        StartEvent.RefusalReversed => facts.Dispute.RefusalReversed,
        StartEvent.ReviewMeeting => facts.PlanLife.ReviewMeeting,
        StartEvent.ProposalServed => facts.PlanLife.ProposalServed,
        StartEvent.ProposalSent => facts.PlanLife.ProposalSent ?? facts.PlanLife.ProposalServed,
        StartEvent.AmendmentProposed => facts.PlanLife.AmendmentProposed,
        StartEvent.NotAmendedDecided => facts.PlanLife.DecidedNotToAmendOn,
        StartEvent.CeasingConsidered => facts.PlanLife.CeasingConsidered,
        StartEvent.CeasingDecided => facts.PlanLife.CeasingDecided,
        StartEvent.PlanMadeOrReviewed => facts.PlanLife.Plan?.Latest,
        StartEvent.PhaseTransferPost16 => FirstOf(facts.PlanLife.PhaseTransferPost16),
        StartEvent.PhaseTransferSchool => FirstOf(facts.PlanLife.PhaseTransferSchool),
        StartEvent.Post16Move => facts.PlanLife.Post16Move,
        StartEvent.MovedOut => facts.PlanLife.MovedOut?.On,
        StartEvent.AwareOfMove => facts.PlanLife.MovedOut?.AwareOn,
        StartEvent.TransferredIn => facts.PlanLife.MovedIn?.TransferredOn,
        StartEvent.TransferredPlanMadeOrReviewed => facts.PlanLife.MovedIn?.Plan?.Latest,
        StartEvent.ReassessmentRequested => facts.PlanLife.ReassessmentRequested,
        StartEvent.ReassessmentAgreed => facts.PlanLife.ReassessmentAgreed,
        StartEvent.IcbChangedByMove => facts.PlanLife.IcbChange is { ByMove: true } moved ? moved.On : null,
        StartEvent.AwareOfIcbChange => facts.PlanLife.IcbChange?.AwareOn,
        StartEvent.AwareOfOtherIcbChange => facts.PlanLife.IcbChange is { ByMove: false } other ? other.AwareOn : null,
        StartEvent.IcbCannotArrange => facts.PlanLife.IcbChange?.CannotSince,
        StartEvent.IcbRequestReceived => facts.PlanLife.IcbChange?.RequestedOn,
        StartEvent.DirectPaymentsBegan => facts.PlanLife.DirectPaymentsBegan,
        StartEvent.ReviewHeldWithDirectPayments => facts.PlanLife.ReviewHeldWithDirectPayments,
        StartEvent.ReassessedWithDirectPayments => facts.PlanLife.ReassessedWithDirectPayments,
        StartEvent.DetentionKnown => facts.PlanLife.Detention?.KnownOn,
        StartEvent.PlanKeptSince => facts.PlanLife.Detention?.KeptSince,
        StartEvent.KeptPlanMonitored => facts.PlanLife.Detention?.MonitoredOn,
        StartEvent.ReleasedFromDetention => facts.PlanLife.Detention?.ReleasedOn,
        _ => throw new ArgumentOutOfRangeException(nameof(start), start, "This event can have more than one day."),
    };

    private static DateOnly? FirstOf(int? year) => year is { } known ? new DateOnly(known, 1, 1) : null;

    private readonly record struct Working(Rule Rule, int ReliefSet, CaseFacts Facts, RuleSet Rules, DayCounter Counter)
    {
        internal Limit Limit(string key, DateOnly from, DateOnly? due, AdviceFact? advice = null) =>
            new(key, Rule, from, due, due is { } last ? RelievedBy(new Period(from, last), advice) : Grounds.List(0))
            {
                // The planning date for the draft plan is counted back from the due date of the final plan.
                SafeBy = Counter.Practice == CountingPractice.AfterTheDay && (Rule.FromReceipt || Rule.Starts == StartEvent.FinalPlanDue) ? due?.AddDays(-1) : due,
            };

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
