using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Advice;

/// <summary>The stages in the life of one request for advice.</summary>
public enum RequestStatus
{
    /// <summary>The request was made but is not known to have arrived.</summary>
    Requested,

    /// <summary>The request has reached the body, so the six weeks of reg 8(1) run from that day.</summary>
    Delivered,

    /// <summary>The body has confirmed receipt of the request and is considering the request.</summary>
    Acknowledged,

    /// <summary>The body has said that it will answer.</summary>
    Accepted,

    /// <summary>The body will not answer, and has given a reason.</summary>
    Declined,

    /// <summary>Advice was received and returned as insufficient; the request is open again and keeps its time limit.</summary>
    ReturnedInsufficient,

    /// <summary>Advice was received.</summary>
    Received,

    /// <summary>The council has withdrawn the request.</summary>
    Withdrawn,
}

/// <summary>The duty under which an adviser must answer, which decides the wording of the request.</summary>
public enum AnswerDuty
{
    /// <summary>A body asked under CFA 2014 s31, which is bound by the six weeks of reg 8(1).</summary>
    Section31Body,

    /// <summary>A local partner under CFA 2014 s28, which the Code expects to answer within six weeks but reg 8 does not bind.</summary>
    LocalPartner,

    /// <summary>A service of the council itself.</summary>
    OwnService,

    /// <summary>The family, or a person who works for no organisation, who is invited to answer but has no duty to do so.</summary>
    Invited,
}

/// <summary>One request for advice and its state.</summary>
public sealed record AdviceRequest
{
    /// <summary>Readable id, unique within the assessment, for instance <c>medical-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of advice that is requested.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The paragraph that requires the advice, for instance "reg 6(1)(c)".</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The duty under which the request must be answered.</summary>
    public required AnswerDuty Duty { get; init; }

    /// <summary>The agency that is asked, or null if the family is asked for its views.</summary>
    public Agency? Agency { get; init; }

    /// <summary>The person who is asked if <see cref="Agency"/> is one person who works for no organisation; otherwise null.</summary>
    public PersonAsked? Person { get; init; }

    /// <summary>Number of the review for whose meeting the advice is requested, or null for advice for an assessment.</summary>
    public int? Review { get; init; }

    /// <summary>Number of the re-assessment for which the advice is requested, or null for the first assessment or a review.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Whom the adviser must consult, reg 6(2).</summary>
    public string? AfterConsultationWith { get; init; }

    /// <summary>Day on which the advice was requested.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Day on which the request reached the body, from which the body's six weeks run.</summary>
    public DateOnly? ReceivedByBodyOn { get; init; }

    /// <summary>Current status of the request.</summary>
    public RequestStatus Status { get; init; }

    /// <summary>Day of the last change to <see cref="Status"/>.</summary>
    public DateOnly StatusOn { get; init; }

    /// <summary>The reason given with the last decline, return or withdrawal.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Keys of the chase ladder's steps that have already been taken.</summary>
    public IReadOnlyList<string> ChaseSteps { get; init => field = value ?? []; } = [];

    /// <summary>Day on which the adviser expects to answer, or null if no day has been given.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>Day on which the adviser paused work on the request, or null while work continues. The time limit for the answer continues
    /// to run.</summary>
    public DateOnly? OnHoldSince { get; init; }

    /// <summary>Day of the last reminder that was sent manually.</summary>
    public DateOnly? RemindedByHandOn { get; init; }

    /// <summary>Day on which the request was last sent again manually.</summary>
    public DateOnly? SentAgainOn { get; init; }

    /// <summary>Day on which the hub found that it could not send the request because it has no channel to the adviser; null once the
    /// request has been sent or has arrived.</summary>
    public DateOnly? NotSentOn { get; init; }

    /// <summary>Day on which the request was sent by other means.</summary>
    public DateOnly? SentByOtherMeansOn { get; init; }

    /// <summary>Colleagues within the agency to whom the request was passed on, oldest first, or null if there are none.</summary>
    public IReadOnlyList<Colleague>? PassedOnTo { get; init; }

    /// <summary>How many times the links to the request's page were revoked, or null if never. Each revocation disables all links
    /// sent up to then.</summary>
    public int? LinkRevocations { get; init; }

    /// <summary>Days of missed appointments notified by the body, reg 8(2)(c).</summary>
    public IReadOnlyList<DateOnly> MissedAppointments { get; init => field = value ?? []; } = [];

    /// <summary>Day on which the request was taken over from the council's earlier system, which had sent it; null if the hub made the
    /// request.</summary>
    public DateOnly? TakenOverOn { get; init; }

    /// <summary>Day on which the advice came to the earlier system, or null if it had not come when the request was taken over. The advice
    /// itself is entered afterwards.</summary>
    public DateOnly? CameElsewhereOn { get; init; }

    /// <summary>Whether the advice came to the earlier system and has not been entered here, so that nobody waits for the adviser.</summary>
    [JsonIgnore]
    public bool IsToBeEntered => CameElsewhereOn is not null
        && Status is RequestStatus.Requested or RequestStatus.Delivered or RequestStatus.Acknowledged or RequestStatus.Accepted;

    /// <summary>Whether the adviser has yet to answer.</summary>
    [JsonIgnore]
    public bool IsAwaited => IsOpen && !IsToBeEntered;

    /// <summary>Whether the earlier system sent the request and this hub has not sent it again, so that the adviser's own system does not
    /// know of it.</summary>
    [JsonIgnore]
    public bool WasSentElsewhere => TakenOverOn is not null && SentAgainOn is null && Status != RequestStatus.ReturnedInsufficient;

