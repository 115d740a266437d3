using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One detention of the child or young person in relevant youth accommodation (CFA 2014 s70(5)).</summary>
public sealed record Detention
{
    /// <summary>1 for the first of the case.</summary>
    public required int Number { get; init; }

    /// <summary>The accommodation; what is sent to it is for the person in charge.</summary>
    public required Agency Accommodation { get; init; }

    /// <summary>The youth offending team responsible for the detained person.</summary>
    public required Agency YouthOffendingTeam { get; init; }

    /// <summary>The health services commissioner (CFA 2014 s74(8)).</summary>
    public required Agency HealthServicesCommissioner { get; init; }

    /// <summary>First day of the detention.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Day on which the council became aware of it.</summary>
    public required DateOnly AwareOn { get; init; }

    /// <summary>Day on which it is expected to end; null where that is not known.</summary>
    public DateOnly? ExpectedRelease { get; init; }

    /// <summary>Whether this council maintained a plan when it began.</summary>
    public bool HadPlan { get; init; }

    /// <summary>Day of the move to the present accommodation; null where there was none.</summary>
    public DateOnly? MovedOn { get; init; }

    /// <summary>Day of the release; null until then.</summary>
    public DateOnly? ReleasedOn { get; init; }
}
