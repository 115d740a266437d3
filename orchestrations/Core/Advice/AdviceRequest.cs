using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Advice;

/// <summary>The life of one request for advice.</summary>
public enum RequestStatus
{
    /// <summary>Asked; not known to have arrived.</summary>
    Requested,

    /// <summary>It has reached the body: the six weeks run from that day (reg 8(1)).</summary>
    Delivered,

    /// <summary>The body has confirmed receipt and is considering it.</summary>
    Acknowledged,

    /// <summary>The body will answer.</summary>
    Accepted,

    /// <summary>The body will not answer, with its reason.</summary>
    Declined,

    /// <summary>Advice came and was returned as insufficient; the request is open again and keeps its limit.</summary>
    ReturnedInsufficient,

    /// <summary>Advice was received.</summary>
    Received,

    /// <summary>The council no longer asks.</summary>
    Withdrawn,
}

/// <summary>The duty under which an adviser must answer, which decides the wording of the request.</summary>
public enum AnswerDuty
{
    /// <summary>A body asked under CFA 2014 s31: bound by the six weeks of reg 8(1).</summary>
    Section31Body,

    /// <summary>A local partner under CFA 2014 s28: six weeks are expected by the Code, not required by reg 8.</summary>
    LocalPartner,

    /// <summary>The council's own service.</summary>
    OwnService,

    /// <summary>The family, or a person who works for no organisation: asked, never bound.</summary>
    Invited,
}

/// <summary>One request for advice and its state.</summary>
public sealed record AdviceRequest
{
    /// <summary>Unique within the assessment and readable: <c>medical-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The paragraph that demands it, for instance "reg 6(1)(c)".</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The duty under which it must be answered.</summary>
    public required AnswerDuty Duty { get; init; }

    /// <summary>Who is asked; null where the family itself is asked for its views.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Where <see cref="Agency"/> is one person who works for no organisation: who that is; otherwise null.</summary>
    public PersonAsked? Person { get; init; }

    /// <summary>Number of the review for whose meeting it is asked; null where it is asked for an assessment.</summary>
    public int? Review { get; init; }

    /// <summary>Number of the re-assessment for which it is asked; null where it is asked for the first assessment or for a review.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Whom the adviser must consult, reg 6(2).</summary>
    public string? AfterConsultationWith { get; init; }

    /// <summary>Day it was asked.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>Day the request reached the body; its own clock starts here.</summary>
    public DateOnly? ReceivedByBodyOn { get; init; }

    /// <summary>Where it stands.</summary>
    public RequestStatus Status { get; init; }

    /// <summary>Day of the last change of <see cref="Status"/>.</summary>
    public DateOnly StatusOn { get; init; }

    /// <summary>The reason given with the last decline, return or withdrawal.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Steps of the chase ladder already taken.</summary>
    public IReadOnlyList<string> ChaseSteps { get; init => field = value ?? []; } = [];

    /// <summary>Day on which the adviser expects to answer; null while no day was given.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>Day on which the adviser paused work on it; null while work continues. The limit keeps running.</summary>
    public DateOnly? OnHoldSince { get; init; }

    /// <summary>Day of the last reminder that a person sent by hand.</summary>
    public DateOnly? RemindedByHandOn { get; init; }

    /// <summary>Day on which a person last had the request sent again.</summary>
    public DateOnly? SentAgainOn { get; init; }

    /// <summary>Day on which it became known that the hub could not send it, because it has no channel to the adviser; null once it was
    /// sent or has arrived.</summary>
    public DateOnly? NotSentOn { get; init; }

    /// <summary>Day on which a person sent it by other means.</summary>
    public DateOnly? SentByOtherMeansOn { get; init; }

    /// <summary>Colleagues within the agency to whom the request was passed on, oldest first; null where it was passed on to nobody.</summary>
    public IReadOnlyList<Colleague>? PassedOnTo { get; init; }

    /// <summary>How often the links to its page were revoked; each time the links sent before stop working. Null where they never were.</summary>
    public int? LinkRevocations { get; init; }

    /// <summary>Days of missed appointments notified by the body, reg 8(2)(c).</summary>
    public IReadOnlyList<DateOnly> MissedAppointments { get; init => field = value ?? []; } = [];

    /// <summary>An answer is still awaited.</summary>
    public bool IsOpen => Status is RequestStatus.Requested or RequestStatus.Delivered or RequestStatus.Acknowledged
        or RequestStatus.Accepted or RequestStatus.ReturnedInsufficient;

