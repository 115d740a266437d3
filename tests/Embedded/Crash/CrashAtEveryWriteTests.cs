using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Embedded.Tests.Sqlite;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Crash;

/// <summary>
/// A whole assessment, killed at its nth durable operation for every n until none is left, before and after: the life goes on from the
/// file that the kill left, and ends where the undisturbed one does. And the same when only the operation fails.
/// </summary>
public sealed class CrashAtEveryWriteTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Killed_or_failed_at_any_durable_operation_it_ends_as_if_it_had_not_been(bool afterwards, bool livesOn)
    {
        var undisturbed = await LiveAsync(int.MaxValue, afterwards, livesOn);
        Assert.Equal(Stage.PlanIssued, undisturbed.Stage);
        Assert.True(undisturbed.Operations > 40, $"Only {undisturbed.Operations} durable operations: the script is too short to prove anything.");

        var kills = 0;
        for (var n = 1; ; n++)
        {
            var life = await LiveAsync(n, afterwards, livesOn);
            if (life.Kills == 0)
            {
                break;
            }

            kills++;
            Assert.True(undisturbed.Told == life.Told, $"{(livesOn ? "Failed" : "Killed")} {(afterwards ? "after" : "before")} operation {n}, it ended otherwise:\n{undisturbed.Told}\n{life.Told}");
        }

        Assert.Equal(undisturbed.Operations, kills);
    }

    private static async Task<Lived> LiveAsync(int diesAt, bool afterwards, bool livesOn)
    {
        var id = Council.Id(1);
        var clock = new FakeTimeProvider(Council.Start);
        // Every second effect of a turn fails the first time, so that retries are killed as well.
        var outside = new Outside((effect, call) => call == 1 && effect.Id[^1] == '2' ? EffectResult.Transient("busy") : EffectResult.Done("kept"));
        var life = new StatutoryLife(id);
        var folder = new DatabaseFolder();
        for (var kills = 0; ; kills++)
        {
            await using var store = SqliteAssessmentStore.Open(folder.Settings);
            var dying = new DyingStore(store, kills == 0 ? diesAt : int.MaxValue, afterwards, livesOn);
            await using var engine = new EmbeddedEngine(dying, Council.Rules, [outside], clock);
            try
            {
                kills += await LiveThroughAsync(life, dying, engine, clock);
                var state = (await store.LoadAsync(id, Cancelled)).State;
                var lived = new Lived(await ToldAsync(store, id, state, life, outside), state.Stage, kills, dying.Operations);
                await store.DisposeAsync();
                folder.Dispose();
                return lived;
            }
            catch (ProcessDiedException)
            {
                var left = folder.AsAfterAKill();
                await store.DisposeAsync();
                folder.Dispose();
                folder = left;
            }
        }
    }

    /// <summary>Goes on after each operation that failed, as the engine and the senders do.</summary>
    private static async Task<int> LiveThroughAsync(StatutoryLife life, DyingStore store, EmbeddedEngine engine, FakeTimeProvider clock)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                await life.LiveAsync(store, engine, clock, Cancelled);
                return failures;
            }
            catch (StoreUnavailableException)
            {
                // Whoever asked asks again.
            }
        }
    }

    /// <summary>Everything that must be the same: the state, the answers, and what happened outside.</summary>
    private static async Task<string> ToldAsync(SqliteAssessmentStore store, AssessmentId id, AssessmentState state, StatutoryLife life, Outside outside)
    {
        var effects = await store.EffectsAsync(id, Cancelled);
        Assert.All(effects, e => Assert.Equal(EffectOutcome.Done, e.End));
        Assert.Equal(effects.Select(e => e.Effect.Id).Order(), outside.Happened.Select(e => e.Id).Order());
        foreach (var (message, outcome) in life.Answered)
        {
            Assert.Equal(outcome, await store.OutcomeAsync(id, message, Cancelled));
        }

        return string.Join(
            '\n',
            [
                JsonSerializer.Serialize(state, AssessmentJson.Default.AssessmentState),
                .. life.Answered.Select(a => $"{a.Key}: {a.Value.Accepted}"),
                .. outside.Happened.Select(e => JsonSerializer.Serialize(e.Effect, AssessmentJson.Default.Effect)).Order(StringComparer.Ordinal),
            ]);
    }

    private sealed record Lived(string Told, Stage Stage, int Kills, int Operations);
}
