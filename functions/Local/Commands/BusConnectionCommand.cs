using System.CommandLine;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Local.Bus;
using IntegrationHub.Local.Bus.Access;

namespace IntegrationHub.Local.Commands;

/// <summary><c>bus-connection</c>: with which an agency's system reaches the embedded bus of this machine.</summary>
internal static class BusConnectionCommand
{
    internal static Command Make()
    {
        var agency = new Argument<string>("agency") { Description = "Agency, for instance urn:100001, la:330/social-care; it must be listed with reach \"bus\" in agencies.json." };
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
                var keys = BusKeyFile.Open(DataDirectory.Open(parsed.GetRequiredValue(data).FullName), [id]);
                Console.WriteLine(EmbeddedBus.ConnectionStringOf(keys.Of(id)));
                return Exit.Done;
            }
            catch (Exception wrong) when (wrong is IOException or InvalidDataException)
            {
                Console.Error.WriteLine(wrong.Message);
                return Exit.Failed;
            }
        });
        return command;
    }
}
