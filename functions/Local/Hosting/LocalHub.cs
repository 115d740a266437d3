using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Security.Cryptography;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Hosting;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Outgoing;
using IntegrationHub.Functions.PersonalData.Retention;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Routing;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Local.AccessLog;
using IntegrationHub.Local.Fhir;
using IntegrationHub.Local.Scanning;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IntegrationHub.Local.Hosting;

/// <summary>Builds the hub as one Kestrel process that stores its cases in one SQLite file.</summary>
public static class LocalHub
{
    /// <summary>Name of the file in the data directory in which assessments are stored.</summary>
    public const string StoreFile = "assessments.db";

    /// <summary>Name of the folder of plans and documents in the data directory.</summary>
    internal const string Documents = "documents";

    /// <summary>Builds the hub. After <c>StartAsync</c> the hub serves requests and runs the cases, until it is stopped or killed.</summary>
    /// <exception cref="Orchestrations.Embedded.Sqlite.StoreUnavailableException">The store is in use, is damaged or was written by a newer
    /// hub, or the disk refuses writes.</exception>
    /// <exception cref="CouncilsFileException"><c>councils.json</c> cannot be read.</exception>
    /// <exception cref="AgenciesFileException"><c>agencies.json</c> cannot be read.</exception>
    /// <exception cref="IOException">The data directory cannot be written to.</exception>
    /// <exception cref="SocketException">Another program uses the port of the embedded bus.</exception>
    /// <exception cref="InvalidDataException">The file with the bus's keys is damaged, or a setting is not valid.</exception>
    /// <exception cref="CryptographicException">The key of the development tokens is damaged.</exception>
    /// <exception cref="RefusedStartException">The settings would give access to somebody who must not have access; the message states what
    /// to set.</exception>
    public static WebApplication Build(LocalHubOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(options.Settings);
        var safety = StartOptions.Read(builder.Configuration, options);
        SettingsFiles.Check(options.DataDirectory, needsCouncils: !safety.Access.Development && options.Councils is null);
        var data = DataDirectory.Open(options.DataDirectory);
        StoreFiles.Check(data);

        // An invalid retention rule must be noticed now, before the rule is due to erase something.
        _ = RetentionRules.Read(data);
        builder.WebHost.UseUrls(options.Url).UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        builder.Host.ConfigureHostOptions(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        var started = Configure(builder.Logging);

        // The data files with the law's rules are read at start-up, so that a mistake in them is noticed now, before the first assessment.
        var (law, _) = (RuleSet.England2014, WorkingCalendar.England);
        var access = safety.Access;
        var tokens = access.Development ? TokenIssuer.Open(data, access, TimeProvider.System) : null;

        var outgoing = SettingsReader.Read<OutgoingOptions>(builder.Configuration);
        outgoing.AllowLoopback |= options.AllowLoopback;
        outgoing.Check(hasIssuer: access.Authority is not null);

        var services = builder.Services;
        services.AddSingleton(outgoing);
        services.AddSingleton(options.Time);
        if (tokens is not null)
        {
            services.AddSingleton(tokens);
        }

        services.AddSingleton(safety.Proxy);
        safety.Monitor.KeyDirectory ??= data;
        if (KeyFiles.Problems(safety.Monitor.KeyDirectory).FirstOrDefault() is { } wrong)
        {
            throw new RefusedStartException(wrong, null);
        }

        var agencies = options.Agencies is { } listed ? new AgencyDirectory(listed) : AgenciesFile.Read(data);
        var documents = Directory.CreateDirectory(Path.Combine(data, Documents)).FullName;
        var scanner = SettingsReader.Read<ClamdOptions>(builder.Configuration);
        services.AddHub(builder.Configuration, new HubParts
        {
            Access = access,
            DevelopmentTokens = tokens,
            Monitor = safety.Monitor,
            Workspace = safety.Workspace,
            AccessLog = _ => new SqliteAccessLog(Path.Combine(data, StoreFiles.AccessLog)),
            Rules = new RuleBook(options.Councils ?? CouncilsFile.Read(data), law, options.Counting, ChaseLadder.Default),
            Agencies = agencies,
            SettingsFolder = data,
            Address = safety.Proxy.PublicAddress ?? options.Url,
            Take = s => (delivery, onlyAt, cancellationToken) => s.GetRequiredService<EmbeddedEngine>().SubmitAsync(delivery, onlyAt, cancellationToken),
            Documents = (s, keeping) => LocalDocuments.Open(documents, keeping, scanner, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ScannedDocuments>>()),
            Fhir = _ => new SqliteFhirStore(Path.Combine(data, StoreFiles.Fhir)),
        });
        LocalBusSetup.Add(services, builder.Configuration, agencies, data, options.Bus);
        services.AddSingleton(MakeEngine);
        if (options.StartEngine)
        {
            var clock = SettingsReader.Read<ClockOptions>(builder.Configuration);
            var record = new FileClockRecord(data);
            services.AddSingleton<IClockConfirmations>(record);
            services.AddSingleton(new ClockMonitor(options.Time, clock, record, options.Time == TimeProvider.System ? LastWrite(data) : null));
            services.AddSingleton<IClockTrust>(s => s.GetRequiredService<ClockMonitor>());
            services.AddHostedService<ClockCheckLoop>();
            services.AddHostedService<EngineHost>();
        }

        options.Add?.Invoke(builder);

        // The store is opened here, so that a store in use is reported immediately. The store is registered through a factory method, so
        // that the host closes it. The store's cache is smaller than it would be if nothing else ran on the machine, because with 150,000
        // open cases the process must use less than 1 GB.
        var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(data, StoreFile), MaxHeldBytes = 96L << 20, MaxPackedBytes = 128L << 20 });
        services.AddSingleton(_ => store);
        services.AddSingleton<IAssessmentStore>(s => s.GetRequiredService<SqliteAssessmentStore>());

