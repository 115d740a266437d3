using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Contract;

public abstract partial class AssessmentStoreContract
{
    [Fact]
    public async Task An_effect_is_due_from_its_turn_until_it_ends()
    {
        var id = await OneEffectAsync();

        var pending = Assert.Single(await Store.DueEffectsAsync(Monday, 10, Cancelled));
        Assert.Equal((id, 0, Monday), (pending.Effect.Id, pending.Attempts, pending.DueAt));
        Assert.Empty(await Store.DueEffectsAsync(Monday.AddTicks(-1), 10, Cancelled));
        Assert.Equal(Monday, await Store.NextDueAsync(Cancelled));

        await Store.RecordAttemptAsync(new EffectAttempt(id, One, Monday, EffectResult.Done("msg-7"), null), null, Cancelled);

        Assert.Empty(await Store.DueEffectsAsync(Monday.AddYears(1), 10, Cancelled));
        Assert.Null(await Store.NextDueAsync(Cancelled));
        var record = Assert.Single(await Store.EffectsAsync(One, Cancelled));
        Assert.Equal((1, EffectOutcome.Done, "msg-7", (DateTimeOffset?)null), (record.Attempts, record.End!.Value, record.LastDetail, record.NextAt));
        Assert.Equal(Monday, record.CreatedAt);
    }

    [Fact]
    public async Task A_transient_fault_puts_the_effect_off()
    {
        var id = await OneEffectAsync();
        await Store.RecordAttemptAsync(new EffectAttempt(id, One, Monday, EffectResult.Transient("503"), Monday.AddSeconds(5)), null, Cancelled);
        await Store.RecordAttemptAsync(new EffectAttempt(id, One, Monday, EffectResult.Transient("504"), Monday.AddSeconds(20)), null, Cancelled);

        Assert.Empty(await Store.DueEffectsAsync(Monday.AddSeconds(19), 10, Cancelled));
        Assert.Equal(Monday.AddSeconds(20), await Store.NextDueAsync(Cancelled));
        var store = await ReopenedAsync();
        Assert.Equal(2, Assert.Single(await store.DueEffectsAsync(Monday.AddSeconds(20), 10, Cancelled)).Attempts);
        var record = Assert.Single(await store.EffectsAsync(One, Cancelled));
        Assert.Equal((2, (EffectOutcome?)null, "504", (DateTimeOffset?)Monday.AddSeconds(20)), (record.Attempts, record.End, record.LastDetail, record.NextAt));
    }

    [Theory]
    [InlineData(EffectFault.Permanent, EffectOutcome.Permanent)]
    [InlineData(EffectFault.NeedsHuman, EffectOutcome.NeedsHuman)]
    [InlineData(EffectFault.Transient, EffectOutcome.NeedsHuman)]
    public async Task A_fault_that_is_not_tried_again_ends_it(EffectFault fault, EffectOutcome end)
    {
        var id = await OneEffectAsync();
        await Store.RecordAttemptAsync(new EffectAttempt(id, One, Monday, new EffectResult(fault, "no"), null), null, Cancelled);

        Assert.Equal(end, Assert.Single(await Store.EffectsAsync(One, Cancelled)).End);
    }

    [Fact]
    public async Task The_report_enters_the_inbox_with_the_effects_end_and_once()
    {
        var id = await OneEffectAsync();
        var report = Turns.Delivery(One, id + "/settled");
        var attempt = new EffectAttempt(id, One, Monday, EffectResult.Done(), null);

        await Store.RecordAttemptAsync(attempt, report, Cancelled);
        Assert.Equal(report, Assert.Single((await Store.LoadAsync(One, Cancelled)).Inbox));

        // A second runner that carried it out as well comes too late to change or to report anything.
        await Store.RecordAttemptAsync(attempt with { Result = EffectResult.Permanent("late") }, report with { MessageId = "another" }, Cancelled);
        Assert.Equal(report, Assert.Single((await Store.LoadAsync(One, Cancelled)).Inbox));
        Assert.Equal((1, EffectOutcome.Done), (await Store.EffectsAsync(One, Cancelled)).Select(e => (e.Attempts, e.End!.Value)).Single());

        await Store.CommitAsync(Turns.Of(await Store.LoadAsync(One, Cancelled)), Cancelled);
        Assert.False((await Store.PutAsync(report, Cancelled)).IsNew);
    }

