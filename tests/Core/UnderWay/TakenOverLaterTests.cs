using IntegrationHub.Contracts.Advice;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.UnderWay;

/// <summary>What happens later in an assessment that was taken over while it was under way.</summary>
public class TakenOverLaterTests
{
    [Fact]
    public void An_answer_does_not_give_the_request_an_arrival_and_six_weeks_from_there()
    {
        var life = Continued.Life(Continued.With(AdviceKind.Psychological, new(2026, 2, 15)));
        life.Do(new SubmitAdvice("psychological-1", Cases.Content(new(2026, 2, 10)))).Do(new ReturnAdvice("psychological-1.1", "More."));
        life.On(new(2026, 5, 4));
        life.Do(new SubmitAdvice("psychological-1", Cases.Content(life.Today, "more")), Cases.As(Cases.Psychology));
        life.Do(new SubmitAdvice("educational-1", Cases.Content(life.Today)), Cases.As(Cases.School));

        foreach (var id in new[] { "psychological-1", "educational-1" })
        {
            var request = life.State.Requests.Single(r => r.Id == id);
            Assert.Equal((RequestStatus.Received, null), (request.Status, request.ReceivedByBodyOn));
            Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == $"advice:{id}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_decision_that_did_not_reach_the_family_is_owed_although_it_was_sent_before(bool returned)
    {
        var life = Continued.Life(Continued.Decided);
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "decideWhetherToAssess").Standing);

        life.Do(returned ? new RecordNoticeOutcome("willAssess-family", NoticeOutcome.Returned, life.Today, "Gone away.") : new RecordNotArrived("The family says so.", "willAssess-family"));

        Assert.Equal(LimitStatus.Missed, Disputed.Limit(life, "decideWhetherToAssess").Standing);
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "tellPartners").Standing);
    }

    [Fact]
    public void The_request_for_assessment_was_received_before_the_earlier_system_asked_for_advice()
    {
        var asked = new DateOnly(2026, 1, 13);
        var life = Continued.Life(Continued.Decided with { ConsultedOn = null, Summary = null, PartnersToldOn = null, Requests = [new(AdviceKind.Medical, asked, Cases.Hospital)] });

        life.Refused("day-out-of-order", new CorrectFacts("A slip.", ReceivedOn: asked.AddDays(1)));
        life.Do(new CorrectFacts("A slip.", ReceivedOn: asked));
        Assert.Equal(asked, life.State.Facts!.ReceivedOn);
    }

    [Fact]
    public void The_request_for_assessment_was_received_before_a_panel_considered_it()
    {
        var life = Continued.Life(Continued.Undecided with { ConsultedOn = null, Summary = null, PartnersToldOn = null });
        life.Do(new RecordPanel(Cases.Received.AddDays(4), ["J. Farrow, chair"]));

        life.Refused("day-out-of-order", new CorrectFacts("A slip.", ReceivedOn: Cases.Received.AddDays(5)));
        life.Do(new CorrectFacts("A slip.", ReceivedOn: Cases.Received.AddDays(4)));
    }

    [Theory]
    [InlineData(2009, true)]
    [InlineData(2011, false)]
    public void A_young_person_whose_rights_passed_before_the_takeover_is_to_be_recorded(int born, bool holdsTheRights)
    {
        var facts = Cases.Facts with { ReceivedOn = new(2025, 6, 2), Child = Cases.Facts.Child with { DateOfBirth = new(born, 5, 1) } };
        var life = Continued.Life(Continued.Decided with { Facts = facts });
        Assert.Equal(holdsTheRights, life.State.Attention.Any(a => a.Id == "young-person"));

        var lacking = Continued.Life(Continued.Decided with { Facts = facts with { Capacity = new CapacityRecord(true, new(2025, 5, 20), "Dr Example") } });
        Assert.DoesNotContain(lacking.State.Attention, a => a.Id == "young-person");
    }
}
