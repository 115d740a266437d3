using System.Net;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Notices.Notify;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>An engine with notices over a fake GOV.UK Notify, which calls back over HTTP.</summary>
internal sealed class NotifyHub : IAsyncDisposable
{
    internal const string CallbackToken = "a-token-of-more-than-twenty-characters";

    private readonly string data = Directory.CreateTempSubdirectory("notify-").FullName;
    private readonly NoticeFile book;
    private readonly EmbeddedEngine engine;
    private readonly BackgroundWork work;
    private readonly NotifyPolling polling;
    private readonly WebApplication app;
    private readonly HttpClient notifyHttp;
    private readonly HttpClient client;

    private NotifyHub(FakeNotify notify, INoticeChannel? other, NotifyService service, FakeTimeProvider time, WebApplicationBuilder builder, CouncilProfile council)
    {
        (Notify, Time) = (notify, time);
        var options = new NotifyOptions { BaseAddress = notify.Address.ToString() };
        options.Councils["330"] = service;
        notifyHttp = new HttpClient { BaseAddress = notify.Address };
        var calls = new NotifyClient(notifyHttp, time);
        var channel = new NotifyChannel(calls, options);
        Book = new RuleBook([council], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        book = NoticeFile.Open(data, time);
        var settings = new NoticeOptions { BaseAddress = "https://hub.example" };
        var contacts = new NoticeDirectory([new NoticeContact("ods:QHL", AssessmentNotices.ForNotices, "icb@example.org"), new NoticeContact("urn:100001", AssessmentNotices.ForNotices, "school@example.org"), .. Others]);
        var dispatcher = new NoticeDispatcher(book, other is null ? channel : new CombinedChannel([channel, other]), contacts, Store, Links, settings, time, NullLogger<NoticeDispatcher>.Instance);
        Letters = new LetterStore(new FolderDocuments(Directory.CreateDirectory(Path.Combine(data, "documents")).FullName, new KeepingRules(), time), LetterTemplates.Defaults, Book);
        engine = new EmbeddedEngine(Store, Book, [new AssessmentNotices(dispatcher, Letters, Store, Links, time), new Silent()], time);
        var outcomes = new NotifyOutcomes(Store, (delivery, onlyAt, cancellationToken) => engine.SubmitAsync(delivery, onlyAt, cancellationToken), book, time);
        work = new BackgroundWork(time, NullLogger<BackgroundWork>.Instance);
        polling = new NotifyPolling(calls, options, outcomes, work, time);
        builder.Services.AddSingleton(new NotifyReceiving(options, outcomes));
        app = builder.Build();
        app.MapNotify();
        client = new HttpClient();
    }

    private static IEnumerable<NoticeContact> Others =>
        [new("la:330/social-care", AssessmentNotices.ForNotices, "social-care@example.org"), new("urn:100002", AssessmentNotices.ForNotices, "special@example.org"),
            new("urn:100009", AssessmentNotices.ForNotices, "secure@example.org"), new("la:330/youth-offending-team", AssessmentNotices.ForNotices, "yot@example.org"),
            new("ods:Q71", AssessmentNotices.ForNotices, "health-and-justice@example.org")];

    internal static NotifyService Service => new()
    {
        ApiKey = FakeNotify.Key,
        EmailTemplate = "email-template",
        LetterTemplate = "letter-template",
        SmsTemplate = "sms-template",
        CallbackToken = CallbackToken,
    };

    internal FakeNotify Notify { get; }

    internal FakeTimeProvider Time { get; }

    internal MemoryAssessmentStore Store { get; } = new();

    internal ReaderLinks Links { get; } = new([new byte[32]], "https://hub.example");

    internal INoticeStore Notices => book;

    internal LetterStore Letters { get; }

    internal RuleBook Book { get; }

    internal DateOnly Today => LondonDate.Of(Time.GetUtcNow());

    internal static async Task<NotifyHub> StartAsync(NotifyService? service = null, INoticeChannel? other = null, CouncilProfile? council = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 7, 14, 9, 0, 0, TimeSpan.Zero));
        var notify = await FakeNotify.StartAsync(time.GetUtcNow);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var hub = new NotifyHub(notify, other, service ?? Service, time, builder, council ?? Cases.Profile);
        await hub.app.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    /// <summary>Opens a case and refuses to assess; what the effects do is done.</summary>
    internal async Task<AssessmentId> RefuseAsync(FamilyContact family)
    {
        var id = AssessmentId.For(Cases.Council, Guid.NewGuid().ToString());
        var before = Notify.Taken.ToHashSet();
        await SubmitAsync(id, new OpenAssessment(Core.Tests.Letters.LetterCases.Facts with { Family = family }));

        // The acknowledgement has tests of its own: here the refusal is followed.
        Notify.Taken.RemoveAll(t => !before.Contains(t) && ((string)t["type"]! != "email" || (string)t["email_address"]! == family.Email));
        await SubmitAsync(id, new RecordConsultation(Today, "They wish for it."));
        await SubmitAsync(id, new DecideWhetherToAssess(false, Core.Tests.Letters.LetterCases.Reasons));
        return id;
    }

