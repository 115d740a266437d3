using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A plan that was issued elsewhere, and what is known about it. What is not known is null, and an officer is asked.</summary>
public sealed record TakenPlan
{
    /// <summary>Day on which the plan in force was issued.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>The council that transferred it (reg 15); null where it was this council's.</summary>
    public LocalAuthorityCode? FromCouncil { get; init; }

    /// <summary>Day of that transfer.</summary>
    public DateOnly? TransferredOn { get; init; }

    /// <summary>Day on which its last review was decided; null where that is not known, or it never was.</summary>
    public DateOnly? LastReviewedOn { get; init; }

    /// <summary>Whether it is known that it was never reviewed.</summary>
    public bool NeverReviewed { get; init; }

    /// <summary>What its section I names; null where that is not known.</summary>
    public Placement? Placement { get; init; }

    /// <summary>The source of these facts: the file, its hash and the row.</summary>
    public required string Source { get; init; }
}

/// <summary>A plan that was taken over.</summary>
/// <param name="On">Day on which it was taken over: limits that had passed by then were found, not missed here.</param>
/// <param name="Plan">What is known of it.</param>
/// <param name="Appendices">What its section K lists; null where it was not entered.</param>
/// <param name="After">What follows the transfer from another council; null while that is not settled, and where there was none.</param>
public sealed record TakenOverPlan(DateOnly On, TakenPlan Plan, IReadOnlyList<string>? Appendices = null, AfterTransfer? After = null);

/// <summary>What follows the transfer of a plan from another council, as the family is told (reg 15(4)).</summary>
/// <param name="On">Day on which it was settled.</param>
/// <param name="WillAssess">Whether the council will assess.</param>
/// <param name="ReviewBy">The day by which it will review the plan.</param>
public sealed record AfterTransfer(DateOnly On, bool WillAssess, DateOnly ReviewBy);
