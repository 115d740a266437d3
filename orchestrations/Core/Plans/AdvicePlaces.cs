using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>The section of the plan to which each part of the advice belongs.</summary>
public static class AdvicePlaces
{
    /// <summary>The section of the plan to which a need belongs.</summary>
    public static PlanSectionLetter Of(NeedArea area) => area switch
    {
        NeedArea.Education => PlanSectionLetter.B,
        NeedArea.Health => PlanSectionLetter.C,
        NeedArea.SocialCare => PlanSectionLetter.D,
        _ => throw new ArgumentOutOfRangeException(nameof(area), area, "This kind of need does not belong in any section of the plan."),
    };

    /// <summary>The section of the plan to which provision of one kind belongs.</summary>
    public static PlanSectionLetter Of(ProvisionKind kind) => kind switch
    {
        ProvisionKind.Education => PlanSectionLetter.F,
        ProvisionKind.Health => PlanSectionLetter.G,
        ProvisionKind.SocialCareSection2 => PlanSectionLetter.H1,
        ProvisionKind.SocialCareOther => PlanSectionLetter.H2,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of provision does not belong in any section of the plan."),
    };
}
