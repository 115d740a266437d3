using System.CommandLine;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Local.Hosting;

namespace IntegrationHub.Local.Commands;

/// <summary><c>bus-connection</c>: prints the connection string with which an agency's system reaches the embedded bus of this
/// machine.</summary>
internal static class BusConnectionCommand
{
    internal static Command Make()
    {
        var agency = new Argument<string>("agency") { Description = "Agency, for example urn:100001 or la:330/social-care; it must be listed with reach \"bus\" in agencies.json." };
        var data = CommonOptions.Data();
        var command = new Command("bus-connection", "Print an agency's connection string for the embedded bus.") { agency, data };
        command.SetAction(parsed =>
        {
            if (!AgencyId.TryParse(parsed.GetRequiredValue(agency), out var id, out var problem))
            {
                Console.Error.WriteLine(problem);
                return Exit.WrongCall;
            }

            try
            {
                var directory = DataDirectory.Open(parsed.GetRequiredValue(data).FullName);
                if (AgenciesFile.Read(directory).For(id).Reach != Reach.Bus)
                {
                    Console.Error.WriteLine($"{id} is not listed with reach \"bus\" in {Path.Combine(directory, AgenciesFile.Name)}. Add it, restart the hub, and run this command again.");
                    return Exit.Failed;
                }

                Console.WriteLine(BusServer.ConnectionStringOf(BusKeyFile.Open(directory, [id]).Of(id), PortOf(directory)));
                return Exit.Done;
            }
            catch (Exception wrong) when (wrong is IOException or InvalidDataException or AgenciesFileException)
            {
                Console.Error.WriteLine(wrong.Message);
                return Exit.Failed;
            }
        });
        return command;
    }

    /// <summary>The configured port of the bus on this machine. If the configuration lets the hub choose a port, this is the port chosen
    /// when the hub last started.</summary>
    private static int PortOf(string directory)
    {
        var options = SettingsReader.Read<EmbeddedBusOptions>(
            new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().Build());
        return options.Port > 0 ? options.Port : BusServer.LastPort(Path.Combine(directory, LocalBusSetup.Folder)) ?? BusOptions.SdkPort;
    }
}
