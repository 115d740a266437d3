using System.CommandLine;
using IntegrationHub.Local.Demo;

namespace IntegrationHub.Local.Commands;

/// <summary><c>demo</c>: runs a complete assessment and the plan's first two years in seconds, through the interfaces of a running
/// hub.</summary>
internal static class DemoCommand
{
    internal static Command Make()
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var pushTo = new Option<Uri?>("--push-to")
        {
            Description = "Base address of a FHIR R4 server to use as the community trust's server, instead of the built-in server.",
            HelpName = "URL",
            CustomParser = given => Uri.TryCreate(given.Tokens.Single().Value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) ? address : Wrong(given),
        };
        var toFinalPlan = new Option<bool>("--to-final-plan") { Description = "Stop after the final plan, without the review, the amendment, the phase transfer and the move." };
        var command = new Command("demo", "Run a complete assessment with fake agencies on a virtual clock, and then the plan until it is transferred to a second hub.") { data, json, pushTo, toFinalPlan };
        command.SetAction(async (parsed, cancellationToken) =>
            await DemoRun.RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(pushTo), parsed.GetValue(json), cancellationToken, toFinalPlan: parsed.GetValue(toFinalPlan)) ? Exit.Done : Exit.Failed);
        return command;
    }

    private static Uri? Wrong(System.CommandLine.Parsing.ArgumentResult given)
    {
        given.AddError("--push-to must be an https address (http only on this machine).");
        return null;
    }
}
