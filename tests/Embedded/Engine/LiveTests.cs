using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Engine;

/// <summary>The engine as it runs in the hub: woken by commits, by the next due instant and by pokes. Every wait is for something that must come.</summary>
public sealed class LiveTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Effects_follow_a_submission_by_themselves_and_their_reports_are_decided()
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [new Outside()], clock);
        await engine.StartAsync(Cancelled);

        await OpenAsync(engine, Council.Id(1), clock);

        // The notice to the social care service is recorded as sent only by the report of its effect.
        await UntilAsync(store, async () => (await store.EventsAsync(Council.Id(1), cancellationToken: Cancelled)).Any(e => e.What is NoticeSent));
    }

    [Fact]
    public async Task News_that_only_entered_the_inbox_is_decided()
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [new Outside()], clock);
        await engine.StartAsync(Cancelled);

        await store.PutAsync(Opening(Council.Id(1), clock), Cancelled);

        await UntilAsync(store, async () => await store.OutcomeAsync(Council.Id(1), "open", Cancelled) is not null);
    }

    [Fact]
    public async Task A_wake_up_is_kept_by_the_clock()
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [new Outside()], clock);
        await engine.StartAsync(Cancelled);
        await OpenAsync(engine, Council.Id(1), clock);
        var missed = UntilAsync(store, async () => (await store.EventsAsync(Council.Id(1), cancellationToken: Cancelled)).Any(e => e.What is LimitMissed));

        // The clock moves in steps for as long as the engine needs to hear of it.
        while (!missed.IsCompleted)
        {
            clock.Advance(TimeSpan.FromHours(6));
            await Task.Delay(5, Cancelled);
        }

        await missed;
    }

    [Fact]
    public async Task A_poke_makes_it_look_where_nothing_tells_of_commits()
    {
        var (clock, inner) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        await using var engine = new EmbeddedEngine(new PassingStore(inner), Council.Rules, [new Outside()], clock);
        await engine.StartAsync(Cancelled);
        await inner.PutAsync(Opening(Council.Id(1), clock), Cancelled);

        engine.Wake(Council.Id(1));

        await UntilAsync(inner, async () => await inner.OutcomeAsync(Council.Id(1), "open", Cancelled) is not null);
    }

    [Fact]
    public async Task An_assessment_that_cannot_be_decided_holds_up_no_other()
    {
        var (clock, store, faults) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore(), new ConcurrentQueue<EngineFault>());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [new Outside()], clock, onFault: faults.Enqueue);
        var foreign = Contract.Turns.Id(1, "999");
        await store.PutAsync(Opening(foreign, clock), Cancelled);
        await store.PutAsync(Opening(Council.Id(1), clock), Cancelled);

        await engine.StartAsync(Cancelled);

        // The other one's effects are reported in a later round, so its notice is recorded only after the fault was met.
        await UntilAsync(store, async () => (await store.EventsAsync(Council.Id(1), cancellationToken: Cancelled)).Any(e => e.What is NoticeSent));
        Assert.NotEmpty(faults);
        Assert.All(faults, f => Assert.Equal((foreign, "KeyNotFoundException"), (f.Assessment!.Value, f.Kind)));
    }

    [Fact]
    public async Task A_partner_that_hangs_holds_up_no_other()
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        var hanging = new Hanging(e => e is SendNotice);
        await using var engine = new EmbeddedEngine(store, Council.Rules, [hanging, new Outside()], clock, new EngineOptions { MaxEffects = 4, MaxEffectsPerTarget = 2 });
        using var letGo = hanging;
        await engine.StartAsync(Cancelled);

        for (var n = 0; n < 20; n++)
        {
            await OpenAsync(engine, Council.Id(n), clock);
        }

        // Every other kind of effect of every assessment is done while notices hang, two at a time.
        await UntilAsync(store, async () =>
        {
            var open = 0;
            for (var n = 0; n < 20; n++)
            {
                open += (await store.EffectsAsync(Council.Id(n), Cancelled)).Count(e => e.End is null && e.Effect.Effect is not SendNotice);
            }

            return open == 0;
        });
        await hanging.BegunAsync();
        await hanging.BegunAsync();
        Assert.Equal(2, hanging.MaxInHand);
        hanging.LetGo();
        await UntilAsync(store, async () => (await store.DueEffectsAsync(clock.GetUtcNow(), 10, Cancelled)).Count == 0);
    }

    [Fact]
    public async Task A_stop_waits_for_an_effect_that_is_being_carried_out()
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        var hanging = new Hanging(_ => true);
        await using var engine = new EmbeddedEngine(store, Council.Rules, [hanging], clock);
        using var letGo = hanging;
        await engine.StartAsync(Cancelled);
        await OpenAsync(engine, Council.Id(1), clock);
        await hanging.BegunAsync();

        var stopping = engine.StopAsync(Cancelled);
        Assert.False(stopping.IsCompleted);
        hanging.LetGo();
        await stopping;

        Assert.Contains(await store.EffectsAsync(Council.Id(1), Cancelled), e => e is { End: EffectOutcome.Done, Attempts: 1 });
        Assert.Equal(0, hanging.InHand);
    }

    [Fact]
    public async Task A_stop_cancels_what_takes_too_long_and_leaves_it_due()
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        var hanging = new Hanging(_ => true);
        await using var engine = new EmbeddedEngine(store, Council.Rules, [hanging], clock);
        using var letGo = hanging;
        await engine.StartAsync(Cancelled);
        await OpenAsync(engine, Council.Id(1), clock);
        await hanging.BegunAsync();
        using var impatient = new CancellationTokenSource();

        var stopping = engine.StopAsync(impatient.Token);
        await impatient.CancelAsync();
        await stopping;

        Assert.All(await store.EffectsAsync(Council.Id(1), Cancelled), e => Assert.Equal((0, (EffectOutcome?)null), (e.Attempts, e.End)));
        Assert.NotEmpty(await store.DueEffectsAsync(clock.GetUtcNow(), 10, Cancelled));

        // And a new start carries it out.
        hanging.LetGo();
        await engine.StartAsync(Cancelled);
        await UntilAsync(store, async () => (await store.DueEffectsAsync(clock.GetUtcNow(), 10, Cancelled)).Count == 0);
    }

    [Fact]
    public async Task Submissions_to_one_assessment_wait_for_each_other_instead_of_deciding_twice()
    {
        var (clock, conflicts) = (new FakeTimeProvider(Council.Start), new CountsConflicts(new MemoryAssessmentStore()));
        await using var engine = new EmbeddedEngine(conflicts, Council.Rules, [new Outside()], clock);
        await OpenAsync(engine, Council.Id(1), clock);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Task.Run(
            () => engine.SubmitAsync(Council.Says(Council.Id(1), $"m{n}", new AssignCaseOfficer($"Officer {n}"), clock.GetUtcNow()), Cancelled).AsTask(), Cancelled)));

        Assert.All(outcomes, o => Assert.True(o.Accepted));
        Assert.Equal(100, outcomes.Select(o => o.Version).Distinct().Count());
        Assert.Equal(0, conflicts.Conflicts);
    }

    [Fact]
    public async Task A_store_that_was_away_is_asked_again()
    {
        var (clock, store, faults) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore(), new ConcurrentQueue<EngineFault>());
        await using var engine = new EmbeddedEngine(new AwayAtFirst(store, 3), Council.Rules, [new Outside()], clock, onFault: faults.Enqueue);
        await store.PutAsync(Opening(Council.Id(1), clock), Cancelled);
        await engine.StartAsync(Cancelled);
        var decided = UntilAsync(store, async () => await store.OutcomeAsync(Council.Id(1), "open", Cancelled) is not null);

        while (!decided.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Cancelled);
        }

        await decided;
        Assert.Equal(3, faults.Count(f => f.Kind == nameof(StoreUnavailableException)));
    }

    [Fact]
    public async Task It_is_not_started_twice()
    {
        await using var engine = new EmbeddedEngine(new MemoryAssessmentStore(), Council.Rules, [], new FakeTimeProvider(Council.Start));
        await engine.StartAsync(Cancelled);
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.StartAsync(Cancelled));
    }

    private static Delivery Opening(AssessmentId id, TimeProvider clock) => Council.Says(id, "open", new OpenAssessment(Council.Facts), clock.GetUtcNow());

    private static async Task OpenAsync(EmbeddedEngine engine, AssessmentId id, TimeProvider clock) =>
        Assert.True((await engine.SubmitAsync(Opening(id, clock), Cancelled)).Accepted);

    /// <summary>Waits for commits until one has brought it about.</summary>
    private static async Task UntilAsync(MemoryAssessmentStore store, Func<Task<bool>> isSo)
    {
        using var committed = new SemaphoreSlim(0);
        store.Committed += Tell;
        while (!await isSo())
        {
            await committed.WaitAsync(Cancelled);
        }

        store.Committed -= Tell;

        void Tell() => committed.Release();
    }

    /// <summary>Does not answer until it is let go. Disposed of before the engine, so that a failing test does not leave the engine waiting for it.</summary>
    private sealed class Hanging(Func<Effect, bool> handles) : IEffectHandler, IDisposable
    {
        private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly SemaphoreSlim begun = new(0);
        private readonly Lock gate = new();

        internal int InHand { get; private set; }

        internal int MaxInHand { get; private set; }

        public bool Handles(Effect effect) => handles(effect);

        public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
        {
            Count(1);
            begun.Release();
            try
            {
                await letGo.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                Count(-1);
            }

            return EffectResult.Done();
        }

        public void Dispose() => LetGo();

        /// <summary>Until one more has begun.</summary>
        internal Task BegunAsync() => begun.WaitAsync(Cancelled);

        internal void LetGo() => letGo.TrySetResult();

        private void Count(int by)
        {
            lock (gate)
            {
                InHand += by;
                MaxInHand = Math.Max(MaxInHand, InHand);
            }
        }
    }

    private sealed class CountsConflicts(IAssessmentStore inner) : PassingStore(inner)
    {
        internal int Conflicts { get; private set; }

        public override async ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default)
        {
            // Hand over in between, so that whoever does not wait gets in the way.
            await Task.Delay(5, Cancelled);
            var result = await base.CommitAsync(turn, cancellationToken);
            Conflicts += result == CommitResult.Conflict ? 1 : 0;
            return result;
        }
    }

    private sealed class AwayAtFirst(IAssessmentStore inner, int times) : PassingStore(inner)
    {
        private int left = times;

        public override ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
            left-- > 0 ? throw new StoreUnavailableException(StoreFault.InputOutput, "Away.") : base.DueAsync(now, limit, cancellationToken);
    }
}
