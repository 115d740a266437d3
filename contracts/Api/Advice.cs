using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Api;

/// <summary>The agency that will be asked for one kind of advice.</summary>
public sealed record NamedAdviser
{
    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>Who is asked.</summary>
    public required Agency Agency { get; init; }
}

/// <summary>One request for advice and where it stands.</summary>
public sealed record AdviceRequest
{
    /// <summary>Unique within the assessment and readable: <c>medical-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The paragraph that demands it, for instance "reg 6(1)(c)".</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The duty under which it is answered.</summary>
    public required AnswerDuty Duty { get; init; }

    /// <summary>Who is asked; absent where the family itself is asked for its views.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Number of the review it is for; absent in an assessment.</summary>
    public int? Review { get; init; }

    /// <summary>Number of the re-assessment it is for.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Whom the adviser must consult, reg 6(2).</summary>
    public string? AfterConsultationWith { get; init; }

    /// <summary>Day it was asked.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Day the request reached the body; its own clock starts here.</summary>
    public DateOnly? ReceivedByBodyOn { get; init; }

    /// <summary>Where it stands.</summary>
    public required RequestStatus Status { get; init; }

    /// <summary>Day of the last change of <c>Status</c>.</summary>
    public required DateOnly StatusOn { get; init; }

    /// <summary>The reason given with the last decline, return or withdrawal.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Steps of the chase ladder already taken.</summary>
    public required IReadOnlyList<string> ChaseSteps { get; init; }

    /// <summary>Day on which the contributor expects to answer; absent where none was given.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>
    /// Day on which the contributor paused work on it; absent while not paused. Its limit keeps running.
    /// </summary>
    public DateOnly? OnHoldSince { get; init; }

    /// <summary>Day of the last reminder that a person sent by hand.</summary>
    public DateOnly? RemindedByHandOn { get; init; }

    /// <summary>Day on which a person last had the request sent again.</summary>
    public DateOnly? SentAgainOn { get; init; }

    /// <summary>
    /// Day on which the hub found that it has no channel to send it by; absent once it was sent or has arrived.
    /// </summary>
    public DateOnly? NotSentOn { get; init; }

    /// <summary>Day on which a person sent it by other means.</summary>
    public DateOnly? SentByOtherMeansOn { get; init; }

    /// <summary>Days of missed appointments notified by the body, reg 8(2)(c).</summary>
    public required IReadOnlyList<DateOnly> MissedAppointments { get; init; }

    /// <summary>An answer is still awaited.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Who is asked, where the agency is one person; absent otherwise.</summary>
    public PersonAsked? Person { get; init; }

    /// <summary>Colleagues within the agency to whom the request was passed on, oldest first; absent: to nobody.</summary>
    public IReadOnlyList<Colleague>? PassedOnTo { get; init; }

    /// <summary>How often the links to its page were revoked; absent: never.</summary>
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

    /// <summary>The request it answers.</summary>
    public string? RequestId { get; init; }

    /// <summary>Number of the review it is for; absent in an assessment.</summary>
    public int? Review { get; init; }

    /// <summary>Number of the re-assessment it is for.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The paragraph it was sought under.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>Who gave it; absent for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Day it was received.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>What it says.</summary>
    public required AdviceContent Content { get; init; }

    /// <summary>It was returned as insufficient and does not count.</summary>
    public required bool Returned { get; init; }

    /// <summary>The id of the advice that came in its place.</summary>
    public string? CorrectedBy { get; init; }

    /// <summary>Day on which its author took it back.</summary>
    public DateOnly? RetractedOn { get; init; }
}

/// <summary>Advice that already exists.</summary>
public sealed record ExistingAdvice
{
    /// <summary>Unique within the assessment: <c>existing-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of advice that it would replace.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>Who gave it.</summary>
    public required Agency Agency { get; init; }

    /// <summary>What it says.</summary>
    public required AdviceContent Content { get; init; }

    /// <summary>Who has agreed so far.</summary>
    public required IReadOnlyList<AgreeingParty> AgreedBy { get; init; }

    /// <summary>Somebody did not agree: it cannot be relied on.</summary>
    public AgreeingParty? RefusedBy { get; init; }

    /// <summary>All three agreed, so it is used as the advice and nobody is asked again.</summary>
    public required bool ReliedOn { get; init; }

    /// <summary>Number of the re-assessment it was put forward in.</summary>
    public int? Reassessment { get; init; }

    /// <summary>A proposal of the council, or a message that a social care system pushed.</summary>
    public string? Origin { get; init; }
}

/// <summary>Representations or evidence of the family, as received.</summary>
public sealed record FamilyDocuments
{
    /// <summary>Id chosen by the sender; unique in the assessment.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>Its kind.</summary>
    public required FamilyEvidenceKind Kind { get; init; }

    /// <summary>Day they were received.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The documents.</summary>
    public required IReadOnlyList<AttachmentRef> Documents { get; init; }

    /// <summary>Which family member sent them; absent: the first contact, or not known.</summary>
    public string? Person { get; init; }
}

/// <summary>An adviser that the family asked for, reg 6(1)(h).</summary>
public sealed record AdviserWish
{
    /// <summary>Id chosen by the sender.</summary>
    public required string Id { get; init; }

    /// <summary>The person or service.</summary>
    public required Agency Agency { get; init; }

    /// <summary>Why the family asks.</summary>
    public required string Reason { get; init; }

    /// <summary>True: asked. False: refused, with <c>Answer</c>. Null: not answered yet.</summary>
    public bool? Asked { get; init; }

    /// <summary>The recorded reason.</summary>
    public string? Answer { get; init; }

    /// <summary>Number of the re-assessment it is for.</summary>
    public int? Reassessment { get; init; }
}
