using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.UnderWay;

/// <summary>An assessment that was under way elsewhere goes on here: nothing is sent twice, and every limit runs from its real day.</summary>
public class TakeOverAssessmentTests
{
    private static readonly DateOnly TakenOn = Continued.TakenOn;

    [Fact]
    public void A_decided_case_goes_on_and_nothing_is_sent()
    {
        var life = Continued.Life(Continued.Decided);

        Assert.Empty(life.Effects);
        Assert.Equal((Stage.Assessing, Continued.DecidedOn), (life.State.Stage, life.State.AssessDecision!.On));
        Assert.Equal(new DateOnly(2026, 1, 12), life.State.ConsultedOn);
        Assert.All(life.State.Notices, n => Assert.Equal((true, NoticeChannel.EarlierSystem), (n.SentOn is not null, n.Channel!.Value)));
        Assert.Equal(["assessmentConsidered-icb", "assessmentConsidered-socialCare", "assessmentConsidered-setting", "willAssess-family"], life.State.Notices.Select(n => n.Id));
        Assert.All(life.State.Requests, r => Assert.Equal((Continued.AskedOn, TakenOn), (r.RequestedOn, r.TakenOverOn!.Value)));
        Assert.Empty(life.State.Attention);
        Assert.DoesNotContain(life.Events, e => e is LimitMissed);
        Assert.Equal((LimitStatus.Met, Continued.AskedOn), Standing(life, "decideWhetherToAssess"));
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "tellPartners").Standing);
        Assert.Equal(new DateOnly(2026, 5, 25), Disputed.Limit(life, "finalPlan").Limit.Due);
        Assert.Equal("Waiting: the family's views, day 30 of 42, due 4 March", StatusLine.Of(life.State, life.Today, life.Rules));
    }

    [Fact]
    public void A_limit_of_an_adviser_runs_only_from_a_day_that_is_known()
    {
        var life = Continued.Life(Continued.Decided);

        Assert.Equal(new DateOnly(2026, 3, 5), Limit(life, "medical-1")!.Limit.Due);
        Assert.Null(Limit(life, "psychological-1"));
        life.Do(new AcknowledgeAdviceRequest("psychological-1", Continued.AskedOn.AddDays(2)), Cases.As(Cases.Psychology));
        Assert.Equal(new DateOnly(2026, 3, 6), Limit(life, "psychological-1")!.Limit.Due);
    }

    [Fact]
    public void Reminders_go_on_from_the_next_step_that_lies_ahead()
    {
        var life = Continued.Life(Continued.Decided);
        Assert.DoesNotContain(life.Events, e => e is ChaseStepTaken or DutyChased);

        life.On(new(2026, 3, 3));
        Assert.Equal(["remind-3-days-before"], life.Events.OfType<ChaseStepTaken>().Where(e => e.RequestId == "medical-1").Select(e => e.Step));
        Assert.DoesNotContain(life.Events.OfType<ChaseStepTaken>(), e => e.Step == "remind-2-weeks-before");
        life.On(new(2026, 3, 20));
        Assert.Null(Assert.Single(life.Events.OfType<LimitMissed>(), e => e.Limit.StartsWith("advice:medical-1", StringComparison.Ordinal)).FoundOn);
        Assert.Contains(life.Effects, e => e is SendEscalation);
    }

    [Fact]
    public void Of_a_request_overdue_at_the_takeover_only_later_steps_are_taken_and_the_limit_is_found()
    {
        var on = new DateOnly(2026, 3, 12);
        var life = Continued.Life(Continued.Decided, on);

        Assert.Empty(life.Effects);
        Assert.Equal(on, Assert.Single(life.Events.OfType<LimitMissed>(), e => e.Limit.StartsWith("advice:medical-1", StringComparison.Ordinal)).FoundOn);
        Assert.Contains("before the case was taken over", Told(life), StringComparison.Ordinal);
        life.On(new(2026, 4, 1));
        Assert.Equal(["escalate-commissioner", "escalate-send-lead"], life.Events.OfType<ChaseStepTaken>().Where(e => e.RequestId == "medical-1").Select(e => e.Step));
    }

    [Fact]
    public void An_undecided_case_is_decided_here_with_the_hubs_own_letters()
    {
        var life = Continued.Life(Continued.Undecided, new(2026, 2, 10));
        Assert.Empty(life.Effects);
        Assert.Equal((Stage.Considering, LimitStatus.Open), (life.State.Stage, Disputed.Limit(life, "decideWhetherToAssess").Standing));

        life.Do(new DecideWhetherToAssess(true, "May be necessary."));
        Assert.Contains(life.Effects, e => e is SendNotice { NoticeId: "willAssess-family" });
        Assert.Contains(life.Effects, e => e is SendAdviceRequest { RequestId: "medical-1" });
        Assert.DoesNotContain(life.Effects, e => e is SendNotice notice && notice.NoticeId.StartsWith("assessmentConsidered", StringComparison.Ordinal));
    }

    [Fact]
    public void An_undecided_case_whose_six_weeks_have_passed_was_missed_before_and_is_not_missed_again()
    {
        var life = Continued.Life(Continued.Undecided, new(2026, 3, 2));
        life.On(new(2026, 3, 9));

        Assert.Equal(new DateOnly(2026, 3, 2), Assert.Single(life.Events.OfType<LimitMissed>()).FoundOn);
        Assert.Equal(LimitStatus.Missed, Disputed.Limit(life, "decideWhetherToAssess").Standing);
    }

    [Fact]
    public void Whether_partners_were_told_is_asked_and_not_guessed()
    {
        var life = Continued.Life(Continued.Undecided with { PartnersToldOn = null });
        Assert.Empty(life.Effects);
        Assert.Equal(["told-assessmentConsidered-icb", "told-assessmentConsidered-socialCare", "told-assessmentConsidered-setting"], life.State.Attention.Select(a => a.Id));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "tellPartners").Standing);

        life.Refused("not-taken-over", new RecordNoticeSent("assessmentConsidered-icb", life.On(TakenOn.AddDays(1)).Today, NoticeChannel.EarlierSystem));
        foreach (var notice in life.State.Notices.ToList())
        {
            life.Do(new RecordNoticeSent(notice.Id, new(2026, 1, 8), NoticeChannel.EarlierSystem));
        }

        Assert.Empty(life.State.Attention);
        Assert.Equal((LimitStatus.Met, new DateOnly(2026, 1, 8)), Standing(life, "tellPartners"));
    }

    [Fact]
    public void A_partner_that_is_corrected_is_asked_about_instead_and_nothing_is_sent()
    {
        var life = Continued.Life(Continued.Undecided with { PartnersToldOn = null });
        life.Do(new CorrectFacts("Another ICB is responsible.", Icb: Cases.Icb with { Id = Cases.Parse<AgencyId>("ods:Q99"), Name = "Third ICB" }));

        var owed = Assert.Single(life.State.Notices, n => n.To == RecipientRole.Icb);
        Assert.Equal("Third ICB", owed.Agency!.Name);
        Assert.DoesNotContain(life.Effects, e => e is SendNotice);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "told-assessmentConsidered-icb");
        Assert.Contains(life.State.Attention, a => a.Id == $"told-{owed.Id}" && a.Text.Contains("Third ICB", StringComparison.Ordinal));

        life.Do(new RecordNoticeSent(owed.Id, new(2026, 1, 8), NoticeChannel.EarlierSystem));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == $"told-{owed.Id}");
    }

    [Theory]
    [InlineData(10, LimitStatus.Met)]
    [InlineData(18, LimitStatus.MetLate)]
    public void What_is_not_known_of_the_decision_is_neither_met_nor_missed_until_its_day_is_recorded(int day, LimitStatus then)
    {
        var life = Continued.Life(Continued.Decided with { FamilyToldOn = null, PartnersToldOn = null, ConsultedOn = null, Summary = null });
        life.On(TakenOn.AddDays(2));
        Assert.All(new[] { "decideWhetherToAssess", "tellPartners", "consultFamily" }, key => Assert.Equal(LimitStatus.Fallen, Disputed.Limit(life, key).Standing));
        Assert.DoesNotContain(life.Events, e => e is LimitMissed);
        Assert.Equal(["told-willAssess-family"], life.State.Attention.Select(a => a.Id));

        life.Do(new RecordNoticeSent("willAssess-family", new(2026, 2, day), NoticeChannel.EarlierSystem)).On(life.Today.AddDays(1));
        Assert.Equal((then, new DateOnly(2026, 2, day)), Standing(life, "decideWhetherToAssess"));
        Assert.Equal(then == LimitStatus.MetLate, life.Events.OfType<LimitMissed>().Any(e => e.FoundOn is not null));
        Assert.Empty(life.State.Attention);
    }

    [Fact]
    public void A_decision_told_late_elsewhere_was_missed_before()
    {
        var life = Continued.Life(Continued.Decided with { FamilyToldOn = new(2026, 2, 18) });
        Assert.Equal((LimitStatus.MetLate, new DateOnly(2026, 2, 18)), Standing(life, "decideWhetherToAssess"));
        Assert.Equal(TakenOn, Assert.Single(life.Events.OfType<LimitMissed>()).FoundOn);
    }

    [Fact]
    public void Advice_that_had_come_is_not_chased_and_is_entered_with_its_day()
    {
        var came = new DateOnly(2026, 2, 15);
        var life = Continued.Life(Continued.With(AdviceKind.Medical, came));
        Assert.Equal((LimitStatus.Met, came), (Limit(life, "medical-1")!.Standing, Limit(life, "medical-1")!.MetOn!.Value));
        Assert.Equal(["enter-medical-1"], life.State.Attention.Select(a => a.Id));
        life.On(new(2026, 3, 20));
        Assert.DoesNotContain(life.Events, e => e is ChaseStepTaken { RequestId: "medical-1" });

        life.Do(new SubmitAdvice("medical-1", Cases.Content(new(2026, 2, 10))));
        Assert.Equal((came, RequestStatus.Received, came), (life.State.Advice[0].ReceivedOn, life.State.Requests[2].Status, life.State.Requests[2].StatusOn));
        Assert.Equal((LimitStatus.Met, came), (Limit(life, "medical-1")!.Standing, Limit(life, "medical-1")!.MetOn!.Value));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "enter-medical-1");

        life.Do(new ReturnAdvice("medical-1.1", "More."));
        Assert.Equal(LimitStatus.Missed, Limit(life, "medical-1")!.Standing);
        life.Do(new SubmitAdvice("medical-1", Cases.Content(life.Today, "more")), Cases.As(Cases.Hospital));
        Assert.Equal((LimitStatus.MetLate, life.Today), (Limit(life, "medical-1")!.Standing, Limit(life, "medical-1")!.MetOn!.Value));
    }

    [Fact]
    public void Advice_that_the_adviser_sends_again_arrives_now_and_still_came_in_time()
    {
        var came = new DateOnly(2026, 2, 15);
        var life = Continued.Life(Continued.With(AdviceKind.Medical, came)).On(new(2026, 3, 20));
        life.Do(new SubmitAdvice("medical-1", Cases.Content(came)), Cases.As(Cases.Hospital));

        Assert.Equal(life.Today, life.State.Advice[0].ReceivedOn);
        Assert.Equal((LimitStatus.Met, came), (Limit(life, "medical-1")!.Standing, Limit(life, "medical-1")!.MetOn!.Value));
    }

    [Fact]
    public void Advice_that_had_come_late_was_missed_before()
    {
        var on = new DateOnly(2026, 3, 16);
        var life = Continued.Life(Continued.With(AdviceKind.Medical, new(2026, 3, 10)), on);
        Assert.Equal((LimitStatus.MetLate, new DateOnly(2026, 3, 10)), (Limit(life, "medical-1")!.Standing, Limit(life, "medical-1")!.MetOn!.Value));
        Assert.Equal(on, Assert.Single(life.Events.OfType<LimitMissed>(), e => e.Limit.StartsWith("advice:medical-1", StringComparison.Ordinal)).FoundOn);
    }

    [Fact]
    public void With_all_advice_in_the_case_waits_for_its_entry_and_then_goes_on_to_the_draft()
    {
        var life = Continued.Life(Continued.Decided with { Requests = [.. Continued.Requests.Select(r => r with { CameOn = new(2026, 2, 12) })] });
        Assert.Equal("Waiting: advice that has come and must be entered", StatusLine.Of(life.State, life.Today, life.Rules));
        Assert.Equal(0, Orchestrations.Turns.Summaries.Of(life.State, life.Now, life.Rules).AnswersAwaited);
        life.Refused("advice-outstanding", new DecideWhetherToIssuePlan(true, "Necessary."));

        foreach (var request in life.State.Requests.ToList())
        {
            life.Do(new SubmitAdvice(request.Id, Cases.Content(new(2026, 2, 1), request.Id)));
        }

        Assert.Empty(life.State.Attention);
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft());
        Assert.Equal(Stage.Consulting, life.State.Stage);
        Assert.Contains(life.Effects, e => e is SendNotice { NoticeId: "draftPlan-1-family" });
    }

    [Fact]
    public void A_request_can_be_sent_again_afterwards()
    {
        var life = Continued.Life(Continued.Decided).Do(new SendRequestAgain("medical-1", "The trust asked."));
        Assert.IsType<SendAdviceRequest>(Assert.Single(life.Effects));
        Assert.False(life.State.Requests[2].WasSentElsewhere);
    }

    [Fact]
    public void A_request_that_never_arrived_is_sent_by_the_hub_and_known_to_the_advisers_system()
    {
        var life = Continued.Life(Continued.Decided).Do(new RecordNotArrived("The trust has no such request.", RequestId: "medical-1"));
        Assert.IsType<SendAdviceRequest>(Assert.Single(life.Effects));
        Assert.Equal((RequestStatus.Delivered, TakenOn, false), (life.State.Requests[2].Status, life.State.Requests[2].ReceivedByBodyOn!.Value, life.State.Requests[2].WasSentElsewhere));
    }

    [Fact]
    public void A_person_who_works_for_no_organisation_is_taken_over_with_the_address()
    {
        var jo = new PersonAsked("Jo Example", "occupational therapist", "jo@example.org", "OT12345");
        var life = Continued.Life(Continued.Decided with { Requests = [.. Continued.Requests, new(AdviceKind.Other, Continued.AskedOn, Person: jo)] });
        var request = life.State.Requests[^1];
        Assert.Equal((jo, AgencyScheme.Person, AnswerDuty.Invited), (request.Person, request.Agency!.Id.Scheme, request.Duty));
        life.Do(new SendRequestAgain(request.Id, "A link."));
        Assert.IsType<SendAdviceRequest>(Assert.Single(life.Effects));
    }

    [Fact]
    public void Advice_that_nobody_is_known_to_have_asked_for_is_named_and_not_asked_for()
    {
        var life = Continued.Life(Continued.Decided with { Requests = [Continued.Requests[2]] });
        Assert.Empty(life.Effects);
        Assert.Contains("psychological advice", Assert.Single(life.State.Attention).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(TakenOn, life.State.Requests.Single(r => r.Kind == AdviceKind.FamilyViews).RequestedOn);
        life.Do(new RequestAdvice(AdviceKind.Psychological, Cases.Psychology, "It was forgotten."));
        Assert.Contains(life.Effects, e => e is SendAdviceRequest { RequestId: "psychological-1" });
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        static void Refused(string code, TakeOverAssessment step) => new Life().StoodStillUntil(TakenOn).Refused(code, step);
        static TakeOverAssessment With(params RequestUnderWay[] requests) => Continued.Decided with { Requests = requests };
        var medical = Continued.Requests[2];

        Refused("text-missing", Continued.Decided with { Source = " " });
        Refused("not-decided", Continued.Undecided with { Requests = [medical] });
        Refused("not-decided", Continued.Undecided with { FamilyToldOn = Continued.AskedOn });
        Refused("not-decided", Continued.Undecided with { Reasons = "Yes." });
        Refused("day-missing", Continued.Decided with { ConsultedOn = null });
        Refused("plan-taken-over", Continued.Decided with { Facts = Taken.Facts with { TakenOver = Taken.Plan } });
        Refused("already-asked", With(medical, medical));
        Refused("already-asked", With(Continued.Requests[0], Continued.Requests[0]));
        Refused("adviser-unclear", With(medical with { Agency = null }));
        Refused("adviser-unclear", With(Continued.Requests[0] with { Agency = Cases.School }));
        Refused("registration-missing", With(new RequestUnderWay(AdviceKind.Psychological, Continued.AskedOn, Person: new("Jo", "psychologist", "jo@example.org"))));
        Refused("day-before-request", With(medical with { AskedOn = Cases.Received.AddDays(-1), ArrivedOn = null }));
        Refused("day-in-future", With(Continued.Requests[1], medical with { CameOn = TakenOn.AddDays(1) }));
        Refused("day-out-of-order", With(medical with { ArrivedOn = Continued.AskedOn.AddDays(-1) }));
        Refused("day-out-of-order", With(medical with { CameOn = Continued.AskedOn }));
        Refused("right-passed-on", Continued.Decided with { Facts = Cases.Facts with { Child = Cases.Facts.Child with { DateOfBirth = new(2008, 1, 1) } } });
        Continued.Life(Continued.Decided).Refused("already-open", Continued.Decided);
        Life.Opened().Refused("already-open", Continued.Undecided with { ConsultedOn = null, Summary = null, PartnersToldOn = null });
    }

    private static LimitProgress? Limit(Life life, string request) =>
        Limits.Of(life.State, life.Today, life.Rules).FirstOrDefault(l => l.Limit.Key == $"advice:{request}");

    private static (LimitStatus Standing, DateOnly? On) Standing(Life life, string key) => (Disputed.Limit(life, key).Standing, Disputed.Limit(life, key).MetOn);

    private static string Told(Life life)
    {
        var context = new TimelineContext();
        return string.Join('\n', life.Events.Select(e =>
        {
            context.Read(new RecordedEvent { Sequence = 1, At = life.Now, By = Cases.Officer, What = e });
            return e.Describe(context);
        }));
    }
}
