using System.Net.Http.Headers;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.EventsFeed;
using IntegrationHub.Functions.Letters.Setup;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Routing;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>The hub's HTTP API on a real Kestrel on a free port, with everything in memory and the clock at noon of 10 June 2026.</summary>
internal sealed class HubUnderTest : IAsyncDisposable
{
    internal static readonly LocalAuthorityCode Own = Parse<LocalAuthorityCode>("330");
    internal static readonly LocalAuthorityCode Other = Parse<LocalAuthorityCode>("331");
    internal static readonly AgencyId Asked = Parse<AgencyId>("ods:RX1");
    internal static readonly AgencyId NotAsked = Parse<AgencyId>("ods:RY9");

    /// <summary>The one agency that the hub reaches over the bus.</summary>
    internal static readonly AgencyId Pushing = Parse<AgencyId>("urn:100001");

    private readonly WebApplication app;
    private readonly string data;
    private readonly TurnTaker turns;

    private HubUnderTest(WebApplication app, string data, TokenIssuer tokens, FakeTimeProvider time, RecordedLog log)
    {
        this.app = app;
        this.data = data;
        Tokens = tokens;
        Time = time;
        Log = log;
        Store = app.Services.GetRequiredService<IAssessmentStore>();
        turns = new TurnTaker(Store, app.Services.GetRequiredService<RuleBook>(), time);
        Client = new HttpClient(new Documented([.. ApiDocument.Names.Select(app.Services.GetRequiredKeyedService<ApiDocumentOnce>)]))
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
    }

    internal TokenIssuer Tokens { get; }

    internal FakeTimeProvider Time { get; }

    internal IAssessmentStore Store { get; }

    internal HttpClient Client { get; }

    internal RecordedLog Log { get; }

    /// <summary>The store of documents, which a test may take away.</summary>
    internal SwitchedDocuments Documents => (SwitchedDocuments)app.Services.GetRequiredService<IDocumentStore>();

    /// <summary>The folder under that store.</summary>
    internal string DocumentsFolder => Path.Combine(data, "documents");

    internal T Part<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Takes the turn that waits.</summary>
    internal async Task TakeAsync(AssessmentId id) => await turns.TakeAsync(id, TestContext.Current.CancellationToken);

    internal IEnumerable<RouteEndpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    internal static async Task<HubUnderTest> StartAsync(int requestsPerMinute = 0, bool behindOneTrigger = false, bool serveUnscanned = true, Action<WebApplication>? map = null, EventsFeedOptions? feed = null, IAccessLog? readings = null)
    {
        var data = Directory.CreateTempSubdirectory("hub-test-").FullName;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 6, 10, 11, 0, 0, TimeSpan.Zero));
        var options = new AccessOptions { RequestsPerMinute = requestsPerMinute };
        var tokens = TokenIssuer.Open(data, options, TimeProvider.System);
        var log = new RecordedLog();
        var keeping = new KeepingRules { ServeUnscanned = serveUnscanned };

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IAssessmentStore, MemoryAssessmentStore>();
        builder.Services.AddSingleton(new RuleBook([Profile(Own), Profile(Other)], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default));
        builder.Services.AddSingleton(new ReaderLinks([new byte[32]], "https://hub.example"));
        builder.Services.AddHubAccess(options, tokens).AddCouncil().AddPlanReading(keeping).AddLetters(LetterTemplates.Defaults).AddPrintRun().AddApiDocument();
        builder.Services.AddSingleton<IDocumentStore>(new SwitchedDocuments(new FolderDocuments(Directory.CreateDirectory(Path.Combine(data, "documents")).FullName, keeping, time)));
        builder.Services.AddSingleton(new AgencyDirectory([new AgencyEntry { Id = Pushing, Reach = Reach.Bus }]));
        builder.Services.AddSingleton<IBusSender, NoBroker>();
        builder.Services.AddBusReceiver();
        builder.Services.AddBackgroundWork().AddEventsFeed(feed ?? new EventsFeedOptions(), "https://hub.example");
        if (readings is not null)
        {
            builder.Services.AddSingleton(readings);
        }

        var app = builder.Build();
        if (behindOneTrigger)
        {
            var hub = new HubPipeline(app.Services);
            // WebApplication would add middleware of its own in front; Functions has none.
            app.Map("{*path}", hub.RunAsync).AllowAnonymous();
        }
        else
        {
            app.UseHubAccess();
            app.MapHub();
            map?.Invoke(app);
        }

        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HubUnderTest(app, data, tokens, time, log);
    }

    /// <summary>Opens an assessment of a council and decides to assess it, so that advice is asked for.</summary>
    internal async Task<AssessmentId> SeedAsync(string key, LocalAuthorityCode? council = null)
    {
        var id = AssessmentId.For(council ?? Own, key);
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        await SubmitAsync(id, open!);
        await SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."));
        await SubmitAsync(id, new DecideWhetherToAssess(true, "It may be necessary."));
        return id;
    }

    /// <summary>Sends an input to the case directly, without HTTP, as the council.</summary>
    internal async Task SubmitAsync(AssessmentId id, AssessmentInput input, Actor? by = null)
    {
        var outcome = await turns.SubmitAsync(new Delivery
        {
            Assessment = id,
            MessageId = Guid.NewGuid().ToString(),
            By = by ?? new Actor { Role = ActorRole.CouncilOfficer, Id = "seed" },
            ReceivedAt = Time.GetUtcNow(),
            Input = input,
        }, TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
    }

    /// <summary>The same key, issuing for another audience.</summary>
    internal TokenIssuer TokensFor(string audience) => TokenIssuer.Open(data, new AccessOptions { Audience = audience }, TimeProvider.System);

    internal string Officer(LocalAuthorityCode? council = null, string subject = "officer-17") =>
        Tokens.Issue(new TokenRequest(CallerRole.CouncilOfficer, subject, Council: council ?? Own));

    internal string AgencyToken(AgencyId agency) => Tokens.Issue(new TokenRequest(CallerRole.Agency, $"system of {agency}", Agency: agency));

    internal string Family(AssessmentId assessment) => Tokens.Issue(new TokenRequest(CallerRole.Family, "parent-1", Assessment: assessment));

    internal string Operations(CallerRole role = CallerRole.OperationsReader, LocalAuthorityCode? council = null) =>
        Tokens.Issue(new TokenRequest(role, "ops-1", Council: council));

    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token, string? json = null, string? key = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal Task<HttpResponseMessage> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    internal Task<HttpResponseMessage> PostAsync(string path, string? token, string json, string key, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, token, json, key, headers);

    internal static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem, nameof(text));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    internal static CouncilProfile Profile(LocalAuthorityCode code) => new()
    {
        Code = code,
        Name = $"Council {code}",
        SocialCare = new Agency { Id = Parse<AgencyId>($"la:{code}/social-care"), Name = "Children's social care" },
        EducationalPsychology = new Agency { Id = Parse<AgencyId>($"la:{code}/educational-psychology"), Name = "Educational psychology service" },
        MediationAdviser = "Mediation adviser",
        MediationContact = "Mediation contact",
        DisagreementResolution = "Disagreement resolution",
        InformationAndAdvice = "SENDIASS",
    };
}
