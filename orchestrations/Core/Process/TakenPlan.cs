using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A plan that was issued elsewhere, and what is known about it. Facts that are not known are null, and an officer is asked to obtain them.
/// </summary>
public sealed record TakenPlan
{
    /// <summary>The day on which the plan in force was issued.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>The council that transferred the plan (reg 15), or null if the plan was this council's own.</summary>
    public LocalAuthorityCode? FromCouncil { get; init; }

    /// <summary>The day of the transfer from the other council.</summary>
    public DateOnly? TransferredOn { get; init; }

    /// <summary>The day of the decision after the plan's last review; null if that is not known or there was no review.</summary>
    public DateOnly? LastReviewedOn { get; init; }

    /// <summary>Whether it is known that the plan was never reviewed.</summary>
    public bool NeverReviewed { get; init; }

    /// <summary>The placement in section I of the plan, or null if that is not known.</summary>
    public Placement? Placement { get; init; }

    /// <summary>The source of the facts: the file, its hash and the row in it.</summary>
    public required string Source { get; init; }
}

/// <summary>A plan that was taken over.</summary>
/// <param name="On">The day on which the plan was taken over. Limits that had passed by that day do not count as missed by
/// this council.</param>
/// <param name="Plan">What is known about the plan.</param>
/// <param name="Appendices">The list in section K of the plan, or null if it was not entered.</param>
/// <param name="After">What happens after the transfer from another council; null until that is decided, or if there was no
/// transfer.</param>
public sealed record TakenOverPlan(DateOnly On, TakenPlan Plan, IReadOnlyList<string>? Appendices = null, AfterTransfer? After = null);

/// <summary>What the council tells the family about the time after the transfer of a plan from another council (reg 15(4)).</summary>
/// <param name="On">The day on which the council decided what happens after the transfer.</param>
/// <param name="WillAssess">Whether the council will assess.</param>
/// <param name="ReviewBy">The day by which the council will review the plan.</param>
public sealed record AfterTransfer(DateOnly On, bool WillAssess, DateOnly ReviewBy);
