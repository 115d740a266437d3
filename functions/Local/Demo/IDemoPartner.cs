using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Local.Demo;

/// <summary>Somebody who takes part in the demonstration.</summary>
internal interface IDemoPartner
{
    /// <summary>Does what this partner does on one day.</summary>
    Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken);
}