    /// <summary>Whether an answer is still awaited.</summary>
    public bool IsOpen => Status is RequestStatus.Requested or RequestStatus.Delivered or RequestStatus.Acknowledged
        or RequestStatus.Accepted or RequestStatus.ReturnedInsufficient;

    /// <summary>
    /// Whether the request can change from its current status to the given status. The table below lists every change of status that is
    /// allowed. Late or repeated reports are refused, so a "delivered" that arrives after the advice cannot reopen a settled request.
    /// </summary>
    public bool CanChangeTo(RequestStatus to) => (Status, to) switch
    {
        (RequestStatus.Requested, RequestStatus.Delivered) => true,
        (RequestStatus.Requested or RequestStatus.Delivered, RequestStatus.Acknowledged) => true,
        (RequestStatus.Requested or RequestStatus.Delivered or RequestStatus.Acknowledged or RequestStatus.Declined, RequestStatus.Accepted) => true,
        (_, RequestStatus.Declined) => IsOpen,
        (_, RequestStatus.Received) => IsOpen,
        (_, RequestStatus.Withdrawn) => IsOpen || Status == RequestStatus.Declined,
        (RequestStatus.Received, RequestStatus.ReturnedInsufficient) => true,
        _ => false,
    };
}

/// <summary>A colleague at the agency to whom the request was passed on.</summary>
/// <param name="Id">Id of the colleague, unique within the request, for instance <c>colleague-1</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Mail">Work e-mail address, to which the link to the request's page and the sign-in codes are sent.</param>
/// <param name="On">Day on which the request was passed on.</param>
public sealed record Colleague(string Id, string Name, string Mail, DateOnly On);

/// <summary>A person who works for no organisation: a psychologist or therapist in private practice, a tutor, a childminder.</summary>
/// <param name="Name">Name.</param>
/// <param name="Profession">The person's profession, in the words that the letter and the plan repeat.</param>
/// <param name="Mail">E-mail address, the only address to which the link to the request's page and the sign-in codes are sent.</param>
/// <param name="Registration">Number in a public register of the profession, such as the HCPC register, or null if the person is not
/// registered.</param>
public sealed record PersonAsked(string Name, string Profession, string Mail, string? Registration = null);

/// <summary>Advice as it was received.</summary>
public sealed record ReceivedAdvice
{
    /// <summary>Id of the advice, unique within the assessment: the request's id and a number, such as <c>medical-1.1</c>, or
    /// <c>existing-1</c> for existing advice relied on.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the request that the advice answers.</summary>
    public string? RequestId { get; init; }

    /// <summary>Number of the review that the advice is for, or null for advice from an assessment, from which a plan is
    /// prepared.</summary>
    public int? Review { get; init; }

    /// <summary>Number of the re-assessment that the advice is for, or null for the first assessment or a review.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The paragraph under which the advice was sought.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The agency that gave the advice, or null for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>The member of the family who gave the family's views; null for the first contact, and for advice of an agency.</summary>
    public string? Person { get; init; }

    /// <summary>Day on which the advice was received.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>Content of the advice.</summary>
    public required AdviceContent Content { get; init; }

    /// <summary>Whether the advice was returned as insufficient and is therefore disregarded.</summary>
    public bool Returned { get; init; }

    /// <summary>The id of the advice that replaced this advice.</summary>
    public string? CorrectedBy { get; init; }

    /// <summary>Day on which the author withdrew the advice.</summary>
    public DateOnly? RetractedOn { get; init; }

    /// <summary>Whether the advice is valid, which means that it was not returned, corrected or withdrawn.</summary>
    [JsonIgnore]
    public bool Counts => !Returned && CorrectedBy is null && RetractedOn is null;

    /// <summary>Whether section K lists the advice, so that lines of the plan can come from it. Section K does not list advice for a
    /// review.</summary>
    [JsonIgnore]
    public bool IsSource => Counts && Review is null;
}

/// <summary>Whose agreement is needed before existing advice can be relied on. SEND Regs 2014 reg 6(4).</summary>
public enum AgreeingParty
{
    /// <summary>The person who gave the advice.</summary>
    Author,

    /// <summary>The council.</summary>
    Council,

    /// <summary>The child's parent or the young person.</summary>
    Family,
}

/// <summary>Advice that already exists.</summary>
public sealed record ExistingAdvice
{
    /// <summary>Id of the existing advice, unique within the assessment, for instance <c>existing-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of advice that the existing advice would replace.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The agency that gave the advice.</summary>
    public required Agency Agency { get; init; }

    /// <summary>Content of the advice.</summary>
    public required AdviceContent Content { get; init; }

    /// <summary>The parties that have agreed so far.</summary>
    public IReadOnlyList<AgreeingParty> AgreedBy { get; init => field = value ?? []; } = [];

    /// <summary>The party that did not agree, so that the existing advice cannot be relied on.</summary>
    public AgreeingParty? RefusedBy { get; init; }

    /// <summary>Whether all three parties agreed, so that the existing advice is used and nobody is asked for new advice.</summary>
    public bool ReliedOn { get; init; }

    /// <summary>Number of the re-assessment in which the existing advice was put forward, or null in the first assessment.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Where the existing advice came from: a proposal of the council, or a message that a social care system pushed.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether the advice was pushed, which means that nobody asked for it and the author says which child it is about.</summary>
    [JsonIgnore]
    public bool WasPushed => Id.StartsWith(PushedPrefix, StringComparison.Ordinal);

    /// <summary>Whether the author of the advice can see the assessment. The author of pushed advice cannot see it until the council is
    /// satisfied with the advice.</summary>
    [JsonIgnore]
    public bool IsVisibleToAuthor => !WasPushed || AgreedBy.Contains(AgreeingParty.Council);

    /// <summary>Prefix of the ids of pushed advice.</summary>
    public const string PushedPrefix = "pushed-";
}
