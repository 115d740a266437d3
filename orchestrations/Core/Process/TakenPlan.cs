using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A plan that was issued elsewhere, and what is known of it. What is not known is null, and asked of a person.</summary>
public sealed record TakenPlan
{
    /// <summary>Day on which the plan in force was issued.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>The council that transferred it (reg 15); null: it was this council's.</summary>
    public LocalAuthorityCode? FromCouncil { get; init; }

    /// <summary>Day of that transfer.</summary>
    public DateOnly? TransferredOn { get; init; }

    /// <summary>Day on which its last review was decided; null: not known, or never.</summary>
    public DateOnly? LastReviewedOn { get; init; }

    /// <summary>It is known that it was never reviewed.</summary>
    public bool NeverReviewed { get; init; }

    /// <summary>What its section I names; null: not known.</summary>
    public Placement? Placement { get; init; }

    /// <summary>From where these facts come: the file, its hash and the row.</summary>
    public required string Source { get; init; }
}

/// <summary>A plan that was taken over.</summary>
/// <param name="On">Day on which it was: limits that had passed by then were found, not missed here.</param>
/// <param name="Plan">What is known of it.</param>
/// <param name="Appendices">What its section K lists; null: not entered.</param>
public sealed record TakenOverPlan(DateOnly On, TakenPlan Plan, IReadOnlyList<string>? Appendices = null);
