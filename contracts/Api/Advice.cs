using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Api;

/// <summary>The agency that will be asked for one kind of advice.</summary>
public sealed record NamedAdviser
{
    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The adviser.</summary>
    public required Agency Agency { get; init; }
}

/// <summary>One request for advice and its status.</summary>
public sealed record AdviceRequest
{
    /// <summary>Unique within the assessment and readable: <c>medical-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>Paragraph that requires the advice, such as "reg 6(1)(c)".</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The adviser's duty to answer.</summary>
    public required AnswerDuty Duty { get; init; }

    /// <summary>The adviser; absent if the family is asked for its own views.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Number of the review; absent in an assessment.</summary>
    public int? Review { get; init; }

    /// <summary>Number of the re-assessment.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Whom the adviser must consult, reg 6(2).</summary>
    public string? AfterConsultationWith { get; init; }

    /// <summary>Day of the request.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Day the request reached the body; the body's time runs from it.</summary>
    public DateOnly? ReceivedByBodyOn { get; init; }

    /// <summary>Status of the request.</summary>
    public required RequestStatus Status { get; init; }

    /// <summary>Day of the last change of <c>Status</c>.</summary>
    public required DateOnly StatusOn { get; init; }

    /// <summary>The reason given with the last decline, return or withdrawal.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Steps of the reminder schedule already taken.</summary>
    public required IReadOnlyList<string> ChaseSteps { get; init; }

    /// <summary>Day on which the contributor expects to answer, if given.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>
    /// Day the contributor paused work on the request, if paused. The time limit keeps running.
    /// </summary>
    public DateOnly? OnHoldSince { get; init; }

    /// <summary>Day of the last reminder that an officer sent.</summary>
    public DateOnly? RemindedByHandOn { get; init; }

    /// <summary>Day on which an officer last had the request sent again.</summary>
    public DateOnly? SentAgainOn { get; init; }

    /// <summary>
    /// Day on which the hub found no channel to send the request by; absent once sent or delivered.
    /// </summary>
    public DateOnly? NotSentOn { get; init; }

    /// <summary>Day on which an officer sent the request by other means.</summary>
    public DateOnly? SentByOtherMeansOn { get; init; }

    /// <summary>Day on which the request was taken over.</summary>
    public DateOnly? TakenOverOn { get; init; }

    /// <summary>Day on which the advice came to the earlier system.</summary>
    public DateOnly? CameElsewhereOn { get; init; }

    /// <summary>Days of missed appointments notified by the body, reg 8(2)(c).</summary>
    public required IReadOnlyList<DateOnly> MissedAppointments { get; init; }

    /// <summary>Whether an answer is still awaited.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The person asked, if the agency is one person.</summary>
    public PersonAsked? Person { get; init; }

    /// <summary>Colleagues at the agency to whom the request was passed on, oldest first; absent if none.</summary>
    public IReadOnlyList<Colleague>? PassedOnTo { get; init; }

    /// <summary>How often the request's links were revoked; absent if never.</summary>
    public int? LinkRevocations { get; init; }
}

/// <summary>Advice as it was received.</summary>
public sealed record ReceivedAdvice
{
    /// <summary>
    /// Unique within the assessment: the request's id and a number, <c>medical-1.1</c>; <c>existing-1</c> for advice
    /// relied on.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Id of the answered request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Number of the review; absent in an assessment.</summary>
    public int? Review { get; init; }

    /// <summary>Number of the re-assessment.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The paragraph under which the advice was sought.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>Who gave the advice; absent for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Who in the family gave it.</summary>
    public string? Person { get; init; }

    /// <summary>Day on which the advice was received.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Content of the advice.</summary>
    public required AdviceContent Content { get; init; }

    /// <summary>Whether it was returned as insufficient and is not used.</summary>
    public required bool Returned { get; init; }

    /// <summary>Id of the advice that replaced it.</summary>
    public string? CorrectedBy { get; init; }

    /// <summary>Day on which the author withdrew the advice.</summary>
    public DateOnly? RetractedOn { get; init; }
}

/// <summary>Advice that already exists.</summary>
public sealed record ExistingAdvice
{
    /// <summary>Unique within the assessment: <c>existing-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of advice that the existing advice would replace.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>Who gave the advice.</summary>
    public required Agency Agency { get; init; }

    /// <summary>Content of the advice.</summary>
    public required AdviceContent Content { get; init; }

    /// <summary>Who agrees to its use.</summary>
    public required IReadOnlyList<AgreeingParty> AgreedBy { get; init; }

    /// <summary>The party that did not agree, so that the advice cannot be relied on.</summary>
    public AgreeingParty? RefusedBy { get; init; }

    /// <summary>Whether all three parties agreed, so that nobody is asked again.</summary>
    public required bool ReliedOn { get; init; }

    /// <summary>Number of the re-assessment in which the advice was put forward.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Whether the council proposed the advice or a social care system pushed it.</summary>
    public string? Origin { get; init; }
}

/// <summary>The family's representations or evidence, as received.</summary>
public sealed record FamilyDocuments
{
    /// <summary>Id that the sender chose; unique within the assessment.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>Kind of document.</summary>
    public required FamilyEvidenceKind Kind { get; init; }

    /// <summary>Day of receipt.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The documents.</summary>
    public required IReadOnlyList<AttachmentRef> Documents { get; init; }

    /// <summary>The family member who sent the documents; absent for the first contact or if unknown.</summary>
    public string? Person { get; init; }
}

/// <summary>An adviser that the family asked for, reg 6(1)(h).</summary>
public sealed record AdviserWish
{
    /// <summary>Id chosen by the sender.</summary>
    public required string Id { get; init; }

    /// <summary>The person or service to ask.</summary>
    public required Agency Agency { get; init; }

    /// <summary>The family's reason.</summary>
    public required string Reason { get; init; }

    /// <summary>True if the adviser was asked; false if refused, with <c>Answer</c>; null if not yet answered.</summary>
    public bool? Asked { get; init; }

    /// <summary>The reason recorded with the answer.</summary>
    public string? Answer { get; init; }

    /// <summary>Number of the re-assessment.</summary>
    public int? Reassessment { get; init; }
}
