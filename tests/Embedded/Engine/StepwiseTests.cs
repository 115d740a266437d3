using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Embedded.Tests.Sqlite;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Engine;

/// <summary>The engine on a clock that is moved by hand.</summary>
public sealed class StepwiseTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_weeks_in_which_nobody_answers_leave_every_reminder_and_every_missed_limit()
    {
        var (clock, outside, store) = (new FakeTimeProvider(Council.Start), new Outside(), new MemoryAssessmentStore());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [outside], clock);
        await OpenAsync(engine, Council.Id(1), clock);
        await engine.SubmitAsync(Council.Says(Council.Id(1), "consulted", new RecordConsultation(Council.Received, "Wants it."), clock.GetUtcNow()), Cancelled);
        await engine.SubmitAsync(Council.Says(Council.Id(1), "assess", new DecideWhetherToAssess(true, "May be."), clock.GetUtcNow()), Cancelled);

        await engine.AdvanceToAsync(Council.Start.AddDays(7 * 21), clock.SetUtcNow, Cancelled);

        Assert.Equal(Council.Start.AddDays(7 * 21), clock.GetUtcNow());
        var events = await store.EventsAsync(Council.Id(1), cancellationToken: Cancelled);
        Assert.Contains(events, e => e.What is ChaseStepTaken);
        Assert.Contains(events, e => e.What is LimitMissed);
        Assert.Contains(outside.Happened, e => e.Effect is SendEscalation);
        // Each was decided on its own day, not when somebody happened to look.
        Assert.True(events.Select(e => DateOnly.FromDateTime(e.At.UtcDateTime)).Distinct().Count() > 3);
        Assert.Equal(outside.Happened.Count, (await store.EffectsAsync(Council.Id(1), Cancelled)).Count);
        Assert.Empty(await store.DueAsync(clock.GetUtcNow(), 10, Cancelled));
    }

    [Fact]
    public async Task The_same_lives_call_the_other_side_in_the_same_order_whatever_the_store()
    {
        using var folder = new DatabaseFolder();
        await using var sqlite = SqliteAssessmentStore.Open(folder.Settings);

        var (inMemory, states) = await LiveAsync(new MemoryAssessmentStore());
        var (onDisk, same) = await LiveAsync(sqlite);

        Assert.True(inMemory.Count > 300, $"{inMemory.Count} effects");
        Assert.Equal(inMemory, onDisk);
        Assert.Equal(states, same);

        static async Task<(IReadOnlyList<string> Calls, IReadOnlyList<string> States)> LiveAsync(IAssessmentStore store)
        {
            var (clock, outside) = (new FakeTimeProvider(Council.Start), new Outside((e, call) => call < 3 && e.Id[^3] == '4' ? EffectResult.Transient("busy") : EffectResult.Done()));
            await using var engine = new EmbeddedEngine(store, Council.Rules, [outside], clock, new EngineOptions { MaxTurns = 16 });
            var ids = Enumerable.Range(0, 60).Select(Council.Id).ToList();
            await Task.WhenAll(ids.Select(id => OpenAsync(engine, id, clock)));
            await engine.AdvanceToAsync(Council.Start.AddDays(3), clock.SetUtcNow, Cancelled);
            foreach (var id in ids)
            {
                await store.PutAsync(Council.Says(id, "consulted", new RecordConsultation(Council.Received, "Wants it."), clock.GetUtcNow()), Cancelled);
                await store.PutAsync(Council.Says(id, "assess", new DecideWhetherToAssess(true, "May be."), clock.GetUtcNow()), Cancelled);
            }

            await engine.AdvanceToAsync(Council.Start.AddDays(60), clock.SetUtcNow, Cancelled);
            var states = new List<string>();
            foreach (var id in ids)
            {
                states.Add(JsonSerializer.Serialize((await store.LoadAsync(id, Cancelled)).State, AssessmentJson.Default.AssessmentState));
            }

            return ([.. outside.Calls], states);
        }
    }

    [Fact]
    public async Task A_transient_fault_is_tried_again_at_its_time_and_no_sooner()
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        var outside = new Outside((_, call) => call < 4 ? EffectResult.Transient("busy", TimeSpan.FromMinutes(10)) : EffectResult.Done());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [outside], clock);
        await OpenAsync(engine, Council.Id(1), clock);

        await engine.RunDueAsync(Cancelled);
        var first = outside.Calls.Count;
        await engine.AdvanceToAsync(Council.Start.AddMinutes(10).AddTicks(-1), clock.SetUtcNow, Cancelled);
        Assert.Equal(first, outside.Calls.Count);
        await engine.AdvanceToAsync(Council.Start.AddMinutes(10), clock.SetUtcNow, Cancelled);
        Assert.Equal(2 * first, outside.Calls.Count);
        await engine.AdvanceToAsync(Council.Start.AddMinutes(30), clock.SetUtcNow, Cancelled);
        Assert.Equal(4 * first, outside.Calls.Count);
        Assert.All(await store.EffectsAsync(Council.Id(1), Cancelled), e => Assert.Equal((4, EffectOutcome.Done), (e.Attempts, e.End!.Value)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(10_000_000)]
    public async Task A_recipient_that_asks_for_years_is_tried_again_after_a_day(int days)
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        var outside = new Outside((_, call) => call == 1 ? EffectResult.Transient("busy", TimeSpan.FromDays(days)) : EffectResult.Done());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [outside], clock);
        await OpenAsync(engine, Council.Id(1), clock);

        await engine.RunDueAsync(Cancelled);
        var first = outside.Calls.ToList();
        await engine.AdvanceToAsync(Council.Start.AddDays(1), clock.SetUtcNow, Cancelled);

        Assert.NotEmpty(first);
        Assert.All(first, id => Assert.Equal(2, outside.Calls.Count(call => call == id)));
    }

    [Fact]
    public async Task What_failed_and_is_tried_again_by_a_person_goes_out_under_its_first_id()
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        var outside = new Outside((e, call) => call == 1 ? EffectResult.NeedsHuman("The address is unknown.") : EffectResult.Done());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [outside], clock);
        await OpenAsync(engine, Council.Id(1), clock);
        await engine.RunDueAsync(Cancelled);
        var failed = (await store.LoadAsync(Council.Id(1), Cancelled)).State.FailedEffects[0];

        var op = new Actor { Role = ActorRole.Operator, Id = "op" };
        await engine.SubmitAsync(Council.Says(Council.Id(1), "retry", new RetryEffect(failed.EffectId, "The address was put right."), clock.GetUtcNow()) with { By = op }, Cancelled);
        await engine.RunDueAsync(Cancelled);

        Assert.Equal(2, outside.Calls.Count(id => id == failed.EffectId));
        Assert.Equal(failed.EffectId, Assert.Single(outside.Happened).Id);
        var records = await store.EffectsAsync(Council.Id(1), Cancelled);
        Assert.Equal(EffectOutcome.Done, Assert.Single(records, r => r.Effect.Effect.Repeats == failed.EffectId).End);
        Assert.DoesNotContain((await store.LoadAsync(Council.Id(1), Cancelled)).State.FailedEffects, f => f.EffectId == failed.EffectId);
    }

    [Fact]
    public async Task A_handler_that_throws_counts_as_tried_and_is_told_without_what_it_said()
    {
        var (clock, store, faults) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore(), new List<EngineFault>());
        var outside = new Outside((_, call) => call == 1 ? throw new InvalidOperationException("Robin Example, born 2017") : EffectResult.Done());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [outside], clock, onFault: faults.Add);
        await OpenAsync(engine, Council.Id(1), clock);

        await engine.AdvanceToAsync(Council.Start.AddHours(1), clock.SetUtcNow, Cancelled);

        var effects = await store.EffectsAsync(Council.Id(1), Cancelled);
        Assert.All(effects, e => Assert.Equal((2, EffectOutcome.Done), (e.Attempts, e.End!.Value)));
        Assert.Equal(effects.Count, faults.Count);
        Assert.All(faults, f => Assert.Equal(("InvalidOperationException", Council.Id(1)), (f.Kind, f.Assessment!.Value)));
        Assert.DoesNotContain("Robin", string.Join('\n', faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_due_again_and_again_at_one_instant_is_an_error_and_no_endless_loop()
    {
        var clock = new FakeTimeProvider(Council.Start);
        await using var engine = new EmbeddedEngine(new AlwaysDue(new MemoryAssessmentStore()), Council.Rules, [new Outside()], clock);
        await OpenAsync(engine, Council.Id(1), clock);

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.RunDueAsync(Cancelled));
    }

    private static async Task OpenAsync(EmbeddedEngine engine, AssessmentId id, TimeProvider clock)
    {
        var outcome = await engine.SubmitAsync(Council.Says(id, "open", new OpenAssessment(Council.Facts), clock.GetUtcNow()), Cancelled);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
    }
}
