using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Bus;

/// <summary>A message about one request for advice in one assessment.</summary>
public interface IAdviceMessage
{
    /// <summary>The assessment, whose id is also the session id on the bus.</summary>
    AssessmentId Assessment { get; }

    /// <summary>The hub's id for the request within the assessment.</summary>
    string Request { get; }

    /// <summary>The agency that is asked or answers.</summary>
    AgencyId Agency { get; }
}

/// <summary>Hub to agency: please advise. SEND Regs 2014 reg 6(1); an answer is due within six weeks of the request (reg 8(1)).</summary>
public sealed record AdviceRequested : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>The council that asks.</summary>
    public required LocalAuthorityCode Council { get; init; }

    /// <summary>The kind of advice requested.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>The day on which the request was made.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Last day for the answer.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>What the council particularly wants to know.</summary>
    public string? Instructions { get; init; }

    /// <summary>What the family wrote and the evidence it sent, which must come with the request (reg 6(3)).</summary>
    public IReadOnlyList<AttachmentRef> Attachments { get; init; } = [];
}

/// <summary>Hub to agency: we are still waiting for your answer.</summary>
public sealed record AdviceReminder : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>Last day for the answer.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The number of the reminder: 1 for the first, 2 for the next.</summary>
    public required int Number { get; init; }
}

/// <summary>Hub to agency: your answer is late, and a senior officer has been notified.</summary>
public sealed record AdviceEscalation : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>The last day for the answer, which has passed.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The role that was notified, for instance "Designated Medical Officer", and never a person's name.</summary>
    public required string EscalatedTo { get; init; }
}

/// <summary>Hub to agency: your answer is no longer needed.</summary>
public sealed record AdviceRequestWithdrawn : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>Why the request was withdrawn.</summary>
    public required string Reason { get; init; }
}

/// <summary>Agency to hub: we have received your request.</summary>
public sealed record AdviceAcknowledged : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>When the agency received the request.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>Agency to hub: we will advise.</summary>
public sealed record AdviceAccepted : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>The day on which the agency expects to answer.</summary>
    public DateOnly? ExpectedOn { get; init; }
}

/// <summary>Why an agency declines to advise.</summary>
public enum DeclineReason
{
    /// <summary>The child is not known to the service, which therefore has nothing to report.</summary>
    NotKnown,

    /// <summary>The child lives outside the area that the service serves.</summary>
    OutOfArea,

    /// <summary>Another service can give the advice requested.</summary>
    OtherService,

    /// <summary>Another reason, given in the explanation.</summary>
    Other,
}

/// <summary>Agency to hub: we will not advise.</summary>
public sealed record AdviceDeclined : IAdviceMessage
{
    /// <summary>The longest explanation, in characters.</summary>
    public const int MaxExplanationLength = 19_900;

    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>The reason as a code.</summary>
    public required DeclineReason Reason { get; init; }

    /// <summary>The reason as text.</summary>
    public required string Explanation { get; init; }
}

/// <summary>Agency to hub: here is the advice.</summary>
public sealed record AdviceSubmitted : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>The advice, whose documents are sent by claim check.</summary>
    public required AdviceContent Advice { get; init; }

    /// <summary>
    /// Why this advice replaces earlier advice. A second submission for a request corrects the first: both are stored, and the council is
    /// notified.
    /// </summary>
    public string? Correction { get; init; }
}

/// <summary>Agency to hub: our advice was wrong or about another child, and should no longer be used.</summary>
public sealed record AdviceRetracted : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>Why the advice is retracted.</summary>
    public required string Reason { get; init; }
}

/// <summary>What an agency reports about a request, apart from the answer itself.</summary>
public enum ReportKind
{
    /// <summary>Other information for the council.</summary>
    Note,

    /// <summary>Work on the advice is paused. The time limit keeps running.</summary>
    OnHold,

    /// <summary>Work continues after a pause.</summary>
    Resumed,

    /// <summary>When the agency plans to work on the request.</summary>
    Planned,

    /// <summary>The agency thinks that a statutory exception applies; the council decides.</summary>
    ExceptionClaimed,
}

/// <summary>Agency to hub: the progress of our work on your request.</summary>
public sealed record AdviceReported : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>The kind of report.</summary>
    public required ReportKind Report { get; init; }

    /// <summary>The report as text.</summary>
    public required string Text { get; init; }
}
