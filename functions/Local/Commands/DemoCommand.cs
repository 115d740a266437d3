using System.CommandLine;
using IntegrationHub.Local.Demo;

namespace IntegrationHub.Local.Commands;

/// <summary><c>demo</c>: one whole assessment in seconds, through the running hub's own interfaces.</summary>
internal static class DemoCommand
{
    internal static Command Make()
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new Command("demo", "Run one full assessment with fake agencies, 20 weeks on a virtual clock.") { data, json };
        command.SetAction((parsed, cancellation) => DemoRun.RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(json), cancellation));
        return command;
    }
}