    /// <summary>Stores a case as it is now, with the one notice that is to be sent.</summary>
    internal async Task<AssessmentId> SeedAsync(AssessmentState state, RecipientRole to)
    {
        var notice = state.Notices.Single(n => n.To == to);
        var only = state with { Notices = [notice] };
        var after = only with { Version = 1 };
        var turn = new Turn
        {
            Assessment = state.Id,
            ExpectedVersion = 0,
            State = after,
            Events = [new RecordedEvent { Sequence = 1, At = Time.GetUtcNow(), By = Cases.Officer, What = new DelayExplained(Today, "Seeded.") }],
            Decided = [],
            Effects = [new OutboxEffect($"{state.Id}/1/1", state.Id, new SendNotice(notice.Id), null)],
            WakeAt = null,
            Summary = Summaries.Of(after, Time.GetUtcNow(), Book.For(state.Id)),
        };
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(turn, TestContext.Current.CancellationToken));
        return state.Id;
    }

    internal async Task SubmitAsync(AssessmentId id, AssessmentInput input)
    {
        var outcome = await engine.SubmitAsync(
            new Delivery { Assessment = id, MessageId = Guid.NewGuid().ToString(), By = Cases.Officer, ReceivedAt = Time.GetUtcNow(), Input = input }, TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
        await RunAsync();
    }

    internal async Task RunAsync() => await engine.RunDueAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets time pass, an hour at a time, with everything that falls due.</summary>
    internal async Task PassAsync(TimeSpan time)
    {
        for (var hours = 0; hours < time.TotalHours; hours++)
        {
            Time.Advance(TimeSpan.FromHours(1));
            await RunAsync();
        }
    }

    internal int ReportsKnown => polling.Known;

    internal Task PollAsync() => polling.AskAsync(TestContext.Current.CancellationToken);

    internal async Task<HttpStatusCode> CallBackAsync(string body, string? token = CallbackToken, string council = "330", string place = "receipts")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/notify/{council}/{place}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await RunAsync();
        return response.StatusCode;
    }

    internal async Task<AssessmentState> StateAsync(AssessmentId id) => (await Store.LoadAsync(id, TestContext.Current.CancellationToken)).State;

    internal async Task<Notice> ToFamilyAsync(AssessmentId id) => (await StateAsync(id)).Notices.Single(n => n is { To: RecipientRole.Family, Kind: NoticeKind.WillNotAssess });

    internal async Task<List<AssessmentEvent>> EventsAsync(AssessmentId id) => [.. (await Store.EventsAsync(id, cancellationToken: TestContext.Current.CancellationToken)).Select(e => e.What)];

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await engine.DisposeAsync();
        polling.Dispose();
        work.Dispose();
        book.Dispose();
        notifyHttp.Dispose();
        client.Dispose();
        await Notify.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Every effect but notices: nothing happens.</summary>
    private sealed class Silent : IEffectHandler
    {
        public bool Handles(Effect effect) => effect is not SendNotice;

        public ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default) => new(EffectResult.Done());
    }
}
