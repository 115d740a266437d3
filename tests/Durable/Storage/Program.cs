using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace IntegrationHub.Durable.Tests.Storage;

/// <summary>The tests; and, under a word of its own, the process that one of them starts and kills.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args switch
    {
        [DriverProcess.Verb, var connection, var tables, var hub, var clock, var outside] => DriverProcess.RunAsync(connection, tables, hub, clock, outside),
        _ when args.Any(arg => arg is "-automated" or "@@") => ConsoleRunner.Run(args),
        _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
