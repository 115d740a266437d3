using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Moves;

/// <summary>A family with a plan moves away: the plan is maintained here until it has been handed on, by the day of reg 15(2).</summary>
public class MovingOutTests
{
    private static readonly LocalAuthorityCode Elsewhere = Cases.Parse<LocalAuthorityCode>("331");

    [Theory]
    [InlineData(30, 0, 30)]
    [InlineData(0, 0, 20)]
    [InlineData(-40, 0, 20)]
    public void The_plan_is_handed_on_on_the_day_of_the_move_or_15_working_days_after_it_became_known(int movesIn, int knownFor, int due)
    {
        var life = Disputed.Issued().On(new DateOnly(2026, 9, 7));
        var known = life.Today.AddDays(-knownFor);
        life.Do(new MoveToAnotherCouncil(Elsewhere, life.Today.AddDays(movesIn), known));

        var limit = Disputed.Limit(life, "transferPlan");
        Assert.Equal((LimitStatus.Open, known.AddDays(due == 20 ? 18 : due)), (limit.Standing, limit.Limit.Due));
        Assert.True(MaintainedPlan.IsMaintainedHere(life.State));
        Assert.Contains(life.State.Attention, a => a.Id == "hand-over");
        life.Do(new ArrangeReview(life.Today.AddDays(60), ReviewArranger.School, Reviewed.Everyone));

        life.On(limit.Limit.Due!.Value).Do(new RecordAct(Act.PlanHandedOn, life.Today, "By the signed package."));

        Assert.Equal((LimitStatus.Met, life.Today), (Disputed.Limit(life, "transferPlan").Standing, Disputed.Limit(life, "transferPlan").MetOn));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "hand-over");
        Assert.Null(life.WakeAt);
        life.Refused("plan-handed-on", new MoveToAnotherCouncil(Elsewhere, life.Today, life.Today));
    }

    [Fact]
    public void A_plan_that_is_not_handed_on_in_time_is_on_record_and_chased_until_it_is()
    {
        var life = Disputed.Issued();
        life.Do(new MoveToAnotherCouncil(Elsewhere, life.Today, life.Today));
        var due = Disputed.Limit(life, "transferPlan").Limit.Due!.Value;
        life.On(due.AddDays(40));

        Assert.Equal(LimitStatus.Missed, Disputed.Limit(life, "transferPlan").Standing);
        Assert.Contains(life.Events.OfType<DutyChased>(), e => e.Limit == $"transferPlan@{due:yyyy-MM-dd}");

        life.Do(new RecordAct(Act.PlanHandedOn, life.Today, "By the signed package."));
        Assert.Equal(LimitStatus.MetLate, Disputed.Limit(life, "transferPlan").Standing);
        Assert.Null(life.WakeAt);
    }

    [Fact]
    public void A_move_is_recorded_again_with_another_day_and_taken_back_where_it_did_not_happen()
    {
        var life = Disputed.Issued();
        var (first, second) = (life.Today.AddDays(40), life.Today.AddDays(60));
        life.Do(new MoveToAnotherCouncil(Elsewhere, first, life.Today));
        life.Refused("nothing-changed", new MoveToAnotherCouncil(Elsewhere, first, life.Today));
        life.Refused("same-council", new MoveToAnotherCouncil(Cases.Council, first, life.Today));
        life.Do(new MoveToAnotherCouncil(Elsewhere, second, life.Today));
        Assert.Equal(second, Disputed.Limit(life, "transferPlan").Limit.Due);

        life.Do(new CorrectRecord(MistakenRecord.Move, second, "They stay."));
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "transferPlan");
        life.Refused("no-such-record", new CorrectRecord(MistakenRecord.Move, second, "They stay."));
    }

    [Fact]
    public void An_assessment_ends_only_once_the_family_has_moved()
    {
        var life = Life.Assessing();
        life.Refused("not-moved-yet", new MoveToAnotherCouncil(Elsewhere, life.Today.AddDays(1), life.Today));
        life.Do(new MoveToAnotherCouncil(Elsewhere, life.Today, life.Today));
        Assert.Equal(Stage.Moved, life.State.Stage);
    }
}
