using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>Plans with a line in the personal budget.</summary>
internal static class Budgeted
{
    /// <summary>A line of section F in every plan that is made from <see cref="Cases.Content"/>.</summary>
    internal static string Line { get; } = "medical-1.1/p1";

    /// <summary>A direct payment to a parent.</summary>
    internal static DecideOnBudgetLine Agreement(DateOnly askedOn, DateOnly from) =>
        new(Line, true, askedOn, "Paid each month; keep the bills.", PersonalBudgetForm.DirectPayment, 2400, from, "Jo Example", Excluded: false);

    internal static Life Paid(Life life, DateOnly from) => life.Do(Agreement(life.Today, from));
}
