using System.CommandLine;
using IntegrationHub.Local.Commands;

// Data goes to standard output and messages to standard error. The exit status is 0 for success, 1 if something failed, and 2 for a
// wrong command line.
var root = new RootCommand("IntegrationHub runs EHC needs assessments across agencies, on one machine. Without a command, the program starts the hub (serve).")
{
    ServeCommand.Make(),
    DemoCommand.Make(),
    DeadlinesCommand.Make(),
    ImportCommand.Make(),
    UnderWayCommand.Make(),
    Sen2Command.Make(),
    InstitutionsCommand.Make(),
    LocalOfferCommand.Make(),
    IntakeCommand.Make(),
    MovesCommand.Make(),
    StepsCommand.Make(),
    TokenCommand.Make(),
    BusConnectionCommand.Make(),
    AssessmentsCommand.Make(),
    SubjectAccessCommand.Make(),
    RetentionCommand.Make(),
    AccessLogCommand.Make(),
    KeepingCommands.Check(),
    KeepingCommands.Backup(),
    KeepingCommands.Restore(),
    ClockCommand.Make(),
};

// Serving is the main purpose of the program, so it needs no command: arguments that do not begin with a command are options of "serve".
var words = args is [var first, ..] && (root.Subcommands.Any(c => c.Name == first) || first is "-h" or "-?" or "--help" or "--version")
    ? args
    : ["serve", .. args];
return await Faults.RunAsync(RunAsync);

async Task<int> RunAsync()
{
    var parsed = root.Parse(words);
    string[] errors = parsed.Errors.Count > 0 ? [.. parsed.Errors.Select(error => error.Message)] : [.. CommonOptions.FoldersForFiles(parsed)];
    if (errors.Length > 0)
    {
        foreach (var error in errors)
        {
            Console.Error.WriteLine(error);
        }

        Console.Error.WriteLine("Use --help to see the commands and options.");
        return Exit.WrongCall;
    }

    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
