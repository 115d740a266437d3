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

    /// <summary>Draft, final or amended final.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>1, 2, 3 ... over all versions of this plan.</summary>
    public required int Version { get; init; }

    /// <summary>The day on which it is prepared, Europe/London, which decides the child's age.</summary>
    public required DateOnly PreparedOn { get; init; }

    /// <summary>The officer responsible for it.</summary>
    public required string PreparedBy { get; init; }

    /// <summary>All advice and information obtained, in any order.</summary>
    public IReadOnlyList<PlanSource> Sources { get; init; } = [];

    /// <summary>The officers' edits, the first one first. The order matters: a later edit applies to the result of an earlier one.</summary>
    public IReadOnlyList<PlanEdit> Edits { get; init; } = [];

    /// <summary>What section K of a plan that was issued elsewhere lists; null: the plan was made here, and the section lists what was obtained.</summary>
    public PlanAppendices? Appendices { get; init; }

    /// <summary>The placement that was decided. A draft never shows it (CFA 2014 s38(5)).</summary>
    public PlanPlacement? Placement { get; init; }

    /// <summary>The personal budget, when the family asked for one and it was settled.</summary>
    public PersonalBudget? PersonalBudget { get; init; }
}

/// <summary>Section K of a plan that was issued elsewhere, in its own words.</summary>
/// <param name="Texts">Its lines.</param>
/// <param name="IssuedOn">Day on which the plan was issued.</param>
public sealed record PlanAppendices(IReadOnlyList<string> Texts, DateOnly IssuedOn);

/// <summary>One piece of advice or information obtained.</summary>
public sealed record PlanSource
{
    /// <summary>Id of the advice; the first half of the ids of its lines.</summary>
    public required string AdviceId { get; init; }

    /// <summary>The request that it answers; null where it was unsolicited.</summary>
    public string? RequestId { get; init; }

    /// <summary>Its kind by reg 6(1).</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>Why it was obtained, for instance <c>SEND Regs 2014 reg 6(1)(c)</c>.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>
    /// It came in a re-assessment of a child who has a plan: it is listed, and its passages are offered and not put beside those of the plan, which they may
    /// replace.
    /// </summary>
    public bool IsOfReassessment { get; init; }

    /// <summary>The agency; null for the family.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>The agency's name for people.</summary>
    public string? AgencyName { get; init; }

    /// <summary>The day the council received it.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>What it says.</summary>
    public required AdviceContent Content { get; init; }
}

/// <summary>The placement in section I: an institution and its type, or only the type. Reg 12(1)(i).</summary>
public sealed record PlanPlacement
{
    /// <summary>Name of the institution; null where only a type is named.</summary>
    public string? InstitutionName { get; init; }

    /// <summary>The institution's number, when it is known.</summary>
    public AgencyId? Institution { get; init; }

    /// <summary>Type, for instance "mainstream secondary school".</summary>
    public required string Type { get; init; }

    /// <summary>First day there; null where the plan does not say it.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The day it was decided; null means the day the plan is prepared.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Who decided; null means the officer who prepares the plan.</summary>
    public string? By { get; init; }
}

/// <summary>How a personal budget is held. CFA 2014 s49; Code 9.101.</summary>
public enum PersonalBudgetForm
{
    /// <summary>Direct payment to the family, who buy the provision themselves.</summary>
    DirectPayment,

    /// <summary>The council or the school holds the money (a notional budget).</summary>
    Notional,

    /// <summary>A third party holds and manages it.</summary>
    ThirdParty,

    /// <summary>A mixture of these.</summary>
    Mixed,
}

/// <summary>What was settled about a personal budget: section J.</summary>
public sealed record PersonalBudget
{
    /// <summary>Whether a budget was agreed; if not, section J says so and why.</summary>
    public required bool Agreed { get; init; }

    /// <summary>How it is held.</summary>
    public PersonalBudgetForm Form { get; init; }

    /// <summary>Pounds a year; null where none was agreed.</summary>
    public decimal? AnnualAmountPounds { get; init; }

    /// <summary>What it secures, or why it was not agreed.</summary>
    public required string Text { get; init; }

    /// <summary>The day it was settled.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The officer who settled it.</summary>
    public required string By { get; init; }

    /// <summary>Line ids of the outcomes that it serves (reg 12(1)(j)).</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];
}

/// <summary>The integrated care board's answer about section G. Reg 12(2): health provision in a plan must be agreed by it.</summary>
/// <param name="Agreed">Whether it agreed.</param>
/// <param name="By">The person who answered for the board.</param>
/// <param name="On">The day.</param>
public sealed record IcbAgreement(bool Agreed, string By, DateOnly On);
