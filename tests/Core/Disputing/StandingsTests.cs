using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Disputing;

/// <summary>Every rule of the set with each standing that its limit can reach: lived in cases, and no other standing is ever seen.</summary>
public class StandingsTests
{
    private static readonly StartEvent[] Ways = [StartEvent.TribunalOrder, StartEvent.AppealConceded, StartEvent.AgreementReached];

    /// <summary>No act takes it away, but of a plan that was issued elsewhere it was never this council's to meet.</summary>
    private const string OfWhoeverMadeThePlan = "tellPartners";

    /// <summary>What a case cannot come to, with the reason.</summary>
    private static readonly Dictionary<string, (LimitStatus[] Standings, string Why)> NotReached = new()
    {
        ["finalPlanNotice"] = ([LimitStatus.Open, LimitStatus.MetLate, LimitStatus.Missed], "it begins with the very sending that meets it"),
        ["annualReview"] = ([LimitStatus.Met, LimitStatus.MetLate], "with the sending that meets it the next year begins; a miss stays on record"),
        ["transferReview"] = ([LimitStatus.Met, LimitStatus.MetLate], "with the sending that meets it the first year of reviews here begins; a miss stays on record"),
        ["orderContinuePlan"] = AtOnce,
        ["concessionContinuePlan"] = AtOnce,
        ["agreementContinuePlan"] = AtOnce,
        ["orderContinuePlanToAmend"] = AtOnce,
        ["concessionContinuePlanToAmend"] = AtOnce,
        ["agreementContinuePlanToAmend"] = AtOnce,
    };

    /// <summary>Due although the plan has ceased: the Tribunal and the mediation adviser end a dispute, and a letter that waits must still be sent.</summary>
    private static readonly string[] DueWithoutPlan =
    [
        "appealResponse", "arrangeHealthMediation", "arrangeMediation", "boardReportsAgreement", "carryOutMediationAgreement", "ceaseNotify", "deemedMediationCertificate",
        "mediationCertificate", "mediationCertificateAfterMediation", "passHealthIssuesToIcb", "recommendationAnswer",
    ];

    /// <summary>Due although the assessment has ended: a letter that waits.</summary>
    private static readonly string[] DueWithoutAssessment = ["tellPartners"];

    private static readonly Dictionary<Party, RecipientRole> Told = new()
    {
        [Party.Family] = RecipientRole.Family,
        [Party.NamedInstitution] = RecipientRole.NamedInstitution,
        [Party.IntegratedCareBoard] = RecipientRole.Icb,
    };

    private static (LimitStatus[] Standings, string Why) AtOnce => ([LimitStatus.Superseded], "it is due on the day on which it begins: what comes later finds it met or missed");