    [Fact]
    public async Task Due_effects_come_longest_due_first_then_by_assessment_then_as_decided()
    {
        var ids = Enumerable.Range(1, 3).Select(n => Turns.Id(n)).OrderByDescending(i => i.Value, StringComparer.Ordinal).ToList();
        foreach (var (id, n) in ids.Select((id, n) => (id, n)))
        {
            var at = n == 0 ? Monday.AddHours(-1) : Monday;
            await Store.CommitAsync(Turns.Of(AssessmentState.None(id), ["officer"], at: at, effects: 2), Cancelled);
        }

        string[] expected = [.. new[] { ids[0], ids[2], ids[1] }.SelectMany(id => new[] { $"{id}/1/1", $"{id}/1/2" })];
        Assert.Equal(expected, (await Store.DueEffectsAsync(Monday, 10, Cancelled)).Select(e => e.Effect.Id));
        Assert.Equal(expected[..3], (await Store.DueEffectsAsync(Monday, 3, Cancelled)).Select(e => e.Effect.Id));
    }

    [Fact]
    public async Task Effects_of_all_turns_are_told_oldest_first()
    {
        var state = AssessmentState.None(One);
        for (var n = 0; n < 3; n++)
        {
            var turn = Turns.Of(state, [$"officer {n}"], effects: n);
            await Store.CommitAsync(turn, Cancelled);
            state = turn.State;
        }

        Assert.Equal([$"{One}/2/1", $"{One}/3/1", $"{One}/3/2"], (await Store.EffectsAsync(One, Cancelled)).Select(e => e.Effect.Id));
    }

    [Fact]
    public async Task A_wake_up_is_due_at_its_instant_and_moves_with_each_turn()
    {
        var first = Turns.Of(AssessmentState.None(One), ["a"], wakeAt: Monday.AddDays(7));
        await Store.CommitAsync(first, Cancelled);

        Assert.Empty(await Store.DueAsync(Monday.AddDays(7).AddTicks(-1), 10, Cancelled));
        Assert.Equal([One], await Store.DueAsync(Monday.AddDays(7), 10, Cancelled));
        Assert.Equal(Monday.AddDays(7), await Store.NextDueAsync(Cancelled));

        var second = Turns.Of(first.State, ["b"], wakeAt: Monday.AddDays(9));
        await Store.CommitAsync(second, Cancelled);
        Assert.Empty(await Store.DueAsync(Monday.AddDays(8), 10, Cancelled));
        var store = await ReopenedAsync();
        Assert.Equal(Monday.AddDays(9), await store.NextDueAsync(Cancelled));
        Assert.Equal([One], await store.DueAsync(Monday.AddDays(9), 10, Cancelled));

        await store.CommitAsync(Turns.Of(second.State, ["c"]), Cancelled);
        Assert.Empty(await store.DueAsync(Monday.AddYears(1), 10, Cancelled));
        Assert.Null(await store.NextDueAsync(Cancelled));
    }

    [Fact]
    public async Task What_is_due_comes_longest_due_first_each_once()
    {
        var (a, b, c) = (Turns.Id(1), Turns.Id(2), Turns.Id(3));
        await Store.CommitAsync(Turns.Of(AssessmentState.None(a), ["a"], wakeAt: Monday.AddHours(3)), Cancelled);
        await Store.CommitAsync(Turns.Of(AssessmentState.None(b), ["b"], wakeAt: Monday.AddHours(1)), Cancelled);
        await Store.PutAsync(Turns.Delivery(c, "m1", Monday.AddHours(2)), Cancelled);
        await Store.PutAsync(Turns.Delivery(a, "m1", Monday), Cancelled);

        Assert.Equal([a, b, c], await Store.DueAsync(Monday.AddDays(1), 10, Cancelled));
        Assert.Equal([a, b], await Store.DueAsync(Monday.AddDays(1), 2, Cancelled));
        Assert.Equal([a, c], await Store.DueAsync(Monday, 10, Cancelled));
    }

    private async Task<string> OneEffectAsync()
    {
        var turn = Turns.Of(AssessmentState.None(One), ["officer"], effects: 1);
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(turn, Cancelled));
        return turn.Effects[0].Id;
    }
}
