using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.EventsFeed;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.EventsFeed;

/// <summary>Two councils' cases in a store, and the feed of one of them in a folder.</summary>
internal sealed class CouncilWithFeed : IAsyncDisposable
{
    private readonly string place = Directory.CreateTempSubdirectory("hub-feed-").FullName;
    private readonly RuleBook rules = new([HubUnderTest.Profile(HubUnderTest.Own), HubUnderTest.Profile(HubUnderTest.Other)], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
    private readonly BackgroundWork work;
    private readonly TurnTaker turns;

    /// <param name="numbersCommits">Whether the store says what has changed, as on one machine; else it is looked through, as on Azure.</param>
    internal CouncilWithFeed(bool numbersCommits)
    {
        Store = numbersCommits ? SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(place, "store.db") }) : new MemoryAssessmentStore();
        Documents = new FolderDocuments(Directory.CreateDirectory(Path.Combine(place, "documents")).FullName, new KeepingRules(), Time);
        work = new BackgroundWork(Time, NullLogger<BackgroundWork>.Instance);
        turns = new TurnTaker(Store, rules, Time);
    }

    internal static LocalAuthorityCode Council => HubUnderTest.Own;

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 10, 11, 0, 0, TimeSpan.Zero));

    internal IAssessmentStore Store { get; }

    internal IDocumentStore Documents { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What adds to the feed, as a process that has just started.</summary>
    internal FeedWork Process(IDocumentStore? documents = null, EventsFeedOptions? options = null, TimeProvider? time = null, IClockTrust? clock = null) =>
        new(Store, new FeedStore(documents ?? Documents), rules, options ?? new EventsFeedOptions { Councils = Council.Value }, work, time ?? Time, clock: clock);

    internal async Task<AssessmentId> OpenAsync(string key, LocalAuthorityCode? council = null)
    {
        var id = AssessmentId.For(council ?? Council, key);
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        await SubmitAsync(id, open!);
        return id;
    }

    internal async Task SubmitAsync(AssessmentId id, AssessmentInput input)
    {
        var outcome = await turns.SubmitAsync(new Delivery
        {
            Assessment = id,
            MessageId = Guid.NewGuid().ToString(),
            By = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-17" },
            ReceivedAt = Time.GetUtcNow(),
            Input = input,
        }, Stop);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
    }

    internal Task NoteAsync(AssessmentId id) => SubmitAsync(id, new AssignCaseOfficer($"officer-{Guid.NewGuid():N}"));

    /// <summary>Every fact that the store has of the cases, by case and number.</summary>
    internal async Task<IReadOnlyList<(string Case, long Sequence)>> FactsAsync(params IEnumerable<AssessmentId> cases)
    {
        var facts = new List<(string, long)>();
        foreach (var id in cases)
        {
            facts.AddRange((await Store.EventsAsync(id, cancellationToken: Stop)).Select(fact => (id.Value, fact.Sequence)));
        }

        return facts;
    }

    internal FeedReading Reading(IDocumentStore? documents = null) => new(new FeedStore(documents ?? Documents), Store);

    internal static Caller Reader(string subject = "warehouse") => new() { Role = CallerRole.EventsReader, Subject = subject, Council = Council };

    /// <summary>The whole feed, page by page.</summary>
    internal async Task<IReadOnlyList<FeedLine>> AllAsync(int limit = 7)
    {
        var all = new List<FeedLine>();
        for (long? cursor = null; ;)
        {
            var page = await Reading().ReadAsync(Reader(), cursor, limit, Stop);
            Assert.Equal(CursorFault.None, page.Fault);
            all.AddRange(page.Lines);
            if (page.Lines.Count == 0)
            {
                return all;
            }

            cursor = page.Next;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Store is IAsyncDisposable store)
        {
            await store.DisposeAsync();
        }

        work.Dispose();
        Directory.Delete(place, recursive: true);
    }
}
