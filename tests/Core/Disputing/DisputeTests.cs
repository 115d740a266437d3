using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Disputing;

/// <summary>Appeals, reversals, recommendations, and facts that turned out wrong.</summary>
public class DisputeTests
{
    [Fact]
    public void A_concession_after_the_response_leaves_the_first_twenty_weeks_in_force()
    {
        var life = Disputed.Refused();
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.On(life.Today.AddDays(14)).Do(new RecordAct(Act.AppealAnswered, life.Today, "Sent to the Tribunal."));
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "appealResponse").Standing);

        life.On(life.Today.AddDays(3)).Do(new NoteAppeal(AppealStep.Conceded, life.Today, Remedy.Assess));

        var limits = Limits.Of(life.State, life.Today, life.Rules);
        Assert.DoesNotContain(limits, l => l.Limit.Key.StartsWith("concession", StringComparison.Ordinal));
        Assert.Equal((LimitStatus.Open, (DateOnly?)Cases.Received.AddDays(140)), (Disputed.Limit(life, "finalPlan").Standing, Disputed.Limit(life, "finalPlan").Limit.Due));
        life.On(Cases.Received.AddDays(141));
        Assert.Contains(life.State.MissedLimits, missed => missed.StartsWith("finalPlan@", StringComparison.Ordinal));
    }

    [Fact]
    public void The_time_to_answer_may_have_passed_without_an_answer()
    {
        var life = Disputed.Refused();
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.On(Disputed.Limit(life, "appealResponse").Limit.Due!.Value.AddDays(1)).Do(new NoteAppeal(AppealStep.Conceded, life.Today, Remedy.Assess));

        Assert.False(life.State.Appeal[^1].InTime);
        Assert.Contains(life.State.MissedLimits, missed => missed.StartsWith("appealResponse@", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_refusal_taken_back_shows_both_readings_and_works_to_the_earlier(bool ofPlan)
    {
        var life = ofPlan ? Disputed.NoPlan() : Disputed.Refused();
        life.On(life.Today.AddDays(30)).Do(new ReverseRefusal(life.Today, "New evidence."));

        var (first, reversal) = (Disputed.Limit(life, "finalPlan"), Disputed.Limit(life, "reversalFinalPlan"));
        Assert.Equal((LimitStatus.Open, LimitStatus.Open), (first.Standing, reversal.Standing));
        Assert.Equal((Cases.Received.AddDays(140), life.Today.AddDays(98)), (first.Limit.Due, reversal.Limit.Due));
        var earlier = first.Limit.Due < reversal.Limit.Due ? first.Limit : reversal.Limit;
        Assert.Equal(earlier.Due, Forecasts.Of(life.State, life.Today, life.Rules)[2].Due);
        Assert.Equal(earlier.Due, Orchestrations.Turns.Summaries.Of(life.State, life.Now, life.Rules).FinalPlanDue);
        Assert.Equal(ofPlan ? Stage.Drafting : Stage.Assessing, life.State.Stage);
    }

    [Fact]
    public void A_day_that_the_tribunal_set_holds_and_a_later_one_takes_its_place()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.Do(new RecordTribunalDay(TribunalDayFor.Response, life.Today.AddDays(9), life.Today));
        Assert.Equal(life.Today.AddDays(9), Disputed.Limit(life, "appealResponse").Limit.Due);
        life.Refused("nothing-changed", new RecordTribunalDay(TribunalDayFor.Response, life.Today.AddDays(9), life.Today));

        life.Do(new RecordTribunalDay(TribunalDayFor.Response, life.Today.AddDays(5), life.Today)).Do(new RecordTribunalDay(TribunalDayFor.Appeal, life.Today.AddDays(60), life.Today));

        Assert.Equal(life.Today.AddDays(5), Disputed.Limit(life, "appealResponse").Limit.Due);
        Assert.Equal(life.Today.AddDays(60), Disputed.Limit(life, "appeal").Limit.Due);
    }

    [Fact]
    public void A_recommendation_is_answered_within_five_weeks_or_missed_and_chased()
    {
        Life Recommended()
        {
            var life = Disputed.Issued();
            life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
            return life.Do(new RecordRecommendation(life.Today, "The ICB", "Weekly therapy."));
        }

        var answered = Recommended();
        Assert.Equal((LimitStatus.Open, (DateOnly?)answered.Today.AddDays(35)), (Disputed.Limit(answered, "recommendationAnswer").Standing, Disputed.Limit(answered, "recommendationAnswer").Limit.Due));
        answered.On(answered.Today.AddDays(30)).Do(new RecordAct(Act.RecommendationAnswered, answered.Today, "The therapy is arranged."));
        Assert.Equal(LimitStatus.Met, Disputed.Limit(answered, "recommendationAnswer").Standing);

        var silent = Recommended();
        silent.On(silent.Today.AddDays(60));
        Assert.Equal(LimitStatus.Missed, Disputed.Limit(silent, "recommendationAnswer").Standing);
        Assert.Contains(silent.Events.OfType<DutyChased>(), e => e.Limit.StartsWith("recommendationAnswer@", StringComparison.Ordinal) && e.ToRole == "head of service");
    }

    [Fact]
    public void An_appeal_that_was_withdrawn_can_be_registered_again_and_has_to_be_answered()
    {
        var life = Disputed.Refused();
        var first = new NoteAppeal(AppealStep.Registered, life.On(life.Today.AddDays(5)).Today);
        life.Do(first).Refused("already-noted", first with { On = life.On(life.Today.AddDays(2)).Today });
        life.Do(new NoteAppeal(AppealStep.Withdrawn, life.Today)).Refused("already-noted", first);
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(life, "appealResponse").Standing);

        life.On(life.Today.AddDays(10)).Do(new NoteAppeal(AppealStep.Registered, life.Today)).Refused("already-noted", new NoteAppeal(AppealStep.Registered, life.Today));
        Assert.Equal((LimitStatus.Open, life.Today), (Disputed.Limit(life, "appealResponse").Standing, Disputed.Limit(life, "appealResponse").Limit.From));
    }

    /// <summary>The Tribunal recommends something to the ICB and to social care at once: each has five weeks, and the answer of one is not the other's.</summary>
    [Fact]
    public void Each_recommendation_has_an_answer_of_its_own()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.Do(new RecordRecommendation(life.Today, "The ICB", "Weekly therapy.")).Do(new RecordRecommendation(life.Today, "Social care", "A place at the club."));
        life.On(life.Today.AddDays(30)).Do(new RecordAct(Act.RecommendationAnswered, life.Today, "The ICB: the therapy is arranged."));
        Assert.Equal([LimitStatus.Met, LimitStatus.Open], Standings());

        life.Refused("already-recorded", new RecordAct(Act.RecommendationAnswered, life.Today, "The ICB: the therapy is arranged."));
        life.Do(new RecordAct(Act.RecommendationAnswered, life.Today, "Social care: there is a place."));
        Assert.Equal([LimitStatus.Met, LimitStatus.Met], Standings());

        IEnumerable<LimitStatus> Standings() => Limits.Of(life.State, life.Today, life.Rules).Where(l => l.Limit.RuleKey == "recommendationAnswer").Select(l => l.Standing);
    }

    [Fact]
    public void A_case_that_is_referred_back_is_decided_again_and_the_second_refusal_can_be_appealed()
    {
        var life = Disputed.Obliged(Disputed.Refused(), StartEvent.TribunalOrder, Remedy.Reconsider);
        Assert.Equal(Stage.Considering, life.State.Stage);

        life.On(life.Today.AddDays(5)).Do(new DecideWhetherToAssess(false, "Looked at again."));

        Assert.Contains(life.State.Notices, n => n.Id == "willNotAssess-2-family" && n.SentOn == life.Today);
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "orderReconsider").Standing);
        Assert.Equal(life.Today.AddMonths(2), Disputed.Limit(life, "contactMediationAdviser").Limit.Due);
        life.On(life.Today.AddDays(10)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
    }

    [Fact]
    public void A_case_that_is_referred_back_and_assessed_after_all_has_its_first_limits_again_and_comes_to_its_plan()
    {
        var life = Disputed.Obliged(Disputed.Refused(), StartEvent.TribunalOrder, Remedy.Reconsider);
        life.On(life.Today.AddDays(5)).Do(new DecideWhetherToAssess(true, "It may be necessary after all."));

        Assert.Equal((LimitStatus.Open, (DateOnly?)Cases.Received.AddDays(140)), (Disputed.Limit(life, "finalPlan").Standing, Disputed.Limit(life, "finalPlan").Limit.Due));
        Assert.Contains(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "advice:medical-1");
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "appeal");

        life.On(life.Today.AddDays(20)).AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft());
        Assert.Contains(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "familyRepresentations");
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        life.On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One"));
        Assert.Equal(Stage.PlanIssued, Disputed.Sent(life).State.Stage);

        // The referral was decided in the assessment: nothing is to be decided on the plan, and a re-assessment can be agreed.
        Assert.False(DecideOnPlan.IsAwaited(life.State));
        life.Refused("nothing-to-decide", new DecideOnPlan(false, "It stays as it is."));
        life.On(life.Today.AddDays(200)).Do(new AgreeReassessment("New needs."));
    }

    /// <summary>The council concedes, or reverses its refusal, and tells the family; the order that follows asks for no second letter.</summary>
    [Theory]
    [InlineData(Remedy.Assess, false, "orderNotifyAssessment")]
    [InlineData(Remedy.Assess, true, "orderNotifyAssessment")]
    [InlineData(Remedy.MakePlan, false, "orderDraftPlan")]
    [InlineData(Remedy.MakePlan, true, "orderDraftPlan")]
    public void What_was_sent_before_the_order_that_confirms_it_meets_the_order(Remedy remedy, bool reverses, string key)
    {
        var life = Disputed.For(remedy);
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.Do(reverses ? new ReverseRefusal(life.Today, "New evidence.") : new NoteAppeal(AppealStep.Conceded, life.Today, remedy));
        if (remedy == Remedy.MakePlan)
        {
            life.Do(new PrepareDraft());
        }

        var told = life.HandOverAll().Today;
        life.On(life.Today.AddDays(10)).Do(new NoteAppeal(AppealStep.Ordered, life.Today, remedy)).On(life.Today.AddDays(60));

        Assert.Equal((LimitStatus.Met, (DateOnly?)told), (Disputed.Limit(life, key).Standing, Disputed.Limit(life, key).MetOn));
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Mediation_is_arranged_once_something_was_agreed_in_it()
    {
        var life = Disputed.Obliged(Disputed.Issued(), StartEvent.AgreementReached, Remedy.NotAppealable);

        Assert.Equal((LimitStatus.Met, (DateOnly?)life.Today), (Disputed.Limit(life, "arrangeMediation").Standing, Disputed.Limit(life, "arrangeMediation").MetOn));
    }

    [Fact]
    public void Mediation_that_the_family_no_longer_wants_is_not_arranged()
    {
        var life = Disputed.Issued();
        life.Do(new NoteMediation(MediationStep.NotWanted, life.Today)).Do(new NoteMediation(MediationStep.Wanted, life.Today));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "arrangeMediation").Standing);

        var other = Disputed.Issued();
        other.Do(new NoteMediation(MediationStep.Wanted, other.Today)).On(other.Today.AddDays(5)).Do(new NoteMediation(MediationStep.NotWanted, other.Today)).On(other.Today.AddDays(60));
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(other, "arrangeMediation").Standing);
        Assert.DoesNotContain(other.State.MissedLimits, missed => missed.StartsWith("arrangeMediation", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StartEvent.TribunalOrder, Ground.OrderExceptionalCircumstances, 1, true)]
    [InlineData(StartEvent.TribunalOrder, Ground.OrderAbsentFromArea, 14, true)]
    [InlineData(StartEvent.TribunalOrder, Ground.OrderAbsentFromArea, 13, false)]
    [InlineData(StartEvent.TribunalOrder, Ground.OrderLateRepresentations, 1, true)]
    [InlineData(StartEvent.AppealConceded, Ground.OrderExceptionalCircumstances, 1, true)]
    [InlineData(StartEvent.AppealConceded, Ground.OrderAbsentFromArea, 14, true)]
    [InlineData(StartEvent.AppealConceded, Ground.OrderLateRepresentations, 1, false)]
    [InlineData(StartEvent.AgreementReached, Ground.OrderExceptionalCircumstances, 1, false)]
    public void What_relieves_an_order_or_a_concession_is_claimed_after_the_assessment_has_ended(StartEvent by, Ground ground, int days, bool relieves)
    {
        var life = Disputed.Obliged(Disputed.Issued(), by, Remedy.AmendContents);
        var (from, limit) = (life.Today.AddDays(2), Disputed.LimitsOf(life, by, Remedy.AmendContents).Single().Limit);
        var claim = new ClaimException("after-order", ground, from, from.AddDays(days - 1), "A letter.", "Nobody could be met.");
        life.On(limit.Due!.Value.AddDays(-1));
        if (!relieves)
        {
            life.Refused("relieves-nothing", claim);
            return;
        }

        life.Do(claim);

        var relieved = Disputed.LimitsOf(life, by, Remedy.AmendContents).Single().Limit;
        Assert.Equal([ground], relieved.RelievedBy);
        Assert.Equal(limit.Due, relieved.Due);
        life.On(limit.Due.Value.AddDays(1));
        Assert.Contains(life.Events.OfType<LimitMissed>(), e => e.Limit.StartsWith(limit.Key, StringComparison.Ordinal) && e.RelievedBy.Count == 1);
    }

    [Fact]
    public void A_draft_that_never_arrived_is_sent_again_and_that_service_counts()
    {
        var life = Life.Consulting();
        var first = life.Today;
        life.On(first.AddDays(8)).Do(new RecordNotArrived("The mail came back.", "draftPlan-1-family"));
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "familyRepresentations");
        Assert.Contains(life.State.Attention, a => a.Id == "post-draftPlan-1-family");

        life.On(first.AddDays(9)).Do(new RecordNoticeSent("draftPlan-1-family", life.Today, NoticeChannel.ByHand));

        Assert.Equal(first.AddDays(9 + 14), Disputed.Limit(life, "familyRepresentations").Limit.Due);
        life.On(first.AddDays(16)).Do(new NamePlacement("Special school")).Refused("representations-still-open", new FinalisePlan("Officer One"));
        Assert.Contains(life.Events, e => e is NoticeSent sent && sent.SentOn == first);
        Assert.Contains(life.Events, e => e is SendingNotArrived { SentOn: var sent } && sent == first);
    }

    [Fact]
    public void A_final_plan_that_never_arrived_was_not_sent_to_all()
    {
        var life = Disputed.Issued();
        var due = Disputed.Limit(life, "finalPlan").Limit.Due!.Value;
        life.On(due.AddDays(3)).Do(new RecordNotArrived("The school has nothing.", "finalPlan-2-namedInstitution"));

        // Sent again at once by the hub's own channel, on a day that is too late.
        Assert.Equal((LimitStatus.MetLate, (DateOnly?)life.Today), (Disputed.Limit(life, "finalPlan").Standing, Disputed.Limit(life, "finalPlan").MetOn));
        Assert.Equal((Stage.PlanIssued, (DateOnly?)life.Today), (life.State.Stage, life.State.FinalPlanSentOn));
        life.On(life.Today.AddDays(1));
        Assert.Contains(life.State.MissedLimits, missed => missed.StartsWith("finalPlan@", StringComparison.Ordinal));
    }

    [Fact]
    public void A_request_that_never_arrived_runs_from_the_sending_that_did()
    {
        var life = Life.Assessing();
        life.On(Cases.Received.AddDays(12)).Do(new RecordNotArrived("The trust has no such request.", RequestId: "medical-1"));

        Assert.Equal(Cases.Received.AddDays(12 + 42), Disputed.Limit(life, "advice:medical-1").Limit.Due);
        life.Do(new AcknowledgeAdviceRequest("medical-1"), Cases.As(Cases.Hospital));
        life.Refused("not-delivered", new RecordNotArrived("Again.", RequestId: "medical-1"));
    }

    [Fact]
    public void A_mistaken_day_of_an_order_is_corrected_and_its_limits_follow()
    {
        var life = Disputed.Obliged(Disputed.Issued(), StartEvent.TribunalOrder, Remedy.AmendContents);
        var wrong = life.Today;
        life.On(wrong.AddDays(2)).Do(new CorrectRecord(MistakenRecord.Appeal, wrong, "The order was sent out four days earlier.", wrong.AddDays(-4), "ordered"));

        Assert.Equal(wrong.AddDays(-4 + 35), Disputed.Limit(life, "orderAmendedPlan").Limit.Due);
        Assert.Contains(life.Events, e => e is AppealNoted { Step: AppealStep.Ordered } noted && noted.On == wrong);
        life.Refused("no-such-record", new CorrectRecord(MistakenRecord.Appeal, wrong, "Again.", wrong.AddDays(-5), "ordered"));
    }

    [Fact]
    public void An_order_that_was_never_made_counts_no_more()
    {
        var life = Disputed.Obliged(Disputed.Issued(), StartEvent.TribunalOrder, Remedy.AmendContents);
        life.Do(new CorrectRecord(MistakenRecord.Appeal, life.Today, "It was another child's order.", null, "ordered"));

        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "orderAmendedPlan");
        Assert.Contains(life.State.Attention, a => a.Id == "untrue-ordered");
    }

    [Fact]
    public void A_mistaken_day_of_sending_is_corrected_with_its_service()
    {
        var life = Disputed.Issued(Disputed.ByPost);
        var sent = life.State.Notices.Single(n => n.Id == "finalPlan-2-family").SentOn!.Value;
        life.On(sent.AddDays(6)).Do(new CorrectRecord(MistakenRecord.NoticeSent, sent, "It left the office two days later.", sent.AddDays(2), "finalPlan-2-family"));

        Assert.Equal(sent.AddDays(2).AddMonths(2), Disputed.Limit(life, "contactMediationAdviser").Limit.Due);
        Assert.Equal(sent.AddDays(2), life.State.FinalPlanSentOn);
        life.Refused("day-missing", new CorrectRecord(MistakenRecord.NoticeSent, sent.AddDays(2), "It was not sent.", null, "finalPlan-2-family"));
        life.Refused("day-in-future", new CorrectRecord(MistakenRecord.NoticeSent, sent.AddDays(2), "Later.", life.Today.AddDays(1), "finalPlan-2-family"));
    }

    [Fact]
    public void The_day_that_the_Tribunal_set_in_one_appeal_is_not_that_of_the_next()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today)).Do(new RecordTribunalDay(TribunalDayFor.Response, life.Today.AddDays(40), life.Today));
        Assert.Equal(life.Today.AddDays(40), Disputed.Limit(life, "appealResponse").Limit.Due);
        life.On(life.Today.AddDays(10)).Do(new NoteAppeal(AppealStep.Withdrawn, life.Today));

        Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(life)), ReviewChoice.Keep, 5);
        life.On(life.Today.AddDays(30)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        Assert.True(Disputed.Limit(life, "appealResponse") is { Standing: LimitStatus.Open } next && next.Limit.Due > life.Today.AddDays(40));
    }

    [Theory]
    [InlineData(Remedy.NotAppealable)]
    [InlineData(Remedy.BoardOnly)]
    public void A_later_agreement_on_what_cannot_be_appealed_takes_no_earlier_ones_place(Remedy remedy)
    {
        var life = Disputed.Obliged(Disputed.Issued(), StartEvent.AgreementReached, remedy);
        Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(life)), ReviewChoice.Keep, 5);
        Disputed.Obliged(life, StartEvent.AgreementReached, remedy);

        Assert.Equal([LimitStatus.Missed, LimitStatus.Open], Disputed.LimitsOf(life, StartEvent.AgreementReached, remedy).OrderBy(l => l.Limit.From).Select(l => l.Standing));
    }

    [Fact]
    public void Once_the_plan_is_handed_on_the_appeal_is_the_other_councils_to_answer()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today)).Do(new RecordAct(Act.PlanHandedOn, life.Today, "To council 331."));

        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(life, "appealResponse").Standing);
        Assert.DoesNotContain(life.On(life.Today.AddDays(90)).State.MissedLimits, missed => missed.StartsWith("appealResponse", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_review_is_met_chased_and_missed()
    {
        var kept = Disputed.Issued();
        var due = Disputed.Limit(kept, "firstReview").Limit.Due!.Value;
        kept.On(due.AddDays(-70));
        Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(kept, daysAfterPlan: 0)), ReviewChoice.Keep, 20);
        Assert.Equal(LimitStatus.Met, Disputed.Limit(kept, "firstReview").Standing);

        var late = Disputed.Issued().On(due.AddDays(10));
        Assert.Equal(LimitStatus.Missed, Disputed.Limit(late, "firstReview").Standing);
        Assert.Contains(late.Events.OfType<DutyChased>(), e => e.Limit.StartsWith("firstReview@", StringComparison.Ordinal) && e.ToRole == "head of service");
    }
}
