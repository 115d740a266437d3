using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Embedded.Tests.Contract;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Due;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>A start reads what is near, however many cases wake later, and what wakes later is found when its time comes.</summary>
public sealed class WakeReadingTests : IDisposable
{
    private readonly DatabaseFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_start_reads_as_many_pages_with_thirty_times_as_many_cases_that_wake_later()
    {
        await FillAsync(folder.Settings, 0, 100, n => Turns.Monday.AddDays(30 + n));
        await FillAsync(folder.Settings, 100, 105, _ => Turns.Monday.AddHours(1));
        var few = PagesAtStart();
        await FillAsync(folder.Settings, 105, 3_000, n => Turns.Monday.AddDays(30 + (n % 300)));
        var many = PagesAtStart();

        // The trees of a larger file are a level or two deeper.
        Assert.InRange(many, 1, few + 8);
    }

    [Fact]
    public async Task What_wakes_later_is_found_on_its_day_after_commits_have_moved_some_of_it()
    {
        var random = new Random(5);
        var wakes = new Dictionary<AssessmentId, DateTimeOffset?>();
        await using (var store = SqliteAssessmentStore.Open(folder.Settings))
        {
            for (var n = 0; n < 150; n++)
            {
                await MoveAsync(store, n);
            }
        }

        await using var again = SqliteAssessmentStore.Open(folder.Settings);
        for (var now = Turns.Monday.AddDays(-1); now < Turns.Monday.AddDays(45); now = now.AddHours(random.Next(1, 40)))
        {
            Assert.Equal(wakes.Values.Min(), await again.NextDueAsync(Cancelled));
            var due = wakes.Where(one => one.Value <= now).OrderBy(one => one.Value).ThenBy(one => one.Key.Value, StringComparer.Ordinal).Select(one => one.Key).ToList();
            Assert.Equal(due, await again.DueAsync(now, 1_000, Cancelled));
            Assert.Equal(due.Take(3), await again.DueAsync(now, 3, Cancelled));
            for (var n = 0; n < 5; n++)
            {
                await MoveAsync(again, random.Next(150));
            }
        }

        async Task MoveAsync(SqliteAssessmentStore store, int n)
        {
            // Every eighth sleeps for good; the others wake within six weeks, some of them at the same instant.
            DateTimeOffset? at = random.Next(8) == 0 ? null : Turns.Monday.AddHours(12 * random.Next(90));
            wakes[Turns.Id(n)] = at;
            await store.CommitAsync(Turns.Of((await store.LoadAsync(Turns.Id(n), Cancelled)).State, ["officer"], wakeAt: at), Cancelled);
        }
    }

    [Fact]
    public void What_a_commit_sets_while_wake_ups_are_read_is_not_overwritten_by_what_was_read()
    {
        var (moved, ended, stays, later) = (Turns.Id(1), Turns.Id(2), Turns.Id(3), Turns.Id(4));
        var kept = new Told([(moved, Turns.Monday), (ended, Turns.Monday), (stays, Turns.Monday)]);
        var due = new DueAssessments(kept);
        kept.Meanwhile = () =>
        {
            due.Set(moved, Turns.Monday.AddHours(2), null);
            due.Set(ended, null, null);
            due.Set(later, Turns.Monday.AddHours(3), null);
        };

        Assert.Equal([stays], due.At(Turns.Monday, 10));
        Assert.Equal([stays, moved, later], due.At(Turns.Monday.AddHours(3), 10));
        Assert.Equal(1, kept.Asked);
    }

    [Fact]
    public void A_reading_that_failed_is_made_again()
    {
        var kept = new Told([(Turns.Id(1), Turns.Monday)]) { Meanwhile = () => throw new StoreUnavailableException(StoreFault.InputOutput, "The disk is away.") };
        var due = new DueAssessments(kept);

        Assert.Throws<StoreUnavailableException>(() => due.At(Turns.Monday, 10));
        kept.Meanwhile = () => { };
        Assert.Equal([Turns.Id(1)], due.At(Turns.Monday, 10));
    }

    /// <summary>What a start reads, with what is due on the day.</summary>
    private int PagesAtStart()
    {
        using var connection = Connection.Open(folder.File, writes: false);
        connection.PagesRead();
        var due = new DueAssessments(new OneConnection(new WakeReader(connection)));
        OpenWorkReader.Read(connection, due, new WaitingRows(), new OpenEffects());
        Assert.Equal(5, due.At(Turns.Monday.AddDays(1), int.MaxValue).Count);
        return connection.PagesRead();
    }

    private static async Task FillAsync(SqliteStoreOptions options, int first, int before, Func<int, DateTimeOffset> wakeAt)
    {
        await using var store = SqliteAssessmentStore.Open(options);
        await Parallel.ForEachAsync(Enumerable.Range(first, before - first), Cancelled, async (n, cancellationToken) =>
            await store.CommitAsync(Turns.Of((await store.LoadAsync(Turns.Id(n), cancellationToken)).State, ["officer"], wakeAt: wakeAt(n)), cancellationToken));
    }

    private sealed class OneConnection(WakeReader wakes) : IWakeUpIndex
    {
        public IReadOnlyList<(AssessmentId Id, DateTimeOffset WakeAt)> Between(DateTimeOffset from, DateTimeOffset before) => wakes.Between(from, before);

        public DateTimeOffset? EarliestFrom(DateTimeOffset from) => wakes.EarliestFrom(from);
    }

    private sealed class Told(IReadOnlyList<(AssessmentId Id, DateTimeOffset WakeAt)> wakes) : IWakeUpIndex
    {
        internal Action Meanwhile { get; set; } = () => { };

        internal int Asked { get; private set; }

        public IReadOnlyList<(AssessmentId Id, DateTimeOffset WakeAt)> Between(DateTimeOffset from, DateTimeOffset before)
        {
            Meanwhile();
            Asked++;
            return [.. wakes.Where(one => one.WakeAt >= from && one.WakeAt < before)];
        }

        public DateTimeOffset? EarliestFrom(DateTimeOffset from) => wakes.Where(one => one.WakeAt >= from).Select(one => (DateTimeOffset?)one.WakeAt).Min();
    }
}
