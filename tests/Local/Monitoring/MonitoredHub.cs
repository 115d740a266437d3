using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Amqp;
using Amqp.Framing;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>The hub as <c>serve</c> runs it, on a virtual clock, with cases in every condition the monitor shows. The child in all of them is Alex Example.</summary>
internal sealed partial class MonitoredHub : IAsyncDisposable
{
    /// <summary>What must never be read in a log, a notice, an address or a page.</summary>
    internal static readonly string[] OfTheChild = ["Alex", "2016-03-14", "14 March 2016", "9990000018", "Q330100101501", "Sam Example", "sam@example.org"];

    private static readonly AgencyId Sender = AgencyId.TryParse("urn:100002", out var school, out _) ? school : default;
    private static readonly LocalAuthorityCode Council = LocalAuthorityCode.TryParse("330", out var code, out _) ? code : default;
    private readonly WebApplication app;
    private readonly string data;

    private MonitoredHub(WebApplication app, string data, FakeTimeProvider time, LogLines log)
    {
        this.app = app;
        this.data = data;
        Time = time;
        Log = log;
        Store = app.Services.GetRequiredService<IAssessmentStore>();
        Engine = app.Services.GetRequiredService<EmbeddedEngine>();
    }

    internal FakeTimeProvider Time { get; }

    internal LogLines Log { get; }

    internal IAssessmentStore Store { get; }

    internal EmbeddedEngine Engine { get; }

    internal IServiceProvider Services => app.Services;

    internal string DataDirectory => data;

    internal Uri Address => LocalHub.AddressOf(app);

    /// <summary>Its NHS advice is late and has climbed the whole ladder.</summary>
    internal AssessmentId Late { get; private set; }

    /// <summary>Two of its effects have failed for good.</summary>
    internal AssessmentId Failing { get; private set; }

    /// <summary>Opened a week ago; not decided yet.</summary>
    internal AssessmentId Young { get; private set; }

    /// <summary>Every case by a name that says how it stands: each filter has some that it must show and some that it must not.</summary>
    internal Dictionary<string, AssessmentId> Planted { get; } = [];

    /// <summary>The address of the family's page of <see cref="Late"/>.</summary>
    internal string FamilyAddress { get; private set; } = "";

