using System.Text.Json;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>One assessment from request to final plan, through the same engine on each store: the same state, events and effects to the letter.</summary>
public sealed class EngineContractTests(Azurite azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_scripted_life_leaves_the_same_behind_on_sqlite_and_on_azure()
    {
        var settings = await azurite.FreshAsync();
        var folder = Directory.CreateTempSubdirectory("hub-engine-");
        try
        {
            await using var sqlite = SqliteAssessmentStore.Open(new SqliteStoreSettings { Path = Path.Combine(folder.FullName, "assessments.db") });
            var onSqlite = await LiveAsync(sqlite);
            var onAzure = await LiveAsync(azurite.Store(settings));

            Assert.Equal(onSqlite.State, onAzure.State);
            Assert.Equal(onSqlite.Events, onAzure.Events);
            Assert.Equal(onSqlite.Effects, onAzure.Effects);
            Assert.Equal(onSqlite.Happened, onAzure.Happened);
            Assert.Equal(onSqlite.Answers, onAzure.Answers);
            Assert.True(onAzure.Events.Count > 40, $"The life had {onAzure.Events.Count} events only.");
            Assert.Contains("\"stage\":\"planIssued\"", onAzure.State, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Left> LiveAsync(IAssessmentStore store)
    {
        var clock = new FakeTimeProvider(Council.Start);

        // Every second effect of a turn fails once: the retry belongs to the life as well.
        var outside = new Outside((effect, call) => call == 1 && effect.Id.EndsWith('2') ? EffectResult.Transient("503") : EffectResult.Done("reference-" + effect.Id));

        // One at a time: stores that answer in different times would otherwise hear of effects in different orders, all of them right.
        await using var engine = new EmbeddedEngine(store, Council.Rules, [outside], clock, new EngineSettings { MostTurns = 1 });
        var id = Council.Id(1);
        var life = new StatutoryLife(id);
        await life.LiveAsync(store, engine, clock, Stop);

        return new Left(
            JsonSerializer.Serialize((await store.LoadAsync(id, Stop)).State, AssessmentJson.Default.AssessmentState),
            [.. (await store.EventsAsync(id, cancellation: Stop)).Select(e => JsonSerializer.Serialize(e, AssessmentJson.Default.RecordedEvent))],
            [.. (await store.EffectsAsync(id, Stop)).Select(e => $"{JsonSerializer.Serialize(e.Effect, TurnJson.Default.OutboxEffect)} {e.CreatedAt:O} {e.Attempts} {e.End} {e.LastDetail} {e.NextAt:O}")],
            [.. outside.Happened.Select(h => h.Id)],
            [.. life.Answered.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}: {JsonSerializer.Serialize(a.Value, TurnJson.Default.Outcome)}")]);
    }

    private sealed record Left(string State, List<string> Events, List<string> Effects, List<string> Happened, List<string> Answers);
}
