using System.Text.Json;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Living;

/// <summary>
/// What every engine owes, on every store: one assessment from request to final plan, in which every second effect fails once, leaves the
/// same state, events, effects and answers behind, to the letter, as the embedded engine does on a store in memory.
/// </summary>
public abstract class EngineContract
{
    /// <summary>Stops the test.</summary>
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The script is lived through once without a break.</summary>
    [Fact]
    public async Task One_scripted_life_leaves_the_same_behind() => await CompareAsync(int.MaxValue);

    /// <summary>An engine knows nothing that the store does not know.</summary>
    [Fact]
    public async Task An_engine_that_is_thrown_away_after_every_step_leaves_the_same_behind() => await CompareAsync(1);

    /// <summary>An empty store; disposed of by the suite where it can be.</summary>
    private protected abstract Task<IAssessmentStore> OpenAsync();

    /// <summary>A new engine on that store, which has never heard of what is in it.</summary>
    private protected abstract Task<IDriven> DriveAsync(IAssessmentStore store, IEffectHandler outside, FakeTimeProvider clock);

    /// <summary>The embedded engine. One at a time: stores that answer in different times would otherwise hear of effects in different orders, all of them right.</summary>
    private protected static Task<IDriven> EmbeddedAsync(IAssessmentStore store, IEffectHandler outside, FakeTimeProvider clock)
    {
        var engine = new EmbeddedEngine(store, Council.Rules, [outside], clock, new EngineOptions { MaxTurns = 1 });
        return Task.FromResult<IDriven>(new DrivenEmbedded(store, engine, clock));
    }

    private async Task CompareAsync(int stepsOfAnEngine)
    {
        var expected = await LiveAsync(new MemoryAssessmentStore(), EmbeddedAsync, int.MaxValue);
        Assert.True(expected.Events.Count > 40, $"The life had {expected.Events.Count} events only.");
        Assert.Contains("\"stage\":\"planIssued\"", expected.State, StringComparison.OrdinalIgnoreCase);

        var store = await OpenAsync();
        try
        {
            var actual = await LiveAsync(store, DriveAsync, stepsOfAnEngine);
            Assert.Equal(expected.Events, actual.Events);
            Assert.Equal(expected.State, actual.State);
            Assert.Equal(expected.Effects, actual.Effects);
            Assert.Equal(expected.Happened, actual.Happened);
            Assert.Equal(expected.Answers, actual.Answers);
        }
        finally
        {
            await ((store as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static async Task<Left> LiveAsync(IAssessmentStore store, Func<IAssessmentStore, IEffectHandler, FakeTimeProvider, Task<IDriven>> drive, int stepsOfAnEngine)
    {
        var clock = new FakeTimeProvider(Council.Start);

        // Every second effect of a turn fails once: the retry belongs to the life as well.
        var outside = new Outside((effect, call) => call == 1 && effect.Id.EndsWith('2') ? EffectResult.Transient("503") : EffectResult.Done("reference-" + effect.Id));
        var id = Council.Id(1);
        var life = new StatutoryLife(id);
        while (!life.IsOver)
        {
            await using var engine = await drive(store, outside, clock);
            await life.LiveAsync(store, engine, clock, stepsOfAnEngine, Stop);
        }

        return new Left(
            JsonSerializer.Serialize((await store.LoadAsync(id, Stop)).State, AssessmentJson.Default.AssessmentState),
            [.. (await store.EventsAsync(id, cancellationToken: Stop)).Select(e => JsonSerializer.Serialize(e, AssessmentJson.Default.RecordedEvent))],
            [.. (await store.EffectsAsync(id, Stop)).Select(e => $"{JsonSerializer.Serialize(e.Effect, TurnJson.Default.OutboxEffect)} {e.CreatedAt:O} {e.Attempts} {e.End} {e.LastDetail} {e.NextAt:O}")],
            [.. outside.Happened.Select(h => h.Id)],
            [.. life.Answered.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}: {JsonSerializer.Serialize(a.Value, TurnJson.Default.Outcome)}")]);
    }

    private sealed record Left(string State, List<string> Events, List<string> Effects, List<string> Happened, List<string> Answers);
}
