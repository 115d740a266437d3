using IntegrationHub.Functions.Monitoring.Wording;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>Describes decisions on the personal budget in words for the family.</summary>
internal static class BudgetWords
{
    /// <summary>What was decided, for example "Refused".</summary>
    internal static string Of(BudgetStep step) => step.Kind switch
    {
        BudgetStepKind.Agreed => $"Agreed: {Sum(step)} a year from {MonitorWords.Day(step.From)}",
        BudgetStepKind.Refused => "Refused",
        BudgetStepKind.Changed when step.AnnualAmountPounds == 0 => $"Stopped from {MonitorWords.Day(step.From)}",
        BudgetStepKind.Changed => $"Changed to {Sum(step)} a year from {MonitorWords.Day(step.From)}",
        _ => step.Stands == true ? "Reviewed: the decision still applies" : "Reviewed: the decision no longer applies",
    };

    private static string Sum(BudgetStep step) => Words.Pounds(step.AnnualAmountPounds!.Value);
}
