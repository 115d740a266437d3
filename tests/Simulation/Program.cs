using IntegrationHub.Simulation;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// A word is a command of the simulation; options, or nothing, are for the runner of this folder's tests.
return args switch
{
    [var word, ..] when word.Length > 0 && char.IsAsciiLetter(word[0]) => await SimulateCommand.AnswerAsync(args, Console.Out, Console.Error, CancellationToken.None),
    _ when args.Contains("-automated") || args.Contains("@@") => await ConsoleRunner.Run(args),
    _ => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
};
