using System.Reflection;
using System.Text.Json.Serialization;
using IntegrationHub.Orchestrations.Assessments;

using IntegrationHub.Orchestrations.Durable;

namespace IntegrationHub.Durable.Tests;

public sealed class AssessmentOrchestratorTests
{
    private static readonly DateTime Monday = new(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc);

    private readonly ScriptedContext context = new("330-7K3M9Q2XH4TD", Monday);
    private readonly Queue<TurnReport> reports = [];

    public AssessmentOrchestratorTests()
    {
        context.Activities[TurnActivity.Name] = _ => reports.Count > 1 ? reports.Dequeue() : reports.Peek();
        foreach (var activity in EffectActivities.All)
        {
            context.Activities[activity] = _ => null;
        }
    }

    [Fact]
    public async Task It_takes_a_turn_carries_out_its_effects_and_takes_another()
    {
        var due = new DueEffect(EffectActivities.SendNotice, context.InstanceId, "330-7K3M9Q2XH4TD/4/1");
        reports.Enqueue(new TurnReport("Waiting: medical advice", [due, due with { Activity = EffectActivities.StorePlan }], null, false));
        reports.Enqueue(new TurnReport("Final plan issued", [], null, true));

        await AssessmentOrchestrator.RunAsync(context);

        Assert.Equal([TurnActivity.Name, EffectActivities.SendNotice, EffectActivities.StorePlan, TurnActivity.Name], context.Calls.Select(c => c.Name));
        Assert.Equal(context.InstanceId, context.Calls[0].Input);
        Assert.Equal(due, context.Calls[1].Input);
        Assert.Equal(["Waiting: medical advice", "Final plan issued"], context.Statuses);
        Assert.False(context.BegunAnew);
    }

    [Fact]
    public void A_timer_of_any_length_wakes_it()
    {
        var inTwentyWeeks = new DateTimeOffset(Monday).AddDays(140);
        reports.Enqueue(new TurnReport("Waiting", [], inTwentyWeeks, false));
        reports.Enqueue(new TurnReport("Ended", [], null, true));

        var run = AssessmentOrchestrator.RunAsync(context);
        Assert.False(run.IsCompleted);
        Assert.Equal(inTwentyWeeks.UtcDateTime, context.FireNext());

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal((0, 0), (context.OpenTimers, context.OpenWaits));
    }

    [Fact]
    public void A_poke_wakes_it_and_leaves_no_timer_behind()
    {
        reports.Enqueue(new TurnReport("Waiting", [], new DateTimeOffset(Monday).AddDays(7), false));
        reports.Enqueue(new TurnReport("Ended", [], null, true));

        var run = AssessmentOrchestrator.RunAsync(context);
        context.Raise("POKE");

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal((0, 0), (context.OpenTimers, context.OpenWaits));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void However_often_it_is_woken_it_makes_one_timer_for_one_instant(int laterByDays)
    {
        var next = new DateTimeOffset(Monday).AddDays(35);
        for (var woken = 0; woken < 40; woken++)
        {
            reports.Enqueue(new TurnReport("Waiting", [], next.AddDays(woken * laterByDays), false));
        }

        reports.Enqueue(new TurnReport("Ended", [], null, true));
        var run = AssessmentOrchestrator.RunAsync(context);
        for (var woken = 0; woken < 40; woken++)
        {
            context.Raise(AssessmentOrchestrator.WakeEvent);
        }

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(1, context.TimersMade);
        Assert.Equal((0, 0), (context.OpenTimers, context.OpenWaits));
    }

    [Fact]
    public void An_earlier_instant_is_not_slept_through()
    {
        var (far, near) = (new DateTimeOffset(Monday).AddDays(35), new DateTimeOffset(Monday).AddDays(7));
        reports.Enqueue(new TurnReport("Waiting", [], far, false));
        reports.Enqueue(new TurnReport("Waiting", [], near, false));
        reports.Enqueue(new TurnReport("Waiting", [], far, false));
        reports.Enqueue(new TurnReport("Ended", [], null, true));

        var run = AssessmentOrchestrator.RunAsync(context);
        context.Raise(AssessmentOrchestrator.WakeEvent);

        Assert.Equal(near.UtcDateTime, context.FireNext());
        Assert.Equal(far.UtcDateTime, context.FireNext());
        Assert.True(run.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_timer_that_is_too_early_costs_a_turn_and_no_more()
    {
        var (near, far) = (new DateTimeOffset(Monday).AddDays(7), new DateTimeOffset(Monday).AddDays(35));
        reports.Enqueue(new TurnReport("Waiting", [], near, false));
        reports.Enqueue(new TurnReport("Waiting", [], far, false));
        reports.Enqueue(new TurnReport("Waiting", [], far, false));
        reports.Enqueue(new TurnReport("Ended", [], null, true));

        var run = AssessmentOrchestrator.RunAsync(context);
        context.Raise(AssessmentOrchestrator.WakeEvent);

        Assert.Equal(near.UtcDateTime, context.FireNext());
        Assert.Equal(far.UtcDateTime, context.FireNext());
        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(2, context.TimersMade);
    }

    [Fact]
    public void A_poke_that_comes_while_nobody_waits_is_not_lost()
    {
        reports.Enqueue(new TurnReport("Waiting", [], null, false));
        reports.Enqueue(new TurnReport("Ended", [], null, true));
        context.Raise(AssessmentOrchestrator.WakeEvent);

        Assert.True(AssessmentOrchestrator.RunAsync(context).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task After_a_bounded_number_of_turns_it_begins_anew()
    {
        reports.Enqueue(new TurnReport("Busy", [new DueEffect(EffectActivities.PublishStatus, context.InstanceId, "x/1/1")], null, false));

        await AssessmentOrchestrator.RunAsync(context);

        Assert.True(context.BegunAnew);
        Assert.Equal(AssessmentOrchestrator.TurnsPerGeneration, context.Calls.Count(c => c.Name == TurnActivity.Name));
    }

    [Fact]
    public void Every_kind_of_effect_has_its_activity()
    {
        var kinds = typeof(Effect).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType.Name);
        Assert.Equal(kinds.Order(), EffectActivities.All.Order());
    }
}
