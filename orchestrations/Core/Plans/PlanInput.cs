using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>Everything from which a version of a plan is assembled. The same input always gives the same plan.</summary>
public sealed record PlanInput
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>Kind of plan: draft, final or amended final.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>Number of the version, counted from 1 over all versions of this plan.</summary>
    public required int Version { get; init; }

    /// <summary>The day in London on which the plan is prepared, which decides the child's age.</summary>
    public required DateOnly PreparedOn { get; init; }

    /// <summary>The officer responsible for the plan.</summary>
    public required string PreparedBy { get; init; }

    /// <summary>All advice and information obtained, in any order.</summary>
    public IReadOnlyList<PlanSource> Sources { get; init; } = [];

    /// <summary>The officers' edits, earliest first. The order matters, because a later edit applies to the result of an earlier
    /// edit.</summary>
    public IReadOnlyList<PlanEdit> Edits { get; init; } = [];

    /// <summary>The list in section K of a plan that was issued elsewhere, or null if the plan was made here and the section lists the
    /// advice obtained.</summary>
    public PlanAppendices? Appendices { get; init; }

    /// <summary>The placement that was decided, which a draft never shows (CFA 2014 s38(5)).</summary>
    public PlanPlacement? Placement { get; init; }

    /// <summary>The personal budget, if the family asked for a budget and it was settled.</summary>
    public PersonalBudget? PersonalBudget { get; init; }
}

/// <summary>Section K of a plan that was issued elsewhere, in its own words.</summary>
/// <param name="Texts">Lines of section K.</param>
/// <param name="IssuedOn">Day on which the plan was issued.</param>
public sealed record PlanAppendices(IReadOnlyList<string> Texts, DateOnly IssuedOn);

/// <summary>One piece of advice or information obtained.</summary>
public sealed record PlanSource
{
    /// <summary>Id of the advice, which is the first half of the ids of its lines.</summary>
    public required string AdviceId { get; init; }

    /// <summary>The request that the advice answers, or null if the advice was unsolicited.</summary>
    public string? RequestId { get; init; }

    /// <summary>Kind of advice under reg 6(1).</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>Why the advice was obtained, for instance <c>SEND Regs 2014 reg 6(1)(c)</c>.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>
    /// Whether the advice comes from a re-assessment of a child who has a plan. Advice from a re-assessment is listed, and its passages are
    /// offered to the officer but not added to the plan, because they can replace passages of the plan.
    /// </summary>
    public bool IsFromReassessment { get; init; }

    /// <summary>The agency that gave the advice, or null for the family.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>The agency's name as people know it.</summary>
    public string? AgencyName { get; init; }

    /// <summary>The day on which the council received the advice.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Content of the advice.</summary>
    public required AdviceContent Content { get; init; }
}

/// <summary>The placement in section I: an institution and its type, or only the type. Reg 12(1)(i).</summary>
public sealed record PlanPlacement
{
    /// <summary>Name of the institution, or null if only a type is named.</summary>
    public string? InstitutionName { get; init; }

    /// <summary>The institution's number, if known.</summary>
    public AgencyId? Institution { get; init; }

    /// <summary>Type, for instance "mainstream secondary school".</summary>
    public required string Type { get; init; }

    /// <summary>First day at the placement, or null if the plan does not say so.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The day on which the placement was decided, or null for the day on which the plan is prepared.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Who decided on the placement, or null for the officer who prepares the plan.</summary>
    public string? By { get; init; }
}

/// <summary>How a personal budget is held. CFA 2014 s49; Code 9.101.</summary>
public enum PersonalBudgetForm
{
    /// <summary>Direct payment to the family, who buy the provision themselves.</summary>
    DirectPayment,

    /// <summary>The council or the school holds the money (a notional budget).</summary>
    Notional,

    /// <summary>A third party holds and manages the money.</summary>
    ThirdParty,

    /// <summary>A mixture of two or more of these arrangements.</summary>
    Mixed,
}

/// <summary>The decision on a personal budget, for section J.</summary>
public sealed record PersonalBudget
{
    /// <summary>Whether a budget was agreed; if not, section J says so and gives the reason.</summary>
    public required bool Agreed { get; init; }

    /// <summary>How the budget is held.</summary>
    public PersonalBudgetForm Form { get; init; }

    /// <summary>Pounds a year, or null if no budget was agreed.</summary>
    public decimal? AnnualAmountPounds { get; init; }

    /// <summary>What the budget secures, or why it was not agreed.</summary>
    public required string Text { get; init; }

    /// <summary>The day on which the budget was settled.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The officer who settled the budget.</summary>
    public required string By { get; init; }

    /// <summary>Line ids of the outcomes that the budget serves (reg 12(1)(j)).</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];
}

/// <summary>The integrated care board's answer about section G. Under reg 12(2) the board must agree to the health provision in a
/// plan.</summary>
/// <param name="Agreed">Whether the board agreed.</param>
/// <param name="By">The person who answered for the board.</param>
/// <param name="On">Day of the answer.</param>
public sealed record IcbAgreement(bool Agreed, string By, DateOnly On);
