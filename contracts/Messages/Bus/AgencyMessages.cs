using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// Agency to hub: an assessment that nobody asked for. It may be relied on instead of new advice only where the council, its author and
/// the family agree that it is enough (SEND Regs 2014 reg 6(4)).
/// </summary>
public sealed record AssessmentPushed
{
    /// <summary>Who sends it.</summary>
    public required AgencyId Agency { get; init; }

    /// <summary>The sender's own reference.</summary>
    public required string Reference { get; init; }

    /// <summary>What kind of advice it could be.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The child or young person, as the sender knows them.</summary>
    public required Child Child { get; init; }

    /// <summary>Day the assessment was completed.</summary>
    public required DateOnly CompletedOn { get; init; }

    /// <summary>What it says. Its documents travel by claim-check.</summary>
    public required AdviceContent Advice { get; init; }
}

/// <summary>School to hub: the school is closed. Evidence for the closure exception of SEND Regs 2014 regs 4(2), 5(4), 10(4), 13(3).</summary>
public sealed record SchoolClosurePublished
{
    /// <summary>The school.</summary>
    public required AgencyId School { get; init; }

    /// <summary>The school's own reference.</summary>
    public required string Reference { get; init; }

    /// <summary>First day closed.</summary>
    public required DateOnly ClosedFrom { get; init; }

    /// <summary>First day open again.</summary>
    public required DateOnly ReopensOn { get; init; }

    /// <summary>Why, for instance "summer holiday".</summary>
    public required string Reason { get; init; }
}

/// <summary>The stage of an assessment, as shown to those who take part.</summary>
public enum AssessmentStage
{
    /// <summary>A request has come in and is being decided.</summary>
    Requested,

    /// <summary>The council has decided not to assess.</summary>
    NotAssessed,

    /// <summary>Advice is being gathered.</summary>
    Assessing,

    /// <summary>The council has decided not to issue a plan.</summary>
    NoPlan,

    /// <summary>A draft plan is with the family.</summary>
    DraftPlan,

    /// <summary>The plan is final.</summary>
    FinalPlan,

    /// <summary>The assessment has ended for another reason.</summary>
    Ended,
}

/// <summary>Hub to agency: an assessment that the agency takes part in has moved on.</summary>
public sealed record AssessmentStatusChanged
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The agency that is told.</summary>
    public required AgencyId Agency { get; init; }

    /// <summary>Its stage now.</summary>
    public required AssessmentStage Stage { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>Hub to agency: a message of yours could not be used and is in the dead-letter queue, or was held and is no longer held.</summary>
public sealed record MessageRejected
{
    /// <summary>The agency that sent it.</summary>
    public required AgencyId Agency { get; init; }

    /// <summary>Its message id.</summary>
    public required string MessageId { get; init; }

    /// <summary>The queue it was sent to.</summary>
    public required string Entity { get; init; }

    /// <summary>What to change so that it can be used. Never repeats what the message held.</summary>
    public required string Reason { get; init; }
}
