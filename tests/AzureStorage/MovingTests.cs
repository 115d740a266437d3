using System.Text;
using System.Text.Json;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.Moving;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>An assessment leaves one store for the other with everything it had, however often the move breaks off.</summary>
public sealed class MovingTests(Azurite azurite) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-moving-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_one_machine_to_azure_and_nothing_is_lost_or_changed()
    {
        var options = await azurite.FreshAsync();
        var (moved, now) = await LivedAsync();
        var target = azurite.Store(options);

        var arrived = await AssessmentMover.ImportAsync(target, moved, Council.Rules, now, Stop);

        Assert.Equal(Written(moved), Written(arrived));
        Assert.Equal(moved.Digest(), arrived.Digest());
        Assert.Contains(moved.Effects, e => e.End is null);
        Assert.Contains(moved.Effects, e => e.End is EffectOutcome.Done);
        Assert.NotEmpty(moved.Inbox);
        Assert.Contains(moved.Messages, m => !m.Outcome.Accepted);
        Assert.Equal([moved.Assessment], await AssessmentMover.AllAsync(target, Stop));
        var state = (await target.LoadAsync(moved.Assessment, Stop)).State;
        Assert.Equal(
            JsonSerializer.Serialize(Assessment.Replay(AssessmentState.None(moved.Assessment), moved.Events.Select(e => e.What)), AssessmentJson.Default.AssessmentState),
            JsonSerializer.Serialize(state, AssessmentJson.Default.AssessmentState));

        // Once more: everything is there already.
        Assert.Equal(moved.Digest(), (await AssessmentMover.ImportAsync(target, moved, Council.Rules, now, Stop)).Digest());
    }

    [Fact]
    public async Task A_move_that_breaks_off_anywhere_is_finished_by_the_next()
    {
        var (moved, now) = await LivedAsync();
        var broken = 0;
        for (var at = 1; ; at += 61)
        {
            var options = await azurite.FreshAsync();
            try
            {
                await AssessmentMover.ImportAsync(azurite.Store(options, new Crash(at, after: at % 2 == 0)), moved, Council.Rules, now, Stop);
                break;
            }
            catch (ProcessKilledException)
            {
                broken++;
            }

            Assert.Equal(moved.Digest(), (await AssessmentMover.ImportAsync(azurite.Store(options), moved, Council.Rules, now, Stop)).Digest());
        }

        Assert.True(broken > 2, $"The move broke off {broken} times only.");
    }

    [Fact]
    public async Task Another_assessment_under_the_same_id_is_left_alone()
    {
        var (moved, now) = await LivedAsync();
        await using var target = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "target.db") });
        var other = moved with { Events = [.. moved.Events.Select(e => e with { At = e.At.AddSeconds(1) })] };
        await AssessmentMover.ImportAsync(target, other, Council.Rules, now, Stop);

        await Assert.ThrowsAsync<InvalidDataException>(() => AssessmentMover.ImportAsync(target, moved, Council.Rules, now, Stop));

        Assert.Equal(other.Digest(), (await AssessmentMover.ReadAsync(target, moved.Assessment, Stop)).Digest());
    }

    [Fact]
    public async Task A_line_is_read_as_it_was_written_and_a_changed_one_is_told()
    {
        var (moved, _) = await LivedAsync();
        var line = JsonSerializer.Serialize(new MovedLine(moved, moved.Digest()), MovingJson.Default.MovedLine);

        var read = JsonSerializer.Deserialize(line, MovingJson.ToRead)!;
        var changed = JsonSerializer.Deserialize(line.Replace(moved.Messages[0].MessageId, "another", StringComparison.Ordinal), MovingJson.ToRead)!;

        Assert.Equal(read.Sha256, read.Moved.Digest());
        Assert.NotEqual(changed.Sha256, changed.Moved.Digest());
    }

    [Fact]
    public async Task Messages_refused_before_there_was_an_assessment_move_too()
    {
        var id = Council.Id(2);
        var refused = new KeptMessage("early", new Outcome(false, new Refusal("not-open", "There is no such assessment."), 0));
        var moved = new MovedAssessment { Assessment = id, Events = [], Messages = [refused], Inbox = [], Effects = [] };
        await using var target = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "target.db") });

        await AssessmentMover.ImportAsync(target, moved, Council.Rules, Council.Start, Stop);
        var again = await AssessmentMover.ImportAsync(target, moved, Council.Rules, Council.Start, Stop);

        Assert.Equal(moved.Digest(), again.Digest());
        Assert.Equal(moved.Digest(), (await AssessmentMover.ReadAsync(target, id, Stop)).Digest());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Written(MovedAssessment moved) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(moved, MovingJson.Default.MovedAssessment));

    /// <summary>A whole life on SQLite, with some effects still open, a refused message and a delivery that waits.</summary>
    private async Task<(MovedAssessment Moved, DateTimeOffset Now)> LivedAsync()
    {
        await using var sqlite = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "source.db") });
        var clock = new FakeTimeProvider(Council.Start);
        var outside = new Outside((effect, _) => effect.Id.EndsWith('2') ? EffectResult.Transient("503") : EffectResult.Done("reference-" + effect.Id));
        var id = Council.Id(1);
        await using (var engine = new EmbeddedEngine(sqlite, Council.Rules, [outside], clock, new EngineOptions { MaxTurns = 1 }))
        {
            await new StatutoryLife(id).LiveAsync(sqlite, engine, clock, Stop);
            Assert.False((await engine.SubmitAsync(Waiting(id, "refused", clock) with { Input = new RecordConsultation(new DateOnly(2020, 1, 1), "") }, Stop)).Accepted);

            // Decided, and not carried out before the move.
            var failed = (await sqlite.LoadAsync(id, Stop)).State.FailedEffects[^1];
            var again = Waiting(id, "again", clock) with { By = new Actor { Role = ActorRole.Operator, Id = "op" }, Input = new RetryEffect(failed.EffectId, "It was put right.") };
            Assert.True((await engine.SubmitAsync(again, Stop)).Accepted);
        }

        await sqlite.PutAsync(Waiting(id, "waits-1", clock), Stop);
        await sqlite.PutAsync(Waiting(id, "waits-2", clock), Stop);
        return (await AssessmentMover.ReadAsync(sqlite, id, Stop), clock.GetUtcNow());
    }

    private static Delivery Waiting(Contracts.Identifiers.AssessmentId id, string messageId, TimeProvider clock) => new()
    {
        Assessment = id,
        MessageId = messageId,
        By = Actor.TheHub,
        ReceivedAt = clock.GetUtcNow(),
        CorrelationId = "correlation",
        Input = new AssignKeyWorker("Key worker"),
    };
}
