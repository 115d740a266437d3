using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Local.Demo;

/// <summary>A person or organisation that takes part in the demonstration.</summary>
internal interface IDemoPartner
{
    /// <summary>Does this partner's work for one day.</summary>
    Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken);
}
