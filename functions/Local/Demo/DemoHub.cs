using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;

namespace IntegrationHub.Local.Demo;

/// <summary>A running hub of the demonstration, on a free port, whose clock is moved by the program.</summary>
internal sealed class DemoHub : IAsyncDisposable
{
    /// <summary>The address at which a hub can serve the directories of the demonstration afterwards.</summary>
    internal const string ServedAt = "http://localhost:7071";

    private static readonly TimeSpan StartOfWork = TimeSpan.FromHours(9);

    private readonly HttpClient http;
    private readonly TokenIssuer tokens;
    private readonly VirtualClock clock;

    private DemoHub(WebApplication app, VirtualClock clock)
    {
        (App, this.clock) = (app, clock);
        Engine = app.Services.GetRequiredService<EmbeddedEngine>();
        tokens = app.Services.GetRequiredService<TokenIssuer>();
        http = new HttpClient { BaseAddress = LocalHub.AddressOf(app) };
    }

    internal WebApplication App { get; }

    internal EmbeddedEngine Engine { get; }

    /// <summary>Starts the hub.</summary>
    /// <param name="directory">The hub's data directory.</param>
    /// <param name="clock">The clock, which several hubs of a demonstration share.</param>
    /// <param name="council">The council that the hub serves.</param>
    /// <param name="agencies">How the hub reaches the agencies.</param>
    /// <param name="bus">Whether to run the hub's bus.</param>
    /// <param name="watch">Receives what was sent, or null if nobody is watching.</param>
    /// <param name="cancellationToken">Stops starting the hub.</param>
    internal static async Task<DemoHub> StartAsync(
        string directory, VirtualClock clock, CouncilProfile council, IReadOnlyList<AgencyEntry> agencies, bool bus, DemoWatch? watch, CancellationToken cancellationToken)
    {
        var app = LocalHub.Build(new LocalHubOptions
        {
            DataDirectory = directory,
            Url = "http://127.0.0.1:0",
            Development = true,
            Time = clock,
            StartEngine = false,
            RequestsPerMinute = 0,
            AllowLoopback = true,
            Councils = [council],
            Agencies = agencies,
            Bus = new EmbeddedBusOptions { Enabled = bus, Port = 0 },
            Add = builder =>
            {
                builder.Services.AddSingleton<INoticeChannel>(new DemonstrationPost(watch?.Sent));

                // The links in notices work after the demonstration, once a hub serves its directory.
                builder.Services.AddSingleton(new NoticeOptions { BaseAddress = ServedAt });
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
            },
        });
        await app.StartAsync(cancellationToken);
        return new DemoHub(app, clock);
    }

    /// <summary>The time on a given day at which people begin to work.</summary>
    internal static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue) + StartOfWork, TimeSpan.Zero);

    /// <summary>Moves the clock to the morning of a day, and carries out everything that is due by then.</summary>
    internal Task<int> AdvanceToAsync(DateOnly day, CancellationToken cancellationToken) => Engine.AdvanceToAsync(At(day), clock.MoveTo, cancellationToken);

    internal HubClient Officer(string subject, LocalAuthorityCode council) => Client(new TokenRequest(CallerRole.CouncilOfficer, subject, council));

    internal HubClient Family(AssessmentId assessment) => Client(new TokenRequest(CallerRole.Family, "family-doyle", Assessment: assessment));

    internal HubClient Of(Agency agency) => Client(new TokenRequest(CallerRole.Agency, $"system-{agency.Id.Code}", Agency: agency.Id));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
    }

    private HubClient Client(TokenRequest of) => new(http, tokens.Issue(of), of.Subject!);
}