        services.AddSingleton<IWriteProbe>(new FileProbe(data, StoreFile));
        services.AddSingleton<IWriteProbe>(new FileProbe(data, StoreFiles.Fhir));
        services.AddSingleton<IWriteProbe>(new FileProbe(data, StoreFiles.AccessLog));
        services.AddSingleton<IWriteProbe>(new FolderProbe(data, Documents));
        services.AddSingleton(s => new DiskSpace(
            DiskSpace.DiskOf(data), s.GetRequiredService<BackgroundWork>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<IFreeSpaceMeter>(s => s.GetRequiredService<DiskSpace>());
        services.AddHostedService(s => s.GetRequiredService<DiskSpace>());

        var app = builder.Build();
        app.Services.GetRequiredService<SqliteAssessmentStore>();

        // The store is now open and locked, so no other hub is running on this directory.
        PartialFiles.Remove(documents);
        OpenTheRest(app, data);
        app.UseHubAccess();
        app.MapHub();
        options.Map?.Invoke(app);
        app.Lifetime.ApplicationStarted.Register(started);
        return app;
    }

    /// <summary>The address at which the hub listens, once it has been started.</summary>
    public static Uri AddressOf(WebApplication hub) =>
        new(hub.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>
    /// Opens the hub's other files at start-up, so that a damaged file, or a file that is in use, is noticed before a request needs it. If
    /// the hub then cannot start, it closes all files.
    /// </summary>
    private static void OpenTheRest(WebApplication app, string data)
    {
        try
        {
            app.Services.GetRequiredService<IFhirResourceStore>();
            app.Services.GetRequiredService<IAccessLog>();
            app.Services.GetRequiredService<INoticeStore>();
            app.Services.GetRequiredService<FamilyTokens>();
            app.Services.GetService<BusServer>();
            StoreFiles.Note(data);
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }

    /// <summary>
    /// Sends the complete log to standard error, because standard output is for the data that commands print. The framework's own log lines
    /// contain addresses with filters, so only its warnings are logged, and only after the hub has started. If there is a fault during
    /// start-up, the program reports it in one line and ends.
    /// </summary>
    /// <returns>An action to call when the hub has started.</returns>
    private static Action Configure(ILoggingBuilder logging)
    {
        var started = false;
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", level => Volatile.Read(ref started) && level >= LogLevel.Warning);
        return () => Volatile.Write(ref started, true);
    }

    /// <summary>
    /// When the store was last written to, according to the file system. The last write shows when the hub was last running, even if nothing
    /// else recorded that time.
    /// </summary>
    private static DateTimeOffset? LastWrite(string data) =>
        new[] { StoreFile, $"{StoreFile}-wal" }.Select(name => new FileInfo(Path.Combine(data, name))).Where(file => file.Exists).Select(file => (DateTimeOffset?)file.LastWriteTimeUtc).Max();

    private static EmbeddedEngine MakeEngine(IServiceProvider services)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("IntegrationHub.Engine");
        var engine = new EmbeddedEngine(
            services.GetRequiredService<IAssessmentStore>(),
            services.GetRequiredService<RuleBook>(),
            services.GetServices<IEffectHandler>(),
            services.GetRequiredService<TimeProvider>(),
            onFault: fault => EngineLog.Fault(log, fault.During, fault.Assessment?.Value, fault.EffectId, fault.Kind, fault.Where),
            clock: services.GetService<ClockMonitor>());
        services.GetRequiredService<BackgroundWork>().Loop("the engine").SetItemSource(() => engine.BackoffAfter(LoopItems.SetAsideAfter)
            .Select(rest => new SetAsideItem("the engine", $"{rest.During}: {rest.Item}", rest.Faults, rest.Since, "see the log")));
        return engine;
    }
}

/// <summary>
/// Starts the engine with the host and stops it before the store is closed. The engine's loops continue after any fault. If a loop
/// nevertheless ends, the host stops and the process ends with an error, because the hub would otherwise appear to be running but decide
/// nothing.
/// </summary>
internal sealed class EngineHost(EmbeddedEngine engine) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.StartAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await engine.StopAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => engine.Ended.WaitAsync(stoppingToken);
}

internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Error, "{During}, assessment {Assessment}, effect {Effect}: {Fault}\n{Where}")]
    internal static partial void Fault(ILogger log, string during, string? assessment, string? effect, string fault, string? where);
}
