using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One detention of the child or young person in relevant youth accommodation (CFA 2014 s70(5)).</summary>
public sealed record Detention
{
    /// <summary>The number of the detention within the case, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The youth accommodation. Anything sent to the accommodation is for the person in charge.</summary>
    public required Agency Accommodation { get; init; }

    /// <summary>The youth offending team responsible for the detained person.</summary>
    public required Agency YouthOffendingTeam { get; init; }

    /// <summary>The health services commissioner (CFA 2014 s74(8)).</summary>
    public required Agency HealthServicesCommissioner { get; init; }

    /// <summary>The first day of the detention.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day on which the council became aware of the detention.</summary>
    public required DateOnly AwareOn { get; init; }

    /// <summary>The day on which the detention is expected to end, or null if that is not known.</summary>
    public DateOnly? ExpectedRelease { get; init; }

    /// <summary>Whether this council maintained a plan when the detention began.</summary>
    public bool HadPlan { get; init; }

    /// <summary>The day of the move to the present accommodation, or null if there was no move.</summary>
    public DateOnly? MovedOn { get; init; }

    /// <summary>The day of the release; null until then.</summary>
    public DateOnly? ReleasedOn { get; init; }
}
