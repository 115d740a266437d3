using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// Agency to hub: an assessment that the council did not request. The council may rely on the assessment instead of new advice only if the
/// council, the author and the family agree that the assessment is sufficient (SEND Regs 2014 reg 6(4)).
/// </summary>
public sealed record AssessmentPushed
{
    /// <summary>The agency that sends the assessment.</summary>
    public required AgencyId Agency { get; init; }

    /// <summary>The sender's own reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The kind of advice that the assessment could serve as.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The child or young person, with the details that the sender has.</summary>
    public required Child Child { get; init; }

    /// <summary>The day on which the assessment was completed.</summary>
    public required DateOnly CompletedOn { get; init; }

    /// <summary>The content of the assessment, whose documents are sent by claim check.</summary>
    public required AdviceContent Advice { get; init; }
}

/// <summary>School to hub: the school is closed. The message is evidence for the closure exception of SEND Regs 2014 regs 4(2), 5(4),
/// 10(4), 13(3).</summary>
public sealed record SchoolClosurePublished
{
    /// <summary>The school.</summary>
    public required AgencyId School { get; init; }

    /// <summary>The school's own reference.</summary>
    public required string Reference { get; init; }

    /// <summary>First day on which the school is closed.</summary>
    public required DateOnly ClosedFrom { get; init; }

    /// <summary>First day on which the school is open again.</summary>
    public required DateOnly ReopensOn { get; init; }

    /// <summary>Why the school is closed, for instance "summer holiday".</summary>
    public required string Reason { get; init; }
}

/// <summary>The stage of an assessment, as shown to those who take part.</summary>
public enum AssessmentStage
{
    /// <summary>A request has been received and is being decided.</summary>
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

/// <summary>Hub to agency: an assessment in which you take part has reached a new stage.</summary>
public sealed record AssessmentStatusChanged
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The agency that is notified.</summary>
    public required AgencyId Agency { get; init; }

    /// <summary>The present stage of the assessment.</summary>
    public required AssessmentStage Stage { get; init; }

    /// <summary>When the assessment reached this stage.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>Hub to agency: your message could not be used; it is in the dead-letter queue, or the hub no longer holds it.</summary>
public sealed record MessageRejected
{
    /// <summary>The agency that sent the message.</summary>
    public required AgencyId Agency { get; init; }

    /// <summary>The id of the message.</summary>
    public required string MessageId { get; init; }

    /// <summary>The queue to which the message was sent.</summary>
    public required string Entity { get; init; }

    /// <summary>What to change so that the message can be used. The reason never repeats the content of the message.</summary>
    public required string Reason { get; init; }
}
