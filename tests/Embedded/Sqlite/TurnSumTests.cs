using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>A byte that changed inside what was said, where nothing else repeats it and the page is sound, is found at reading and by the check.</summary>
public sealed class TurnSumTests : IDisposable
{
    private const string Said = "Only this event says it.";
    private readonly DatabaseFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <summary>Every column of a turn's row.</summary>
    [Theory]
    [InlineData("UPDATE turn SET events = CAST(replace(CAST(events AS TEXT), 'Only this event', 'Only that event') AS BLOB) WHERE instr(CAST(events AS TEXT), 'Only this event') > 0")]
    [InlineData("UPDATE turn SET decided = CAST(replace(CAST(decided AS TEXT), 'pause', 'paule') AS BLOB) WHERE instr(CAST(decided AS TEXT), 'pause') > 0")]
    [InlineData("UPDATE turn SET effects = effects + 1 WHERE no = (SELECT max(no) FROM turn)")]
    [InlineData("UPDATE turn SET first_effect = first_effect + 1 WHERE no = (SELECT max(no) FROM turn)")]
    [InlineData("UPDATE turn SET sum = sum + 1 WHERE no = (SELECT max(no) FROM turn)")]
    public async Task A_change_that_nothing_repeats_is_found(string change)
    {
        await LiveAsync();
        Assert.Empty(Check());

        Assert.True(Execute(change) > 0, "nothing was changed");

        Assert.Contains(Check(), problem => problem.Contains("has changed since it was written", StringComparison.Ordinal));
        await using var store = SqliteAssessmentStore.Open(folder.Settings);
        await Assert.ThrowsAnyAsync<StoreUnavailableException>(async () => await store.EventsAsync(Council.Id(1), cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Turns_from_before_there_was_a_sum_are_read_as_they_are()
    {
        await LiveAsync();
        Assert.True(Execute("UPDATE turn SET sum = NULL") > 0);

        Assert.Empty(Check());
        await using var store = SqliteAssessmentStore.Open(folder.Settings);
        Assert.NotEmpty(await store.EventsAsync(Council.Id(1), cancellationToken: Cancelled));
    }

    /// <summary>A file of an older hub, a backup perhaps, is checked without being changed.</summary>
    [Fact]
    public async Task A_file_without_the_column_is_checked()
    {
        await LiveAsync();
        Execute("ALTER TABLE turn DROP COLUMN sum");

        Assert.Empty(Check());
    }

    private async Task LiveAsync()
    {
        var clock = new FakeTimeProvider(Council.Start);
        await using var store = SqliteAssessmentStore.Open(folder.Settings);
        await using var engine = new EmbeddedEngine(store, Council.Rules, [new Outside()], clock);
        await new StatutoryLife(Council.Id(1)).LiveAsync(store, engine, clock, Cancelled);
        var taken = await engine.SubmitAsync(
            new Orchestrations.Turns.Delivery
            {
                Assessment = Council.Id(1),
                MessageId = "pause",
                By = new Actor { Role = ActorRole.CouncilOfficer, Id = "o" },
                ReceivedAt = clock.GetUtcNow(),
                Input = new IssueFamilyLink("link-of-the-test", new DateOnly(clock.GetUtcNow().Year, clock.GetUtcNow().Month, 1).AddMonths(2)),
            },
            Cancelled);
        Assert.True(taken.Accepted, taken.Refusal?.Reason);
        taken = await engine.SubmitAsync(
            new Orchestrations.Turns.Delivery
            {
                Assessment = Council.Id(1),
                MessageId = "revoke",
                By = new Actor { Role = ActorRole.CouncilOfficer, Id = "o" },
                ReceivedAt = clock.GetUtcNow(),
                Input = new RevokeFamilyLink("link-of-the-test", Said),
            },
            Cancelled);
        Assert.True(taken.Accepted, taken.Refusal?.Reason);
    }

    private List<string> Check()
    {
        var problems = new List<string>();
        AssessmentFileCheck.Run(folder.Settings.Path, _ => { }, problems.Add, Cancelled);
        return problems;
    }

    private int Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Settings.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteNonQuery();
    }
}
