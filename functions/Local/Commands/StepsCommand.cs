using System.CommandLine;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Commands;

/// <summary><c>steps</c>: what can be sent to a case, and which facts result from it.</summary>
internal static class StepsCommand
{
    internal static Command Make()
    {
        var command = new Command("steps", "Print every step that can be sent to a case and every fact that is kept, as Markdown.");
        command.SetAction(_ =>
        {
            Console.Out.Write(StepPage.Markdown());
            return Exit.Done;
        });
        return command;
    }
}