    internal static async Task<MonitoredHub> StartAsync(Action<WebApplicationBuilder>? add = null)
    {
        var stop = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("monitor-").FullName;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.Zero));
        var log = new LogLines();
        var app = LocalHub.Build(new LocalHubOptions
        {
            Development = true,
            DataDirectory = data,
            Url = "http://127.0.0.1:0",
            Time = time,
            StartEngine = false,
            RequestsPerMinute = 0,
            Agencies = [new AgencyEntry { Id = Sender, Reach = Reach.Bus }],
            Bus = new EmbeddedBusOptions { Enabled = true, Port = 0 },
            Add = builder =>
            {
                builder.Services.AddSingleton<INoticeChannel, DemonstrationPost>();
                add?.Invoke(builder);
                builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
            },
        });
        await app.StartAsync(stop);
        var hub = new MonitoredHub(app, data, time, log);
        hub.Late = await hub.OpenAsync("late");
        hub.Failing = await hub.OpenAsync("failing");
        await hub.StepToAsync(new DateTimeOffset(2026, 7, 1, 9, 0, 0, TimeSpan.Zero));
        await hub.OpenAsync("overdue", decided: true, received: new DateOnly(2026, 6, 24));
        await hub.StepToAsync(new DateTimeOffset(2026, 8, 20, 9, 0, 0, TimeSpan.Zero));
        hub.Young = await hub.OpenAsync("young", decided: false);
        await hub.OpenAsync("closing", decided: false, received: new DateOnly(2026, 7, 10));
        await hub.OpenAsync("missed", decided: false, received: new DateOnly(2026, 7, 8));
        await hub.SubmitAsync(await hub.OpenAsync("withdrawn", decided: false), new WithdrawRequest(new DateOnly(2026, 8, 20), "The family moved away."));
        var effects = await hub.Store.EffectsAsync(hub.Failing, stop);
        foreach (var effect in effects.Where(e => e.Effect.Effect is SendAdviceRequest).Take(2))
        {
            await hub.SubmitAsync(hub.Failing, new EffectSettled(effect.Effect.Id, effect.Effect.Effect, EffectOutcome.NeedsHuman, new DateOnly(2026, 8, 20), "The trust's endpoint refused the hub's certificate."), Actor.TheHub);
        }

        await hub.SubmitAsync(hub.Late, new IssueFamilyLink("link-1", new DateOnly(2026, 12, 31)));
        using var officer = hub.Client();
        officer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", app.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.CouncilOfficer, Council: Council)));
        hub.FamilyAddress = (await officer.GetFromJsonAsync<Dictionary<string, string>>($"/v1/cases/{hub.Late}/family-links/link-1", stop))!["address"];
        await hub.LetOneDieAsync();
        await app.Services.GetRequiredService<WorkMonitor>().RefreshAsync(stop);
        await app.Services.GetRequiredService<CaseBoard>().RefreshAsync(stop);
        await app.Services.GetRequiredService<QueueMonitor>().RefreshAsync(stop);
        return hub;
    }

    /// <summary>A school that was not asked sends an assessment of the child of all cases: it waits for a person. Answers its name.</summary>
    internal async Task<string> PushAsync()
    {
        var pushed = new AssessmentPushed
        {
            Agency = Sender,
            Reference = "S-17",
            Kind = AdviceKind.Educational,
            Child = (await Store.LoadAsync(Young, TestContext.Current.CancellationToken)).State.Facts!.Child with { Postcode = "AB1 2CD" },
            CompletedOn = new DateOnly(2026, 7, 1),
            Advice = new AdviceContent { Author = "A. Teacher", AuthorRole = "SENCO", WrittenOn = new DateOnly(2026, 7, 1), Needs = [new AdviceNeed("n1", NeedArea.Education, "Reading.")] },
        };
        var message = BusMessages.For(pushed);
        var parts = CloudEventBinding.Write(new CloudEvent { Id = "push-1", Source = "urn:school", Type = message.Type, Data = BusJson.Write(pushed) });
        var verdict = await Services.GetRequiredService<IBusReceiver>().ReceiveAsync(new ReceivedBusMessage(message.Entity.Name, "push-1", null, null, parts, 1), TestContext.Current.CancellationToken);
        Assert.Equal(Settlement.Complete, verdict.Settlement);
        var waiting = await Services.GetRequiredService<PushedDecisions>().ListAsync(new PushedViewer(Actor.TheHub, null, SeesChild: false), TestContext.Current.CancellationToken);
        await Services.GetRequiredService<CaseBoard>().RefreshAsync(TestContext.Current.CancellationToken);
        return Assert.Single(waiting).Id;
    }

    /// <summary>A client that follows no redirect and keeps its cookies.</summary>
    internal HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Signs in as the form does.</summary>
    internal async Task<HttpClient> SignedInAsync(string role)
    {
        var client = Client();
        var answer = await PostFormAsync(client, "/monitor/sign-in", "/monitor/sign-in", new() { ["role"] = role, ["to"] = "/monitor" });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>Fetches a form with its hidden fields, fills it in and sends it.</summary>
    internal static async Task<HttpResponseMessage> PostFormAsync(HttpClient client, string page, string action, Dictionary<string, string> fields)
    {
        var html = await client.GetStringAsync(page, TestContext.Current.CancellationToken);
        foreach (Match hidden in Hidden().Matches(html))
        {
            fields.TryAdd(hidden.Groups["name"].Value, WebUtility.HtmlDecode(hidden.Groups["value"].Value));
        }

        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(action, form, TestContext.Current.CancellationToken);
    }

    internal async Task SubmitAsync(AssessmentId id, AssessmentInput input, Actor? by = null)
    {
        var outcome = await Engine.SubmitAsync(
            new Delivery
            {
                Assessment = id,
                MessageId = Guid.NewGuid().ToString(),
                By = by ?? new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-17" },
                ReceivedAt = Time.GetUtcNow(),
                Input = input,
            },
            TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
        await Engine.RunDueAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    internal async Task<AssessmentId> OpenAsync(string key, bool decided = true, DateOnly? received = null)
    {
        var id = Planted[key] = AssessmentId.For(Council, key);
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        var facts = ((OpenAssessment)open!).Facts;
        await SubmitAsync(id, new OpenAssessment(facts with { ReceivedOn = received ?? (decided ? facts.ReceivedOn : new DateOnly(2026, 8, 17)) }));
        if (decided)
        {
            await SubmitAsync(id, new RecordConsultation((received ?? new DateOnly(2026, 6, 1)).AddDays(2), "They wish for it."));
            await SubmitAsync(id, new DecideWhetherToAssess(true, "It may be necessary."));
        }

        return id;
    }

    /// <summary>A school sends what is no event: the hub tells it so and lets the message become a dead letter.</summary>
    private async Task LetOneDieAsync()
    {
        var bus = Services.GetRequiredService<BusServer>();
        var connection = await new ConnectionFactory().CreateAsync(new Address("127.0.0.1", bus.Port, BusKey.RootName, Services.GetRequiredService<BusKeyFile>().RootSecret, "/", "amqp"));
        var sender = new SenderLink(new Session(connection), "a-school", "school-closures");
        await sender.SendAsync(new Message { BodySection = new Data { Binary = Encoding.UTF8.GetBytes("closed because of snow") }, Properties = new Properties { MessageId = "m-1" } });
        await connection.CloseAsync();
        while ((await bus.DeadLettersAsync("school-closures"))!.Count == 0)
        {
            // The hub's receiver takes it in its own time.
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    internal Task StepToAsync(DateTimeOffset to) => Engine.AdvanceToAsync(to, Time.SetUtcNow, TestContext.Current.CancellationToken);

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" ?/?>""")]
    private static partial Regex Hidden();
}

/// <summary>Every line that was logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    internal ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
