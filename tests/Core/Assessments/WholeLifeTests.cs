using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Assessments;

public class WholeLifeTests
{
    [Fact]
    public void From_request_to_final_plan()
    {
        var life = Life.Consulting();
        var served = life.Today;
        life.On(served.AddDays(5));
        life.Do(new RecordRepresentations(1, life.Today, "We would like Example Special School.", Cases.OtherSchool), Cases.Family);
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today));
        life.On(served.AddDays(10)).Do(new RecordInstitutionAnswer(Cases.OtherSchool.Id, life.Today, true, "Can meet the needs."), Cases.As(Cases.OtherSchool));
        life.Do(new NamePlacement("Special school", Cases.OtherSchool));
        life.Refused("representations-still-open", new FinalisePlan("Officer One"));
        life.On(served.AddDays(14)).Refused("representations-still-open", new FinalisePlan("Officer One"));
        life.On(served.AddDays(15)).Do(new FinalisePlan("Officer One"));

        Assert.Equal(Stage.PlanIssued, life.State.Stage);
        Assert.Equal(life.Today, life.State.FinalPlanSentOn);
        Assert.Equal(
            [RecipientRole.Family, RecipientRole.Icb, RecipientRole.NamedInstitution],
            life.State.Notices.Where(n => n.Kind == NoticeKind.FinalPlan).Select(n => n.To));
        Assert.Empty(life.State.MissedLimits);
        Assert.Equal(PlanKind.Final, life.State.NewestPlan!.Kind);
        Assert.Contains("Example Special School", life.State.NewestPlan.Section(PlanSectionLetter.I).Lines[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("Final plan issued on", StatusLine.Of(life.State, life.Today, life.Rules), StringComparison.Ordinal);
    }

    [Fact]
    public void Deciding_meets_no_limit_and_sending_to_all_does()
    {
        var byPost = Cases.Facts with { Family = Cases.Facts.Family with { ElectronicServiceAgreedOn = null } };
        var life = Life.Assessing(byPost);
        var limit = Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == "decideWhetherToAssess");
        Assert.Equal(LimitStatus.Open, limit.Standing);
        Assert.Equal(["notice to the family"], limit.Awaits);

        life.On(Cases.Received.AddDays(43));
        Assert.Contains(life.State.MissedLimits, m => m.StartsWith("decideWhetherToAssess@", StringComparison.Ordinal));

        life.Do(new RecordNoticeSent("willAssess-family", life.Today, NoticeChannel.Post));
        limit = Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == "decideWhetherToAssess");
        Assert.Equal((LimitStatus.MetLate, (DateOnly?)life.Today), (limit.Standing, limit.MetOn));
    }

    [Fact]
    public void Post_is_served_on_the_second_working_day()
    {
        var byPost = Cases.Facts with { Family = Cases.Facts.Family with { ElectronicServiceAgreedOn = null } };
        var life = Life.Consulting(byPost);
        var friday = new DateOnly(2026, 2, 6);
        life.On(friday).Do(new RecordNoticeSent("draftPlan-1-family", friday, NoticeChannel.Post));
        Assert.Equal(new DateOnly(2026, 2, 10), life.State.Notices.Single(n => n.Kind == NoticeKind.DraftPlan).ServedOn);
    }

    [Fact]
    public void A_refusal_is_sent_with_everything_reg_32_requires_or_not_at_all()
    {
        var bare = Cases.Rules with { Council = Cases.Profile with { MediationAdviser = null } };
        var life = Life.Opened(rules: bare);
        life.Do(new RecordConsultation(life.Today, "Wants one."));
        life.Refused("notice-incomplete", new DecideWhetherToAssess(false, "Not necessary."));

        var complete = Life.Opened();
        complete.Refused("family-not-consulted", new DecideWhetherToAssess(false, "Not necessary."));
        complete.Do(new RecordConsultation(complete.Today, "Wants one.")).Do(new DecideWhetherToAssess(false, "Not necessary."));
        Assert.Equal(Stage.RefusedToAssess, complete.State.Stage);
        Assert.Equal(4, complete.State.Notices.Count(n => n.Kind == NoticeKind.WillNotAssess && n.SentOn is not null));
        Assert.NotNull(Limits.Of(complete.State, complete.Today, complete.Rules).Single(l => l.Limit.Key == "appeal").Limit.Due);
    }

    [Fact]
    public void An_order_to_assess_sets_the_assessment_going_again()
    {
        var life = Life.Opened();
        life.Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(false, "Not necessary."));
        life.On(life.Today.AddDays(40)).Refused("no-appeal", new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.Assess));
        life.Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.On(life.Today.AddDays(60)).Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.Assess));

        Assert.Equal(Stage.Assessing, life.State.Stage);
        Assert.NotEmpty(life.State.Requests);
        Assert.Contains(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "orderFinalPlan" && l.Limit.Due == life.Today.AddDays(98));
    }

    [Fact]
    public void Existing_advice_needs_all_three_parties_and_then_nobody_is_asked_again()
    {
        var life = Life.Opened();
        life.Do(new ProposeExistingAdvice("ep-report", AdviceKind.Psychological, Cases.Psychology, Cases.Content(Cases.Received.AddDays(-90)), "report of last autumn"));
        life.Do(new AgreeExistingAdvice("ep-report", AgreeingParty.Author, true), Cases.As(Cases.Psychology));
        life.Refused("not-the-party", new AgreeExistingAdvice("ep-report", AgreeingParty.Council, true), Cases.Family);
        life.Do(new AgreeExistingAdvice("ep-report", AgreeingParty.Council, true));
        Assert.False(life.State.Existing[0].ReliedOn);
        life.Do(new AgreeExistingAdvice("ep-report", AgreeingParty.Family, true), Cases.Family);
        Assert.True(life.State.Existing[0].ReliedOn);

        life.Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(true, "May be necessary."));
        Assert.DoesNotContain(life.State.Requests, r => r.Kind == AdviceKind.Psychological);
        life.Refused("relied-on", new RequestAdvice(AdviceKind.Psychological, Cases.Psychology, "Again"));
    }

    [Fact]
    public void A_refused_wish_needs_its_reason()
    {
        var life = Life.Assessing();
        life.Do(new AskForAdviser("w1", Cases.Therapist, "She has treated Robin for a year."), Cases.Family);
        life.Refused("text-missing", new AnswerAdviserWish("w1", false, " "));
        life.Do(new AnswerAdviserWish("w1", true, ""));
        Assert.Contains(life.State.Requests, r => r.LegalBasis == "reg 6(1)(h)" && r.Agency == Cases.Therapist);
    }

    [Fact]
    public void Each_request_has_its_own_six_weeks_from_its_own_receipt()
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(3)).Do(new AcknowledgeAdviceRequest("medical-1", life.Today), Cases.As(Cases.Hospital));
        var limits = Limits.Of(life.State, life.Today, life.Rules);
        Assert.Equal(life.Today.AddDays(42), limits.Single(l => l.Limit.Key == "advice:medical-1").Limit.Due);
        Assert.Equal(Cases.Received.AddDays(42), limits.Single(l => l.Limit.Key == "advice:educational-1").Limit.Due);
        Assert.Equal(Binding.Statute, limits.Single(l => l.Limit.Key == "advice:medical-1").Limit.Binding);
        Assert.Equal(Binding.Code, limits.Single(l => l.Limit.Key == "advice:educational-1").Limit.Binding);
    }

    [Fact]
    public void A_correction_after_the_last_day_leaves_advice_that_came_in_time_in_time()
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(20)).Do(new SubmitAdvice("medical-1", Cases.Content(life.Today)), Cases.As(Cases.Hospital));
        life.On(life.Today.AddDays(40)).Do(new SubmitAdvice("medical-1", Cases.Content(life.Today, "walking")), Cases.As(Cases.Hospital));
        var limit = Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == "advice:medical-1");
        Assert.Equal((LimitStatus.Met, (DateOnly?)Cases.Received.AddDays(20)), (limit.Standing, limit.MetOn));
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("advice:medical-1@", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_agency_cannot_answer()
    {
        var life = Life.Assessing();
        life.Refused("not-asked", new SubmitAdvice("medical-1", Cases.Content(life.Today)), Cases.As(Cases.School));
        life.Refused("not-asked", new SubmitAdvice("medical-1", Cases.Content(life.Today)), Cases.Family);
        life.Refused("not-the-sender", new DecideWhetherToAssess(true, "I say so"), Cases.As(Cases.School));
    }

    [Fact]
    public void Late_advice_is_reminded_and_escalated_step_by_step_and_no_more_once_it_came()
    {
        var life = Life.Assessing();
        var start = life.Today;
        foreach (var request in life.State.Requests.Where(r => r.Kind != AdviceKind.Medical).ToList())
        {
            life.Do(new SubmitAdvice(request.Id, Cases.Content(life.Today)), request.Agency is { } a ? Cases.As(a) : Cases.Family);
        }

        life.On(start.AddDays(47));
        var steps = life.Events.OfType<ChaseStepTaken>().Select(s => s.Step).ToList();
        Assert.Equal(["remind-2-weeks-before", "remind-3-days-before", "remind-overdue", "escalate-manager", "escalate-dmo"], steps);
        Assert.Equal("Overdue: medical advice, 5 days late, was due 16 February", StatusLine.Of(life.State, life.Today, life.Rules));
        life.AnswerAll();
        life.On(start.AddDays(80));
        Assert.Equal(5, life.Events.OfType<ChaseStepTaken>().Count());
    }

    [Fact]
    public void The_status_line_counts_the_days()
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(39));
        foreach (var request in life.State.Requests.Where(r => r.Kind != AdviceKind.Medical).ToList())
        {
            life.Do(new SubmitAdvice(request.Id, Cases.Content(life.Today)), request.Agency is { } a ? Cases.As(a) : Cases.Family);
        }

        Assert.Equal("Waiting: medical advice, day 39 of 42, due 16 February", StatusLine.Of(life.State, life.Today, life.Rules));
    }

    [Fact]
    public void A_useless_exception_is_refused_and_a_real_one_moves_no_day()
    {
        var life = Life.Assessing();
        life.Refused("relieves-nothing", new ClaimException("e0", Ground.SchoolClosed, new DateOnly(2026, 2, 14), new DateOnly(2026, 2, 22), "Half-term", "Head away"));
        var before = Limits.Of(life.State, life.Today, life.Rules).Select(l => (l.Limit.Key, l.Limit.Due)).ToList();
        life.Do(new ClaimException("e1", Ground.AbsentFromArea, new DateOnly(2026, 1, 10), new DateOnly(2026, 2, 20), "Letter of the family", "The child could not be seen"));
        Assert.Equal(before, Limits.Of(life.State, life.Today, life.Rules).Select(l => (l.Limit.Key, l.Limit.Due)));
        Assert.Contains(life.State.Notices, n => n.Kind == NoticeKind.ExceptionApplies && n.SentOn is not null);
        Assert.Contains(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "finalPlan" && l.Limit.RelievedBy.Contains(Ground.AbsentFromArea));
    }

    [Fact]
    public void A_reissued_draft_starts_the_fifteen_days_again()
    {
        var life = Life.Consulting();
        var first = life.Today;
        life.Refused("nothing-changed", new PrepareDraft());
        life.On(first.AddDays(10)).Do(new EditPlan("e1", "Clearer words", PlanEditCause.Officer, LineId: "educational-1.1/p1", NewText: "Teaching in a group of three, following a written programme."));
        life.Do(new NamePlacement("Mainstream primary school", null));
        life.On(first.AddDays(20)).Refused("draft-must-be-reissued", new FinalisePlan("Officer One"));
        life.Do(new PrepareDraft());
        var limit = Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == "familyRepresentations");
        Assert.Equal(life.Today.AddDays(14), limit.Limit.Due);
        life.On(life.Today.AddDays(15)).Do(new FinalisePlan("Officer One"));
        Assert.Equal(Stage.PlanIssued, life.State.Stage);
    }

    [Fact]
    public void The_plan_waits_for_the_ICB_where_section_G_has_provision()
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(20));
        foreach (var request in life.State.Requests.ToList())
        {
            var content = Cases.Content(life.Today, request.Id);
            if (request.Kind == AdviceKind.Medical)
            {
                content = content with { Provision = [.. content.Provision.Select(p => p with { Kind = ProvisionKind.Health })] };
            }

            life.Do(new SubmitAdvice(request.Id, content), request.Agency is { } a ? Cases.As(a) : Cases.Family);
        }

        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft()).Do(new NamePlacement("Mainstream primary school", null));
        life.On(life.Today.AddDays(15)).Refused("plan-not-ready", new FinalisePlan("Officer One"));
        life.Refused("not-the-icb", new RecordIcbAgreement(true, "A. Manager", life.Today), Cases.As(Cases.Hospital));
        life.Do(new RecordIcbAgreement(true, "A. Manager", life.Today), Cases.As(Cases.Icb)).Do(new FinalisePlan("Officer One"));
        Assert.Equal(Stage.PlanIssued, life.State.Stage);
    }

    [Fact]
    public void The_right_to_ask_passes_to_the_young_person()
    {
        var seventeen = Cases.Facts with { Child = Cases.Facts.Child with { DateOfBirth = new DateOnly(2008, 12, 1) } };
        new Life().Refused("right-passed-on", new OpenAssessment(seventeen));
        new Life().Do(new OpenAssessment(seventeen with { Route = RequestRoute.YoungPerson }));
        new Life().Do(new OpenAssessment(seventeen with { Capacity = new CapacityRecord(true, Cases.Received.AddDays(-5), "A. Deputy") }));
        new Life().Refused("not-a-young-person", new OpenAssessment(Cases.Facts with { Route = RequestRoute.YoungPerson }));
    }

    [Fact]
    public void Who_is_asked_follows_from_the_child()
    {
        var fourteen = Cases.Facts with { Child = Cases.Facts.Child with { DateOfBirth = new DateOnly(2011, 10, 1) }, SensoryImpairment = SensoryImpairment.Hearing };
        var life = Life.Assessing(fourteen);
        Assert.Equal(
            ["reg 6(1)(a)", "reg 6(1)(b)(i)", "reg 6(1)(c)", "reg 6(1)(d)", "reg 6(1)(e)", "reg 6(1)(g)"],
            life.State.Requests.Select(r => r.LegalBasis));
        Assert.Equal("a person qualified to teach pupils with hearing impairment", life.State.Requests.Single(r => r.Kind == AdviceKind.Educational).AfterConsultationWith);

        var atHome = Life.Assessing(Cases.Facts with { SettingKind = SettingKind.None, Setting = null });
        Assert.DoesNotContain(atHome.State.Requests, r => r.Kind == AdviceKind.Educational);
        Assert.Contains(atHome.State.Attention, a => a.Text.Contains("reg 6(1)(b)(iii)", StringComparison.Ordinal));
        atHome.Do(new NameAdviser(AdviceKind.Educational, Cases.OtherSchool));
        Assert.Contains(atHome.State.Requests, r => r.Kind == AdviceKind.Educational && r.Agency == Cases.OtherSchool);
    }

    [Fact]
    public void A_declined_request_is_replaced_by_another_adviser()
    {
        var life = Life.Assessing();
        life.Refused("text-missing", new DeclineAdviceRequest("educational-1", ""), Cases.As(Cases.School));
        life.Do(new DeclineAdviceRequest("educational-1", "The head left; nobody here knows the child."), Cases.As(Cases.School));
        life.Refused("advice-not-sought", new DecideWhetherToIssuePlan(true, "Necessary.", ["familyViews-1", "medical-1", "psychological-1", "socialCare-1"], "No time"));
        Assert.True(Orchestrations.Assessments.Chasing.IsChased(life.State, Declined()));
        life.Do(new RequestAdvice(AdviceKind.Educational, Cases.OtherSchool, "Specialist teacher knows the child.", "educational-1"));
        Assert.Equal("reg 6(1)(b)(ii)", life.State.Requests[^1].LegalBasis);
        Assert.False(Orchestrations.Assessments.Chasing.IsChased(life.State, Declined()));

        AdviceRequest Declined() => life.State.Requests.Single(r => r.Id == "educational-1");
    }

    [Fact]
    public void Returned_advice_opens_the_request_again_and_its_limit_stays()
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(10)).Do(new SubmitAdvice("medical-1", Cases.Content(life.Today)), Cases.As(Cases.Hospital));
        life.Do(new ReturnAdvice("medical-1.1", "Provision is not quantified."));
        Assert.True(life.State.Requests.Single(r => r.Id == "medical-1").IsOpen);
        Assert.Equal(Cases.Received.AddDays(42), Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == "advice:medical-1").Limit.Due);
        life.Do(new SubmitAdvice("medical-1", Cases.Content(life.Today, "more")), Cases.As(Cases.Hospital));
        Assert.Equal("medical-1.2", life.State.Advice[^1].Id);
    }

    [Fact]
    public void Nothing_is_asked_of_anybody_after_the_end()
    {
        var life = Life.Assessing();
        life.Do(new WithdrawRequest(life.Today, "The family changed its mind."), Cases.Family);
        Assert.Equal(Stage.Withdrawn, life.State.Stage);
        Assert.DoesNotContain(life.State.Requests, r => r.IsOpen);
        Assert.Equal(4, life.Effects.OfType<SendWithdrawal>().Count());
        Assert.Null(life.WakeAt);
        life.Refused("ended", new SubmitAdvice("medical-1", Cases.Content(life.Today)), Cases.As(Cases.Hospital));
    }
}
