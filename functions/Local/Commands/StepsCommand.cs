using System.CommandLine;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Commands;

/// <summary><c>steps</c>: prints the steps that can be submitted to a case, and the facts that can be recorded in it.</summary>
internal static class StepsCommand
{
    internal static Command Make()
    {
        var command = new Command("steps", "Print, as Markdown, every step that can be sent to a case and every fact that can be recorded in a case.");
        command.SetAction(_ =>
        {
            Console.Out.Write(StepPage.Markdown());
            return Exit.Done;
        });
        return command;
    }
}
