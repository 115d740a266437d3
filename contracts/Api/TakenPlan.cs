using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>Details of a plan issued elsewhere. Unknown details are absent.</summary>
public sealed record TakenPlan
{
    /// <summary>Day on which the plan in force was issued.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>The council that transferred the plan (reg 15); absent for its own plans.</summary>
    public LocalAuthorityCode? FromCouncil { get; init; }

    /// <summary>Day of the transfer.</summary>
    public DateOnly? TransferredOn { get; init; }

    /// <summary>Day of the decision after the last review; absent if unknown or never reviewed.</summary>
    public DateOnly? LastReviewedOn { get; init; }

    /// <summary>Whether the plan is known never to have been reviewed.</summary>
    public required bool NeverReviewed { get; init; }

    /// <summary>The placement named in section I; absent if unknown.</summary>
    public Placement? Placement { get; init; }

    /// <summary>Source file, its checksum and row.</summary>
    public required string Source { get; init; }
}

/// <summary>A plan that was taken over.</summary>
public sealed record TakenOverPlan
{
    /// <summary>Day on which the plan was taken over.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The known details of the plan.</summary>
    public required TakenPlan Plan { get; init; }

    /// <summary>Appendices in section K; absent if not entered.</summary>
    public IReadOnlyList<string>? Appendices { get; init; }
}
