using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>What is known of a plan issued elsewhere. What is not known is absent.</summary>
public sealed record TakenPlan
{
    /// <summary>Day on which the plan in force was issued.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>The council that transferred it (reg 15); absent: it was this council's.</summary>
    public LocalAuthorityCode? FromCouncil { get; init; }

    /// <summary>Day of that transfer.</summary>
    public DateOnly? TransferredOn { get; init; }

    /// <summary>Day on which its last review was decided; absent: not known, or never.</summary>
    public DateOnly? LastReviewedOn { get; init; }

    /// <summary>It is known that it was never reviewed.</summary>
    public required bool NeverReviewed { get; init; }

    /// <summary>What its section I names; absent: not known.</summary>
    public Placement? Placement { get; init; }

    /// <summary>The file, its hash and the row.</summary>
    public required string Source { get; init; }
}

/// <summary>A plan that was taken over.</summary>
public sealed record TakenOverPlan
{
    /// <summary>Day it was taken over.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What is known of it.</summary>
    public required TakenPlan Plan { get; init; }

    /// <summary>Its section K; absent: not entered.</summary>
    public IReadOnlyList<string>? Appendices { get; init; }
}
