using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Fhir.Asking;

/// <summary>How an open request stands against its statutory limit, beside its status: Task.businessStatus.</summary>
public enum AskStanding
{
    /// <summary>In time, or not yet checked.</summary>
    Open,

    /// <summary>The body was reminded.</summary>
    Chased,

    /// <summary>The body says that an exception of reg 8(2) or reg 5(4) applies to it.</summary>
    ExceptionClaimed,
}

/// <summary>The review of a plan for whose meeting advice is asked.</summary>
/// <param name="Number">Number of the review: 1 for the first of the plan.</param>
/// <param name="MeetingOn">Day of the meeting.</param>
/// <param name="Lines">The outcomes and the provision of the plan, which are looked at one by one.</param>
public sealed record AskedReview(int Number, DateOnly MeetingOn, IReadOnlyList<AskedLine> Lines);

/// <summary>A line of the plan that a review looks at.</summary>
/// <param name="Line">Its id in the plan, by which an answer names it.</param>
/// <param name="Section">The section of the plan, for instance E or F.</param>
/// <param name="Text">Its words.</param>
public sealed record AskedLine(string Line, string Section, string Text);

/// <summary>The statutory request: one body is asked for one kind of advice about one child.</summary>
public sealed record AdviceAsk
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>Id of the request: one to 128 characters, unique over all requests. Every FHIR id is derived from it.</summary>
    public required string RequestId { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>The council that asks.</summary>
    public required Agency Council { get; init; }

    /// <summary>The body that is asked.</summary>
    public required Agency Provider { get; init; }

    /// <summary>The child's school, when there is one.</summary>
    public Agency? School { get; init; }

    /// <summary>The kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The law it rests on, for instance <c>SEND Regulations 2014 reg 6(1)(c)</c>.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>Day the council asked.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Day the body received the request, once that is known: the six weeks of reg 8(1) run from it.</summary>
    public DateOnly? ReceivedByBodyOn { get; init; }

    /// <summary>Last day on which the advice is in time.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>What is asked, in words.</summary>
    public required string Asked { get; init; }

    /// <summary>The family's representations and evidence, which go with the request (SEND Regs 2014 reg 6(3)).</summary>
    public IReadOnlyList<AttachmentRef> Documents { get; init; } = [];

    /// <summary>
    /// Address of the hub at which <see cref="Documents"/> are fetched, without a slash at its end; empty for a reader that is at the hub
    /// already, to whom their addresses are relative.
    /// </summary>
    public string HubAddress { get; init; } = "";

    /// <summary>The review that it is asked for; null where it is asked for an assessment.</summary>
    public AskedReview? Review { get; init; }

    /// <summary>Whether it was chased, or an exception claimed.</summary>
    public AskStanding Standing { get; init; }
}
