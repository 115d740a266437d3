using System.CommandLine;
using System.Net.Sockets;
using System.Security.Cryptography;
using IntegrationHub.Local.Bus;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Commands;

/// <summary><c>serve</c>: runs the hub.</summary>
internal static class ServeCommand
{
    internal static Command Make()
    {
        var url = new Option<string>("--url") { Description = "Address to listen at.", DefaultValueFactory = _ => "http://localhost:7071", HelpName = "URL" };
        var dayOne = new Option<bool>("--day-one") { Description = "Count the day of receipt as day 1 (docs/adr/0002-counting-rule.md)." };
        var data = CommonOptions.Data();
        var command = new Command("serve", "Serve the hub (this is also what happens without a command).") { url, data, dayOne };
        command.SetAction((parsed, cancellation) => RunAsync(
            new LocalHubOptions
            {
                DataDirectory = parsed.GetRequiredValue(data).FullName,
                Url = parsed.GetRequiredValue(url),
                Counting = parsed.GetValue(dayOne) ? CountingPractice.DayOne : CountingPractice.AfterTheDay,
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LocalHubOptions options, CancellationToken cancellation)
    {
        try
        {
            await using var hub = LocalHub.Build(options);
            await hub.StartAsync(cancellation);
            var address = LocalHub.AddressOf(hub);
            Console.Error.WriteLine($"The hub listens at {address}; its data is in {options.DataDirectory}. API: {address}openapi/v1.json");
            if (hub.Services.GetService<EmbeddedBus>() is { } bus)
            {
                Console.Error.WriteLine($"The embedded bus listens at port {bus.Port} of this machine. Connection strings: bus-connection AGENCY");
            }

            await hub.WaitForShutdownAsync(cancellation);
            return Exit.Done;
        }
        catch (SocketException taken)
        {
            Console.Error.WriteLine($"The embedded bus cannot listen at its port ({taken.SocketErrorCode}). Set Bus:Embedded:Port to another, or Bus:Embedded:Enabled to false.");
            return Exit.Failed;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or CouncilsFileException or AgenciesFileException or StoreUnavailableException or IOException or CryptographicException)
        {
            // The start's own faults, in words: a wrong setting, a store that another hub holds, an address that is taken.
            Console.Error.WriteLine(wrong.Message);
            return Exit.Failed;
        }
    }
}
