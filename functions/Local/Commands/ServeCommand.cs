using System.CommandLine;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Commands;

/// <summary><c>serve</c>: runs the hub.</summary>
internal static class ServeCommand
{
    internal static Command Make()
    {
        var url = new Option<string>("--url") { Description = "Address on which the hub listens.", DefaultValueFactory = _ => "http://localhost:7071", HelpName = "URL" };
        var development = new Option<bool>("--development")
        {
            Description = "Try out the hub on this machine only, with development tokens and a monitor without a password. Do not use development mode for real cases.",
        };
        var dayOne = new Option<bool>("--day-one") { Description = "Count the day of receipt as day 1 (docs/adr/0002-counting-rule.md)." };
        var data = CommonOptions.Data();
        var command = new Command("serve", "Run the hub. This is what the program does if no command is given.") { url, data, development, dayOne };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new LocalHubOptions
            {
                DataDirectory = parsed.GetRequiredValue(data).FullName,
                Url = parsed.GetRequiredValue(url),
                Development = parsed.GetValue(development) ? true : null,
                Counting = parsed.GetValue(dayOne) ? CountingPractice.DayOne : CountingPractice.AfterTheDay,
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LocalHubOptions options, CancellationToken cancellationToken)
    {
        await using var hub = LocalHub.Build(options);
        try
        {
            await hub.StartAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody stopped the hub; a background service ended while the hub was starting.
            Console.Error.WriteLine("The hub failed during start-up.");
            return Exit.Failed;
        }
        catch (IOException)
        {
            // The hub's address is in use by another program. The services that have started are stopped before their stores are closed, so
            // none of them reports a fault.
            await hub.StopAsync(CancellationToken.None);
            throw;
        }

        var address = LocalHub.AddressOf(hub);
        Console.Error.WriteLine($"The hub listens on {address}; its data is in {options.DataDirectory}. The API is described at {address}openapi/v1.json");
        if (hub.Services.GetRequiredService<AccessOptions>().Development)
        {
            Console.Error.WriteLine("The hub runs in development mode: anybody on this machine can act as any user. Never enter a real child's data.");
        }
        else if (!hub.Services.GetRequiredService<MonitorOptions>().IsEnabled)
        {
            Console.Error.WriteLine("The monitor is off, because nobody could sign in: set Monitor:Authority and Monitor:ClientId.");
        }

        if (!hub.Services.GetRequiredService<INoticeChannel>().Sends)
        {
            Console.Error.WriteLine(NoticesSetup.NothingIsSent);
        }

        Console.Error.WriteLine(hub.Services.GetRequiredService<AgencyDirectory>().UnreachableWarning);
        if (hub.Services.GetService<BusServer>() is { } bus)
        {
            Console.Error.WriteLine($"The embedded bus listens on port {bus.Port} of this machine. To print an agency's connection string, run bus-connection AGENCY");
        }

        await hub.WaitForShutdownAsync(cancellationToken);
        return HowItEnded(hub.Services);
    }

    /// <summary>The exit status. If somebody stopped the hub, the exit status is that of success. If background work ended in a fault,
    /// nobody stopped the hub, so its supervisor must get an error.</summary>
    internal static int HowItEnded(IServiceProvider services)
    {
        var faulted = services.GetServices<IHostedService>().OfType<BackgroundService>().Where(service => service.ExecuteTask is { IsFaulted: true }).ToList();
        foreach (var service in faulted)
        {
            Console.Error.WriteLine($"The hub stopped because of a fault in {service.GetType().Name} ({service.ExecuteTask!.Exception!.GetBaseException().GetType().Name}); the hub's log says where.");
        }

        return faulted.Count == 0 ? Exit.Done : Exit.Failed;
    }
}
