using System.Net.Sockets;
using System.Security.Cryptography;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Routes;
using IntegrationHub.Functions.Monitoring.Telemetry;
using IntegrationHub.Functions.Routing;
using IntegrationHub.Local.Bus;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IntegrationHub.Local.Hosting;

/// <summary>The hub as one Kestrel process over one SQLite file.</summary>
public static class LocalHub
{
    /// <summary>Name of the file in which assessments are kept, in the data directory.</summary>
    public const string StoreFile = "assessments.db";

    /// <summary>Builds the hub. It serves and drives from <c>StartAsync</c> on, until it is stopped or killed at any instant.</summary>
    /// <exception cref="Orchestrations.Embedded.Sqlite.StoreUnavailableException">The store is in use, damaged, of a newer hub, or the disk refuses.</exception>
    /// <exception cref="CouncilsFileException"><c>councils.json</c> cannot be read.</exception>
    /// <exception cref="AgenciesFileException"><c>agencies.json</c> cannot be read.</exception>
    /// <exception cref="IOException">The data directory cannot be written.</exception>
    /// <exception cref="SocketException">The port of the embedded bus is taken.</exception>
    /// <exception cref="InvalidDataException">The file of the bus's keys is damaged.</exception>
    /// <exception cref="CryptographicException">The key of the development tokens is damaged.</exception>
    public static WebApplication Build(LocalHubOptions options)
    {
        var data = DataDirectory.Open(options.DataDirectory);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Url).ConfigureKestrel(Configure);
        builder.Host.ConfigureHostOptions(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        Configure(builder.Logging);

        // Read at the start: a slip in the law's data must show now, not at the first assessment.
        var (law, _) = (RuleSet.England2014, WorkingCalendar.England);
        var access = new AccessOptions();
        builder.Configuration.GetSection(AccessOptions.Section).Bind(access);
        access.RequestsPerMinute = options.RequestsPerMinute ?? access.RequestsPerMinute;
        var tokens = access.Authority is null ? TokenIssuer.Open(data, access, TimeProvider.System) : null;

        var services = builder.Services;
        services.AddSingleton(options.Time);
        services.AddSingleton(new RuleBook(
            options.Councils ?? CouncilsFile.Read(data), law, options.Counting, ChaseLadder.Default));
        if (tokens is not null)
        {
            services.AddSingleton(tokens);
        }

        services.AddHubAccess(access, tokens)
            // Looked up when it is called: what carries out the engine's effects takes in news too, so neither can be made before the other.
            .AddCouncil(s => (delivery, onlyAt, cancellation) => s.GetRequiredService<EmbeddedEngine>().SubmitAsync(delivery, onlyAt, cancellation))
            .AddApiDocument();
        Rooms.Add(services, builder.Configuration, options.Agencies is { } listed ? new AgencyDirectory(listed) : AgenciesFile.Read(data), data, options);
        var monitor = new MonitorOptions();
        builder.Configuration.GetSection(MonitorOptions.Section).Bind(monitor);
        monitor.DevelopmentSignIn = monitor.Authority is null;
        monitor.KeyDirectory ??= data;
        services.AddMonitoring(monitor).AddHubTelemetry(builder.Configuration);
        services.AddSingleton(MakeEngine);
        if (options.EngineRuns)
        {
            services.AddHostedService<EngineHost>();
        }

        options.Add?.Invoke(builder);

        // Opened here, so that a store in use is told at once; given as a factory's result, so that the host closes it.
        // Less in memory than a store that has its machine to itself: with 150,000 open cases the whole process is to stay under 1 GB.
        var store = SqliteAssessmentStore.Open(new SqliteStoreSettings { Path = Path.Combine(data, StoreFile), MostHeldBytes = 96L << 20, MostPackedBytes = 128L << 20 });
        services.AddSingleton(_ => store);
        services.AddSingleton<IAssessmentStore>(s => s.GetRequiredService<SqliteAssessmentStore>());

        var app = builder.Build();
        app.Services.GetRequiredService<SqliteAssessmentStore>();
        app.Services.GetService<EmbeddedBus>();
        app.UseHubAccess();
        app.MapHub();
        options.Map?.Invoke(app);
        return app;
    }

    /// <summary>The address at which a started hub listens.</summary>
    public static Uri AddressOf(WebApplication hub) =>
        new(hub.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }

    /// <summary>Everything to stderr: stdout belongs to the data that commands print. The framework's own lines hold addresses with filters, so only its warnings are kept.</summary>
    private static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", LogLevel.Warning);
    }

    private static EmbeddedEngine MakeEngine(IServiceProvider services)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("IntegrationHub.Engine");
        return new EmbeddedEngine(
            services.GetRequiredService<IAssessmentStore>(),
            services.GetRequiredService<RuleBook>(),
            services.GetServices<IEffectHandler>(),
            services.GetRequiredService<TimeProvider>(),
            onFault: fault => EngineLog.Fault(log, fault.During, fault.Assessment?.Value, fault.EffectId, fault.Kind, fault.Where));
    }
}

/// <summary>Starts the engine with the host and stops it before the store is closed.</summary>
internal sealed class EngineHost(EmbeddedEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}

internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Error, "{During}, assessment {Assessment}, effect {Effect}: {Fault}\n{Where}")]
    internal static partial void Fault(ILogger log, string during, string? assessment, string? effect, string fault, string? where);
}
