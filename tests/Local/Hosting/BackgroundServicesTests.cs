using System.Reflection;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Nhs.Subscriptions;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>Nothing that runs in the background ends the hub, whatever it meets.</summary>
public sealed class BackgroundServicesTests : IDisposable
{
    /// <summary>Services that do no work of their own: they start what does, keep something alive, or say something once.</summary>
    private static readonly string[] WithoutLoop = ["EngineHost", "MeterStart", "NoticeStart", "ScanningNotice"];

    private readonly string data = Directory.CreateTempSubdirectory("background-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public void Every_hosted_service_of_the_hub_is_a_loop_that_survives_its_rounds()
    {
        Assembly[] rooms = [typeof(BackgroundLoop).Assembly, typeof(LocalHub).Assembly, typeof(EmbeddedEngine).Assembly, typeof(EmbeddedBus.BusServer).Assembly];
        var others = rooms.SelectMany(room => room.GetTypes())
            .Where(type => type is { IsAbstract: false, IsInterface: false } && typeof(IHostedService).IsAssignableFrom(type) && !typeof(BackgroundLoop).IsAssignableFrom(type))
            .Select(type => type.Name);

        Assert.Equal(WithoutLoop, others.Order());
    }

    [Fact]
    public async Task Every_loop_goes_on_when_everything_it_calls_throws()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var hub = Build(time, services =>
        {
            services.AddSingleton(Broken.Of<IFhirResourceStore>());
            services.AddSingleton(Broken.Of<INhsExchange>());
            services.AddSingleton(Broken.Of<IDocumentStore>());
            services.AddSingleton(Broken.Of<IDeadLetters>());
            services.AddSingleton(Broken.Of<IAssessmentStore>());
        });
        var loops = hub.Services.GetServices<IHostedService>().OfType<BackgroundLoop>().ToList();
        Assert.True(loops.Count >= 8, string.Join(", ", loops.Select(loop => loop.GetType().Name)));
        foreach (var loop in loops)
        {
            await loop.StartAsync(Cancel);
        }

        var work = hub.Services.GetRequiredService<BackgroundWork>();
        string[] silent = ["receiving from the bus", "the engine", "polling of the Tasks at bodies' own endpoints"];
        string[] waitFor = [.. work.Loops.Select(loop => loop.Name).Except(silent).Except(["rendering of the first pages", "update of the board", "storage of extracts", "clock check", DiskSpace.LoopName])];
        while (!waitFor.All(name => work.Loop(name) is { FailedInARow: >= 3 } or { SetAside.Count: > 0 }))
        {
            Cancel.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMinutes(10));
            hub.Services.GetRequiredService<SubscriptionDelivery>().SignalChange();
            await Task.Delay(5, Cancel);
        }

        Assert.All(loops, loop => Assert.False(loop.ExecuteTask!.IsCompleted, loop.GetType().Name));
        foreach (var loop in loops)
        {
            await loop.StopAsync(Cancel);
            Assert.False(loop.ExecuteTask!.IsFaulted, loop.GetType().Name);
        }
    }

    [Fact]
    public async Task A_hub_starts_and_serves_while_its_FHIR_file_cannot_be_written()
    {
        await using var hub = Build(new FakeTimeProvider(DateTimeOffset.UtcNow), services => services.AddSingleton(Broken.Of<IFhirResourceStore>()));

        await hub.StartAsync(Cancel);

        using var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        string ready;
        do
        {
            using var answer = await client.GetAsync("/health/ready", Cancel);
            ready = await answer.Content.ReadAsStringAsync(Cancel);
        }
        while (!ready.Contains("subscription notifications: ", StringComparison.Ordinal));

        // It lives and answers; whether it is ready is said apart, since a write to that file fails.
        Assert.Equal("live", await client.GetStringAsync("/health/live", Cancel));
        await hub.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_hub_whose_background_work_ends_by_a_fault_ends_with_an_error()
    {
        await using var hub = Build(new FakeTimeProvider(DateTimeOffset.UtcNow), services => services.AddSingleton<IHostedService, Ending>());
        await hub.StartAsync(Cancel);
        await hub.WaitForShutdownAsync(Cancel);

        Assert.Equal(1, IntegrationHub.Local.Commands.ServeCommand.HowItEnded(hub.Services));
    }

    private WebApplication Build(TimeProvider time, Action<IServiceCollection> add) => LocalHub.Build(new LocalHubOptions
    {
        DataDirectory = data,
        Development = true,
        Url = "http://127.0.0.1:0",
        Time = time,
        Agencies = [new AgencyEntry { Id = Agency("urn:100001"), Reach = Reach.Bus }],
        Bus = new EmbeddedBusOptions { Enabled = true, Port = 0 },
        Add = builder =>
        {
            builder.Logging.ClearProviders();
            add(builder.Services);
        },
    });

    private static AgencyId Agency(string id) => AgencyId.TryParse(id, out var agency, out var problem) ? agency : throw new FormatException(problem);

    private sealed class Ending(IHostApplicationLifetime life) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource();
            life.ApplicationStarted.Register(started.SetResult);
            await started.Task;
            throw new IOException("the loop ended");
        }
    }

    /// <summary>A port whose every member throws, as a file that is locked does.</summary>
    private class Broken : DispatchProxy
    {
        internal static T Of<T>()
            where T : class => Create<T, Broken>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new IOException("The file is locked.");
    }
}
