using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

/// <summary>Beside its last day in law every limit says the day that is in time under both readings of the day of receipt (docs/adr/0002).</summary>
public class SafeDayTests
{
    [Fact]
    public void The_safe_day_is_the_earlier_of_both_readings_under_either_practice()
    {
        var life = Life.Consulting();
        var after = Limits.Of(life.State, life.Today, life.Rules).ToDictionary(l => l.Limit.Key, l => l.Limit);
        var dayOne = Limits.Of(life.State, life.Today, life.Rules with { Counting = CountingPractice.DayOne }).ToDictionary(l => l.Limit.Key, l => l.Limit);

        Assert.Equal(after.Keys.Order(), dayOne.Keys.Order());
        Assert.All(after, l => Assert.Equal(l.Value.Due < dayOne[l.Key].Due ? l.Value.Due : dayOne[l.Key].Due, l.Value.SafeBy));
        Assert.All(dayOne, l => Assert.Equal(l.Value.Due, l.Value.SafeBy));
        Assert.Equal(["advice:medical-1", "decideWhetherToAssess", "draftBy", "finalPlan", "notifyNoPlan"], after.Values.Where(l => l.SafeBy < l.Due).Select(l => l.Key).Where(key => !key.StartsWith("advice:", StringComparison.Ordinal) || key == "advice:medical-1").Order());
    }

    [Fact]
    public void The_forecasts_and_the_requests_for_advice_say_it_too()
    {
        var life = Life.Assessing();

        Assert.All(Forecasts.Of(life.State, life.Today, life.Rules).Where(f => f.IsMilestone), f => Assert.Equal(f.Due.AddDays(-1), f.SafeBy));
        Assert.All(life.State.Requests, r => Assert.Equal(Orchestrations.Assessments.Chasing.DueDay(life.State, r, life.Rules).AddDays(-1), Orchestrations.Assessments.Chasing.LastSafeDay(life.State, r, life.Rules)));
        var ordered = Disputed.Obliged(Disputed.Issued(), StartEvent.TribunalOrder, Remedy.AmendContents);
        Assert.All(Forecasts.Of(ordered.State, ordered.Today, ordered.Rules).Where(f => f.Limit == "orderAmendedPlan"), f => Assert.Equal(f.Due, f.SafeBy));
    }
}
