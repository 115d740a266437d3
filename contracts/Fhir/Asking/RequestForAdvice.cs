using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Fhir.Asking;

/// <summary>
/// How an open request stands against its statutory time limit. Task.businessStatus states this in addition to the status.
/// </summary>
public enum RequestProgress
{
    /// <summary>The request is in time, or has not been checked yet.</summary>
    Open,

    /// <summary>The hub has sent the body a reminder.</summary>
    Chased,

    /// <summary>The body says that an exception of reg 8(2) or reg 5(4) applies to it.</summary>
    ExceptionClaimed,
}

/// <summary>The review of a plan for which advice is requested.</summary>
/// <param name="Number">Number of the review: 1 for the plan's first review.</param>
/// <param name="MeetingOn">Day of the meeting.</param>
/// <param name="Lines">The outcomes and the provision of the plan, which are reviewed one by one.</param>
public sealed record ReviewRequest(int Number, DateOnly MeetingOn, IReadOnlyList<ReviewedLine> Lines);

/// <summary>A line of the plan that is reviewed.</summary>
/// <param name="Line">Id of the line in the plan. An answer refers to the line by this id.</param>
/// <param name="Section">The section of the plan, for instance E or F.</param>
/// <param name="Text">Text of the line.</param>
public sealed record ReviewedLine(string Line, string Section, string Text);

/// <summary>The statutory request to one body for one kind of advice about one child.</summary>
public sealed record RequestForAdvice
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>
    /// Id of the request: 1 to 128 characters, unique among all requests. Every FHIR id of the request is derived from it.
    /// </summary>
    public required string RequestId { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>The council that asks.</summary>
    public required Agency Council { get; init; }

    /// <summary>The body that is asked for advice.</summary>
    public required Agency Provider { get; init; }

    /// <summary>The child's school, if any.</summary>
    public Agency? School { get; init; }

    /// <summary>The kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The legal basis, for instance <c>SEND Regulations 2014 reg 6(1)(c)</c>.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>Day on which the council made the request.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Day on which the body received the request, or null until it is known. The six weeks that reg 8(1) allows for the advice
    /// run from this day.</summary>
    public DateOnly? ReceivedByBodyOn { get; init; }

    /// <summary>Last day on which the advice is in time.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The text of the request.</summary>
    public required string Asked { get; init; }

    /// <summary>The family's representations and evidence, which go with the request (SEND Regs 2014 reg 6(3)).</summary>
    public IReadOnlyList<AttachmentRef> Documents { get; init; } = [];

    /// <summary>
    /// Address of the hub from which <see cref="Documents"/> are fetched, without a final slash. The address is empty when the hub itself
    /// reads the request, because the documents' addresses are then relative.
    /// </summary>
    public string HubAddress { get; init; } = "";

    /// <summary>The review for which advice is requested, or null for an assessment.</summary>
    public ReviewRequest? Review { get; init; }

    /// <summary>Whether a reminder was sent or an exception was claimed.</summary>
    public RequestProgress Standing { get; init; }
}
