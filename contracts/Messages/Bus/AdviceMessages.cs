using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Bus;

/// <summary>A message that belongs to one request for advice of one assessment.</summary>
public interface IAdviceMessage
{
    /// <summary>The assessment; also the session id on the bus.</summary>
    AssessmentId Assessment { get; }

    /// <summary>The request within the assessment, as the hub named it.</summary>
    string Request { get; }

    /// <summary>The agency that is asked, or that answers.</summary>
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

    /// <summary>Which advice is asked for.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>Day of the request.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Last day for the answer.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>What the council particularly wants to know.</summary>
    public string? Instructions { get; init; }

    /// <summary>What the family wrote and the evidence it sent, which must come with the request (reg 6(3)).</summary>
    public IReadOnlyList<AttachmentRef> Attachments { get; init; } = [];
}

/// <summary>Hub to agency: the answer is still awaited.</summary>
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

    /// <summary>1 for the first reminder, 2 for the next.</summary>
    public required int Number { get; init; }
}

/// <summary>Hub to agency: the answer is late, and somebody senior has been told.</summary>
public sealed record AdviceEscalation : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>The day that has passed.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The role that was told, for instance "Designated Medical Officer". Never a person's name.</summary>
    public required string EscalatedTo { get; init; }
}

/// <summary>Hub to agency: no answer is needed any more.</summary>
public sealed record AdviceRequestWithdrawn : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>Agency to hub: the request has come in.</summary>
public sealed record AdviceAcknowledged : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>When it came in.</summary>
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

    /// <summary>Day on which the agency expects to answer.</summary>
    public DateOnly? ExpectedOn { get; init; }
}

/// <summary>Why an agency does not advise.</summary>
public enum DeclineReason
{
    /// <summary>The child is not known to the service, which therefore has nothing to report.</summary>
    NotKnown,

    /// <summary>The child lives outside the area that the service serves.</summary>
    OutOfArea,

    /// <summary>Another service has what is asked for.</summary>
    OtherService,

    /// <summary>Something else, given in the explanation.</summary>
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

    /// <summary>Why, as a code.</summary>
    public required DeclineReason Reason { get; init; }

    /// <summary>Why, in words.</summary>
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

    /// <summary>The advice. Its documents travel by claim-check.</summary>
    public required AdviceContent Advice { get; init; }

    /// <summary>
    /// Why it takes the place of an earlier one. A second submission under one request corrects the first: both are kept, and the council is told.
    /// </summary>
    public string? Correction { get; init; }
}

/// <summary>Agency to hub: our advice was wrong, or about another child; it should no longer count.</summary>
public sealed record AdviceRetracted : IAdviceMessage
{
    /// <inheritdoc/>
    public required AssessmentId Assessment { get; init; }

    /// <inheritdoc/>
    public required string Request { get; init; }

    /// <inheritdoc/>
    public required AgencyId Agency { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>What an agency says about a request apart from answering it.</summary>
public enum ReportKind
{
    /// <summary>Other information for the council.</summary>
    Note,

    /// <summary>Work on the advice pauses. The limit runs on.</summary>
    OnHold,

    /// <summary>Work continues after a pause.</summary>
    Resumed,

    /// <summary>When the agency works on it.</summary>
    Planned,

    /// <summary>The agency thinks that a statutory exception applies; the council decides.</summary>
    ExceptionClaimed,
}

/// <summary>Agency to hub: how the request stands with us.</summary>
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

    /// <summary>The report in words.</summary>
    public required string Text { get; init; }
}