    /// <summary>
    /// Whether the status <paramref name="to"/> may follow this one. All transitions are in this table: news that comes late or twice is refused
    /// here, so a "delivered" that arrives after the advice cannot reopen what is settled.
    /// </summary>
    public bool CanBecome(RequestStatus to) => (Status, to) switch
    {
        (RequestStatus.Requested, RequestStatus.Delivered) => true,
        (RequestStatus.Requested or RequestStatus.Delivered, RequestStatus.Acknowledged) => true,
        (RequestStatus.Requested or RequestStatus.Delivered or RequestStatus.Acknowledged, RequestStatus.Accepted) => true,
        (_, RequestStatus.Declined) => IsOpen,
        (_, RequestStatus.Received) => IsOpen,
        (_, RequestStatus.Withdrawn) => IsOpen || Status == RequestStatus.Declined,
        (RequestStatus.Received, RequestStatus.ReturnedInsufficient) => true,
        _ => false,
    };
}

/// <summary>Somebody at the agency to whom its request was passed on.</summary>
/// <param name="Id">Unique within the request: <c>colleague-1</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Mail">E-mail address at work: the link to the request's page and its codes go there.</param>
/// <param name="On">Day on which it was passed on.</param>
public sealed record Colleague(string Id, string Name, string Mail, DateOnly On);

/// <summary>A person who works for no organisation: a psychologist or therapist in private practice, a tutor, a childminder.</summary>
/// <param name="Name">Name.</param>
/// <param name="Profession">What they are, in words that the letter and the plan repeat.</param>
/// <param name="Mail">E-mail address: the link to the request's page and its codes go there, and nowhere else.</param>
/// <param name="Registration">Number in a public register of their profession, such as that of the HCPC; null where they are in none.</param>
public sealed record PersonAsked(string Name, string Profession, string Mail, string? Registration = null);

/// <summary>Advice as it was received.</summary>
public sealed record ReceivedAdvice
{
    /// <summary>Unique within the assessment: the request's id and a number, <c>medical-1.1</c>; <c>existing-1</c> for advice relied on.</summary>
    public required string Id { get; init; }

    /// <summary>The request it answers.</summary>
    public string? RequestId { get; init; }

    /// <summary>Number of the review that it is for; null for advice of an assessment, from which a plan is put together.</summary>
    public int? Review { get; init; }

    /// <summary>Number of the re-assessment that it is for; null for advice of the first assessment or of a review.</summary>
    public int? Reassessment { get; init; }

    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The paragraph it was sought under.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>Who gave it; null for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Day it was received.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>What it says.</summary>
    public required AdviceContent Content { get; init; }

    /// <summary>It was returned as insufficient and does not count.</summary>
    public bool Returned { get; init; }

    /// <summary>The id of the advice that came in its place.</summary>
    public string? CorrectedBy { get; init; }

    /// <summary>Day on which its author took it back.</summary>
    public DateOnly? RetractedOn { get; init; }

    /// <summary>Whether it counts: it was not returned, corrected or taken back.</summary>
    [JsonIgnore]
    public bool Counts => !Returned && CorrectedBy is null && RetractedOn is null;

    /// <summary>Whether lines of the plan can come from it: section K lists it. Advice for a review is about the plan, and section K does not list it.</summary>
    [JsonIgnore]
    public bool IsSource => Counts && Review is null;
}

/// <summary>Who must agree before existing advice may be relied on. SEND Regs 2014 reg 6(4).</summary>
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
    /// <summary>Unique within the assessment: <c>existing-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of advice that it would replace.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>Who gave it.</summary>
    public required Agency Agency { get; init; }

    /// <summary>What it says.</summary>
    public required AdviceContent Content { get; init; }

    /// <summary>Who has agreed so far.</summary>
    public IReadOnlyList<AgreeingParty> AgreedBy { get; init => field = value ?? []; } = [];

    /// <summary>Somebody did not agree: it cannot be relied on.</summary>
    public AgreeingParty? RefusedBy { get; init; }

    /// <summary>All three agreed, so it is used as the advice and nobody is asked again.</summary>
    public bool ReliedOn { get; init; }

    /// <summary>Number of the re-assessment in which it was put forward; null in the first assessment.</summary>
    public int? Reassessment { get; init; }

    /// <summary>A proposal of the council, or a message that a social care system pushed.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether it was pushed: nobody asked for it, and its author says which child it is about.</summary>
    [JsonIgnore]
    public bool WasPushed => Id.StartsWith(PushedPrefix, StringComparison.Ordinal);

    /// <summary>Whether its author may see the assessment. The author of pushed advice may not, until the council is satisfied with the advice.</summary>
    [JsonIgnore]
    public bool LetsAuthorSee => !WasPushed || AgreedBy.Contains(AgreeingParty.Council);

    /// <summary>Prefix of the ids of pushed advice.</summary>
    public const string PushedPrefix = "pushed-";
}
