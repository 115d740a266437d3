using System.Runtime.CompilerServices;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.NewStep.Tests;

internal static class Registration
{
    /// <summary>A step in Core needs no such line: its assembly is looked through anyway.</summary>
    [ModuleInitializer]
    internal static void Include() => StepCatalogue.Include(typeof(HoldReviewMeeting).Assembly);
}