    [Fact]
    public void Every_rule_reaches_each_standing_that_it_can_and_no_other()
    {
        var reached = RuleSet.England2014.Rules.ToDictionary(rule => rule.Key, _ => new HashSet<LimitStatus>());
        foreach (var life in Lives(life => Look(life, reached)))
        {
            Look(life, reached);
        }

        var wrong = new List<string>();
        foreach (var rule in RuleSet.England2014.Rules)
        {
            var possible = Possible(rule).Except(NotReached.GetValueOrDefault(rule.Key).Standings ?? []).Order().ToList();
            if (!possible.SequenceEqual(reached[rule.Key].Order()))
            {
                wrong.Add($"{rule.Key}: never {string.Join(' ', possible.Except(reached[rule.Key]))}; unexpectedly {string.Join(' ', reached[rule.Key].Except(possible))}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Once the plan has ceased, nothing is due of the council that only a plan in force would need: in every life, ended there.</summary>
    [Fact]
    public void Nothing_that_needs_a_plan_in_force_is_due_after_the_plan_has_ceased()
    {
        var due = new HashSet<string>();
        foreach (var life in Lives(life => Add(life)))
        {
            Add(life);
        }

        Assert.Equal(string.Join(' ', DueWithoutPlan.Order()), string.Join(' ', due.Order()));

        void Add(Life life)
        {
            if (MaintainedPlan.IsMaintainedHere(life.State))
            {
                var died = Assessment.Decide(life.State, new RecordPlanCeased(life.Today, Died: true), Cases.Officer, life.Now, life.Rules).Events
                    .Aggregate(life.State, (state, fact) => fact.Apply(state));
                Assert.NotNull(died.Ceasing?.CeasedOn);
                due.UnionWith(Limits.Of(died, life.Today, life.Rules).Where(l => l is { Limit.ReplacedOn: null, Standing: LimitStatus.Open or LimitStatus.Missed }).Select(l => l.Limit.RuleKey));
            }
        }
    }

    /// <summary>Once the request was withdrawn or the family has moved, nothing is due of the council that only an assessment would need: in every life, ended there.</summary>
    [Fact]
    public void Nothing_that_needs_an_assessment_is_due_after_it_has_ended_without_a_plan()
    {
        var due = new HashSet<string>();
        foreach (var life in Lives(life => Add(life)))
        {
            Add(life);
        }

        Assert.Equal(string.Join(' ', DueWithoutAssessment.Order()), string.Join(' ', due.Order()));

        void Add(Life life)
        {
            if (life.State.Stage.HasEnded() || life.State.Stage == Stage.Finalising)
            {
                return;
            }

            AssessmentInput[] ends = [new WithdrawRequest(life.Today, "We manage."), new MoveToAnotherCouncil(Cases.Parse<LocalAuthorityCode>("331"), life.Today, life.Today)];
            foreach (var end in ends)
            {
                var ended = Assessment.Decide(life.State, end, Cases.Officer, life.Now, life.Rules).Events.Aggregate(life.State, (state, fact) => fact.Apply(state));
                Assert.NotNull(ended.EndedOn);
                due.UnionWith(Limits.Of(ended, life.Today, life.Rules).Where(l => l is { Limit.ReplacedOn: null, Standing: LimitStatus.Open or LimitStatus.Missed }).Select(l => l.Limit.RuleKey));
            }
        }
    }

    /// <summary>
    /// Of every rule that a notice meets and an act ends: while its notice is planned and not sent, the act ends the duty, unless the case ended with the very
    /// decision that the notice gives; and what is sent afterwards does not meet it.
    /// </summary>
    [Fact]
    public void An_act_that_ends_a_duty_ends_it_while_its_notice_waits()
    {
        var rules = RuleSet.England2014.Rules.Where(rule => rule.MetBy.Kind == MetByKind.Notice && rule.EndedBy.Count > 0).ToList();
        var seen = new HashSet<(string, Act)>();
        var wrong = new List<string>();
        void Held(Life life)
        {
            foreach (var open in Limits.Of(life.State, life.Today, life.Rules).Where(l => l.Standing == LimitStatus.Open && rules.Contains(l.Limit.Rule)))
            {
                foreach (var act in open.Limit.Rule.EndedBy.Where(act => seen.Add((open.Limit.RuleKey, act))))
                {
                    wrong.AddRange(EndedWhileItWaits(life, open.Limit, act));
                }
            }
        }

        foreach (var life in Lives(Held))
        {
            Held(life);
        }

        Assert.Equal(rules.SelectMany(rule => rule.EndedBy.Select(act => (rule.Key, act))).Order(), seen.Order());
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> EndedWhileItWaits(Life life, Limit limit, Act act)
    {
        var (today, tomorrow) = (life.Today, life.Today.AddDays(1));
        foreach (var kind in limit.Rule.MetBy.Notices.Select(notice => Enum.Parse<NoticeKind>(notice.ToString())))
        {
            AssessmentState Case(DateOnly? sent, Stage stage, bool ended)
            {
                var notices = limit.Rule.MustBeTold.Select(party => new Notice
                {
                    Id = $"waits-{party}",
                    Kind = kind,
                    To = Told[party],
                    Occasion = 99,
                    PlannedOn = today,
                    SentOn = sent,
                });
                var state = life.State with { Notices = [.. life.State.Notices, .. notices] };
                return ended ? Ended(state, act, today, stage) : state;
            }

            var ownStage = kind switch
            {
                NoticeKind.WillNotAssess when act == Act.Ended => Stage.RefusedToAssess,
                NoticeKind.NoPlan when act == Act.Ended => Stage.NoPlan,
                _ => (Stage?)null,
            };
            (string What, AssessmentState State, LimitStatus Expected)[] cases =
            [
                ("waits", Case(null, default, ended: false), LimitStatus.Open),
                ("waits, ended", Case(null, Stage.Withdrawn, ended: true), LimitStatus.Fallen),
                ("sent on the day of the end", Case(today, Stage.Withdrawn, ended: true), LimitStatus.Met),
                ("sent after the end", Case(tomorrow, Stage.Withdrawn, ended: true), LimitStatus.Fallen),
                .. ownStage is { } stage
                    ? [("gives the end", Case(null, stage, ended: true), LimitStatus.Open), ("gave the end", Case(tomorrow, stage, ended: true), LimitStatus.Met)]
                    : Array.Empty<(string, AssessmentState, LimitStatus)>(),
            ];
            foreach (var (what, state, expected) in cases)
            {
                var standing = Limits.Of(state, tomorrow, life.Rules).FirstOrDefault(l => l.Limit.Key == limit.Key && l.Limit.From == limit.From)?.Standing;
                standing = standing is LimitStatus.MetLate ? LimitStatus.Met : standing is LimitStatus.Missed ? LimitStatus.Open : standing;
                if (standing != expected)
                {
                    yield return $"{limit.RuleKey}, {kind} {what}, by {act}: {standing?.ToString() ?? "gone"} instead of {expected}";
                }
            }
        }
    }

    private static AssessmentState Ended(AssessmentState state, Act act, DateOnly on, Stage stage) => act switch
    {
        Act.Ended or Act.EndedWithoutPlan => state with { Stage = stage, EndedOn = on },
        Act.PlanAgreed => state with { PlanDecision = new MadeDecision(true, on, "Necessary.") },
        Act.AmendmentDecided => state with { AmendDecision = new MadeDecision(true, on, "On the advice.") },
        Act.NoChangeDecided => state with { AmendDecision = new MadeDecision(false, on, "On the advice.") },
        Act.PlanCeased => state with { Ceasing = new PlanCeasing { Number = 1, ConsideredOn = on, Reason = CeasingReason.Other, Reasons = "Over.", AnswerBy = on, CeasedOn = on } },
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "Say here how a case has this act."),
    };

    private static IEnumerable<LimitStatus> Possible(Rule rule)
    {
        if (rule.MetBy.Kind is not (MetByKind.Notice or MetByKind.Act))
        {
            return [LimitStatus.Runs, LimitStatus.Fallen];
        }

        var replaced = RuleSet.England2014.Rules.Any(other => other.Replaces.Contains(rule.Key));
        return new[]
        {
            (LimitStatus.Open, true), (LimitStatus.Met, true),
            (LimitStatus.MetLate, rule.Unit != LengthUnit.AsSoonAsPracticable), (LimitStatus.Missed, rule.Unit != LengthUnit.AsSoonAsPracticable),
            (LimitStatus.Fallen, rule.EndedBy.Count > 0 || rule.Key == OfWhoeverMadeThePlan), (LimitStatus.Superseded, replaced),
        }.Where(one => one.Item2).Select(one => one.Item1);
    }

    private static void Look(Life life, Dictionary<string, HashSet<LimitStatus>> reached)
    {
        foreach (var limit in Limits.Of(life.State, life.Today, life.Rules))
        {
            // Rules of the set for detained people are tested with them.
            if (ReferenceEquals(limit.Limit.Rule, RuleSet.England2014.Find(limit.Limit.RuleKey)))
            {
                reached[limit.Limit.RuleKey].Add(limit.Standing);
            }
        }
    }

    private static IEnumerable<Life> Lives(Action<Life> look)
    {
        foreach (var (way, remedy) in from way in Ways from remedy in Enum.GetValues<Remedy>() where RuleSet.England2014.HasLimitFor(way, remedy) select (way, remedy))
        {
            foreach (var otherwise in new[] { false, true })
            {
                // In time; late; and overtaken by each other way.
                yield return Disputed.Obliged(Disputed.For(remedy), way, remedy);
                yield return CarriedOut(Disputed.Obliged(Disputed.For(remedy), way, remedy), remedy, otherwise, 0, look);
                yield return CarriedOut(Disputed.Obliged(Disputed.For(remedy, Disputed.ByPost), way, remedy), remedy, otherwise, 150, look);
            }

            if (remedy is Remedy.Assess or Remedy.MakePlan or Remedy.Reconsider)
            {
                var life = Disputed.Obliged(Disputed.For(remedy, Disputed.ByPost), way, remedy);
                yield return life.Do(new WithdrawRequest(life.Today, "We manage."));
            }

            if (remedy is Remedy.Reassess or Remedy.AmendContents or Remedy.NameInstitution or Remedy.ContinuePlan or Remedy.ContinueAndAmend)
            {
                yield return Died(Disputed.Obliged(Disputed.For(remedy, Disputed.ByPost), way, remedy));
            }

            foreach (var other in Ways.Where(other => other != way && RuleSet.England2014.HasLimitFor(other, remedy)))
            {
                var life = Disputed.Obliged(Disputed.For(remedy, Disputed.ByPost), way, remedy);
                life.On(life.Today.AddDays(3));
                yield return Overtaken(life, other, remedy);
            }
        }

        yield return Disputed.Obliged(Disputed.Issued(Disputed.ByPost), StartEvent.TribunalOrder, Remedy.Reconsider);

        foreach (var life in Ordinary(look).Concat(OfDisputes(look)).Concat(OfReviews(look)).Concat(OfTaken(look)).Concat(OfMoves(look)).Concat(OfTransfers(look)).Concat(OfReassessments(look))
            .Concat(LivesOfPlans.OfIcbs(look)).Concat(LivesOfPlans.OfBudgets(look)).Concat(LivesOfPlans.OfDetentions(look)))
        {
            yield return life;
        }
    }

    private static Life CarriedOut(Life life, Remedy remedy, bool otherwise, int daysLater, Action<Life> look)
    {
        life.On(life.Today.AddDays(daysLater));
        look(life);
        RemedyTests.CarryOut(life, remedy, otherwise);
        look(life);
        return life.On(life.Today.AddDays(500));
    }

    private static Life Overtaken(Life life, StartEvent by, Remedy remedy)
    {
        if (by == StartEvent.AgreementReached && life.State.Mediation.Count == 0)
        {
            life.Do(new NoteMediation(MediationStep.Wanted, life.Today));
        }

        if (by != StartEvent.AgreementReached && life.State.Appeal.All(a => a.Step != AppealStep.Registered))
        {
            life.Do(new NoteAppeal(AppealStep.Registered, life.Today));
        }

        life.On(life.Today.AddDays(4));
        return life.Do(by switch
        {
            StartEvent.AgreementReached => new NoteMediation(MediationStep.Agreed, life.Today, remedy),
            StartEvent.AppealConceded => new NoteAppeal(AppealStep.Conceded, life.Today, remedy),
            _ => new NoteAppeal(AppealStep.Ordered, life.Today, remedy),
        });
    }

    private static IEnumerable<Life> Ordinary(Action<Life> look)
    {
        // Nothing is sent at all.
        yield return new Life { Ends = effect => effect is SendNotice ? EffectOutcome.NeedsHuman : EffectOutcome.Done }.Do(new OpenAssessment(Cases.Facts));

        foreach (var wait in new[] { 0, 60 })
        {
            var decided = Life.Opened(Disputed.ByPost);
            look(decided);
            decided.On(Cases.Received.AddDays(wait)).Do(new RecordConsultation(decided.Today, "Wants one.")).Do(new DecideWhetherToAssess(true, "May be necessary."));
            yield return Disputed.Sent(decided.On(decided.Today.AddDays(1)));

            var refused = Life.Opened(Disputed.ByPost).On(Cases.Received.AddDays(wait));
            refused.Do(new RecordConsultation(refused.Today, "Wants one.")).Do(new DecideWhetherToAssess(false, "Not necessary."));
            look(refused);
            yield return Disputed.Sent(refused);

            var withdrawn = Life.Opened().On(Cases.Received.AddDays(wait));
            yield return withdrawn.Do(new WithdrawRequest(withdrawn.Today, "We manage."));

            var noPlan = Life.Assessing(Disputed.ByPost);
            Disputed.Sent(noPlan);
            noPlan.On(Cases.Received.AddDays(30 + (2 * wait)));
            look(noPlan);
            noPlan.AnswerAll();
            yield return Disputed.Sent(noPlan.Do(new DecideWhetherToIssuePlan(false, "Not necessary.")));

            var declined = Life.Assessing().On(Cases.Received.AddDays(wait));
            foreach (var request in declined.State.Requests.Where(request => request.IsOpen).ToList())
            {
                declined.Do(new WithdrawAdviceRequest(request.Id, "Not needed."));
            }

            yield return declined;

            var issued = Life.Consulting(Disputed.ByPost);
            issued.On(issued.Today.AddDays(wait * 2));
            Disputed.Sent(issued);
            look(issued);
            issued.Do(new ConsultInstitution(Cases.OtherSchool, issued.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
            issued.On(issued.Today.AddDays(wait / 2));
            look(issued);
            issued.Do(new RecordInstitutionAnswer(Cases.OtherSchool.Id, issued.Today, true, "Yes."), Cases.As(Cases.OtherSchool));
            look(issued);
            issued.On(issued.Today.AddDays(20)).Do(new FinalisePlan("Officer One"));
            issued.On(issued.Today.AddDays(wait / 10));
            look(issued);
            Disputed.Sent(issued);
            look(issued);
            issued.On(issued.Today.AddDays(300 + (wait * 2)));
            look(issued);
            Reviewed.Arranged(issued, daysAfterPlan: 0, daysAhead: 0);
            yield return Reviewed.Decided(issued.Do(Reviewed.Meeting(issued)), ReviewChoice.Keep, 0);
        }
    }

    /// <summary>Plans that another council transferred: the family is told in time, late or not at all, and the review is due.</summary>
    private static IEnumerable<Life> OfTaken(Action<Life> look)
    {
        foreach (var wait in new[] { 0, 60 })
        {
            var life = Taken.Over(new(2026, 3, 2), Taken.Transferred);
            look(life);
            life.On(life.Today.AddDays(wait));
            look(life);
            life.Do(new RecordAct(Act.FamilyToldOfTransfer, life.Today, "By letter."));
            look(life);
            yield return life.On(life.Today.AddDays(200));
        }

        yield return Died(Taken.Over(new(2026, 3, 2), Taken.Transferred));
    }

    /// <summary>Families with a plan who move away: it is handed on in time, late or not at all.</summary>
    private static IEnumerable<Life> OfMoves(Action<Life> look)
    {
        foreach (var wait in new[] { 0, 60 })
        {
            var life = Disputed.Issued();
            life.Do(new MoveToAnotherCouncil(Cases.Parse<LocalAuthorityCode>("331"), life.Today.AddDays(10), life.Today));
            look(life);
            life.On(life.Today.AddDays(wait));
            look(life);
            yield return wait == 0 ? Died(Moving()) : Moving();
            look(life.Do(new RecordAct(Act.PlanHandedOn, life.Today, "By the package.")));
        }

        static Life Moving()
        {
            var life = Disputed.Issued();
            return life.Do(new MoveToAnotherCouncil(Cases.Parse<LocalAuthorityCode>("331"), life.Today.AddDays(10), life.Today));
        }
    }

    private static Life Died(Life life) => life.Do(new RecordPlanCeased(life.Today, Died: true));

    /// <summary>Children who change phase: the plan that names the place is sent in time or late.</summary>
    private static IEnumerable<Life> OfTransfers(Action<Life> look)
    {
        foreach (var (transfer, wait) in from transfer in Enum.GetValues<TransferOfPhase>() from wait in new[] { 0, 250 } where transfer != TransferOfPhase.Stays select (transfer, wait))
        {
            var life = Disputed.Issued();
            life.On(new DateOnly(2026, 10, 1)).Do(new RecordPhaseTransfer(transfer, new DateOnly(2027, 9, 1)));
            look(life);
            life.On(life.Today.AddDays(wait));
            look(life);
            yield return Amended.Finalised(Amended.Placed(life, new DateOnly(2027, 9, 1)));
            yield return Died(Disputed.Issued().On(new DateOnly(2026, 10, 1)).Do(new RecordPhaseTransfer(transfer, new DateOnly(2027, 9, 1))));
        }
    }

    /// <summary>Plans whose child is assessed again, or not: told in time or late, with the plan amended, left as it is, or ceased meanwhile.</summary>
    private static IEnumerable<Life> OfReassessments(Action<Life> look)
    {
        foreach (var (amend, wait) in from amend in new[] { false, true } from wait in new[] { 0, 120 } select (amend, wait))
        {
            var life = Reassessed.Asked(Disputed.Issued(Disputed.ByPost));
            look(life);
            life.On(life.Today.AddDays(wait));
            look(life);
            Reassessed.Agreed(life);
            look(life);
            life.On(life.Today.AddDays(wait));
            look(life);
            life.Do(new DecideOnPlan(amend, "On the new advice.", "Not waited for."));
            look(life);
            yield return life.HandOverAll();
            yield return Died(Reassessed.Asked(Disputed.Issued()));
            yield return Died(Reassessed.Agreed(Reassessed.Asked(Disputed.Issued())));
        }
    }

    private static IEnumerable<Life> OfReviews(Action<Life> look)
    {
        foreach (var (decision, wait) in from decision in Enum.GetValues<ReviewChoice>() from wait in new[] { 0, 60 } select (decision, wait))
        {
            var life = Reviewed.Arranged(Disputed.Issued());
            look(life);
            life.On(life.Today.AddDays(wait));
            look(life);
            life.Do(new RecordReviewInvitations(life.Today)).Do(new RecordReviewPapers(life.Today, "Advice."));
            look(life);
            if (wait == 0)
            {
                life.On(life.State.Reviews[^1].MeetingOn);
            }

            life.Do(Reviewed.Meeting(life));
            look(life);
            life.On(life.Today.AddDays(wait));
            look(life);
            life.Do(new RecordReviewReport(life.Today, decision, "Report."));
            look(life);
            Reviewed.Decided(life, decision, wait);
            look(life);
            life.On(life.Today.AddDays(20 + (wait * 2)));
            look(life);
            if (decision == ReviewChoice.Amend)
            {
                life.Do(wait == 0 ? new DecideNotToAmend("Not after all.") : new NamePlacement("Special school", Cases.OtherSchool, "It meets the needs."));
                look(life);
                life.HandOverAll();
            }

            look(life);
            yield return life.On(life.Today.AddDays(400));
        }

        foreach (var wait in new[] { 16, 90 })
        {
            var proposed = Amended.Edited(Disputed.Issued(Disputed.ByPost)).Do(new ProposeAmendments("A report.", "Weekly."));
            look(proposed);
            Amended.Finalised(proposed.HandOverAll(), wait);
            look(proposed);

            var reviewed = Reviewed.Decided(Amended.Edited(Reviewed.Held(Reviewed.Arranged(Disputed.Issued(Disputed.ByPost)))), ReviewChoice.Amend, 5);
            Amended.Finalised(reviewed, wait);
            look(reviewed);
            Amended.Proposed(reviewed, 10).Do(new DecideNotToAmend("Not after all."));
            look(reviewed);
            yield return reviewed;
        }

        foreach (var life in Ceased(look))
        {
            yield return life;
        }
    }

    /// <summary>Plans that cease while a review is arranged, while one was held, and while amendments are with the family.</summary>
    private static IEnumerable<Life> Ceased(Action<Life> look)
    {
        yield return Died(Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(Disputed.Issued())), ReviewChoice.Keep, 5));

        var considered = Disputed.Issued(Disputed.ByPost);
        considered.Do(new ConsiderCeasing(CeasingReason.Other, "Over.", considered.Today.AddDays(3)));
        look(considered);
        var asked = Disputed.Issued(Disputed.ByPost);
        yield return Died(asked.Do(new ConsiderCeasing(CeasingReason.Other, "Over.", asked.Today.AddDays(3))));
        yield return Died(Amended.Edited(Disputed.Issued(Disputed.ByPost)).Do(new ProposeAmendments("A report.", "Weekly.")));
        yield return Died(Amended.Proposed(Disputed.Issued(Disputed.ByPost)).Do(new DecideNotToAmend("Not after all.")));
        considered.HandOverAll().On(considered.Today.AddDays(4)).Do(new DecideOnCeasing(true, "Over."));
        look(considered);
        yield return considered.HandOverAll();

        var held = Reviewed.Arranged(Disputed.Issued(), daysAfterPlan: 200, daysAhead: 0);
        foreach (var life in new[] { Reviewed.Arranged(Disputed.Issued(), 100, 200), held.Do(Reviewed.Meeting(held)), Amended.Proposed(Disputed.Issued()) })
        {
            Disputed.Sent(life.Do(new RecordPlanCeased(life.Today, Died: true)));
            look(life);
            yield return life;
        }
    }

    private static IEnumerable<Life> OfDisputes(Action<Life> look)
    {
        foreach (var wait in new[] { 0, 60 })
        {
            foreach (var issues in new[] { false, true })
            {
                var life = Disputed.Refused(Disputed.ByPost);
                life.On(life.Today.AddDays(10)).Do(new ReverseRefusal(life.Today, "New evidence."));
                Disputed.Sent(life).On(life.Today.AddDays(wait * 2));
                look(life);
                life.AnswerAll();
                life.Do(new DecideWhetherToIssuePlan(issues, "On the advice."));
                look(life);
                if (issues)
                {
                    RemedyTests.CarryOut(life, Remedy.MakePlan, false);
                }

                yield return Disputed.Sent(life);
            }

            var reversed = Disputed.Refused(Disputed.ByPost);
            reversed.On(reversed.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, reversed.Today)).Do(new ReverseRefusal(reversed.Today, "New evidence."));
            yield return reversed.On(reversed.Today.AddDays(14)).Do(new NoteAppeal(AppealStep.Ordered, reversed.Today, Remedy.Assess));

            var appealed = Disputed.Issued();
            appealed.On(appealed.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, appealed.Today)).Do(new RecordRecommendation(appealed.Today, "The ICB", "Therapy."));
            look(appealed);
            appealed.On(appealed.Today.AddDays(wait));
            look(appealed);
            yield return appealed.Do(new RecordAct(Act.AppealAnswered, appealed.Today, "Sent.")).Do(new RecordAct(Act.RecommendationAnswered, appealed.Today, "Arranged."));

            var over = Disputed.Issued();
            over.On(over.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, over.Today));
            yield return over.On(over.Today.AddDays(wait)).Do(new NoteAppeal(AppealStep.Withdrawn, over.Today));

            foreach (var steps in new MediationStep[][]
            {
                [MediationStep.NotWanted, MediationStep.CertificateIssued],
                [MediationStep.Wanted, MediationStep.HealthIssuesRaised, MediationStep.HealthIssuesPassed, MediationStep.Ended, MediationStep.CertificateIssued],
                [MediationStep.Wanted, MediationStep.HealthIssuesRaised, MediationStep.HealthIssuesPassed, MediationStep.NotArranged, MediationStep.CertificateIssued],
            })
            {
                var mediated = Disputed.Issued();
                foreach (var step in steps)
                {
                    mediated.On(mediated.Today.AddDays(1 + wait));
                    look(mediated);
                    mediated.Do(new NoteMediation(step, mediated.Today));
                    look(mediated);
                }

                yield return mediated;
            }
        }
    }
}
