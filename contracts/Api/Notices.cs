using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Api;

/// <summary>
/// One notice to one recipient.
/// </summary>
public sealed record Notice
{
    /// <summary>Unique within the assessment and readable: <c>draftPlan-2-family</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>Who is told.</summary>
    public required RecipientRole To { get; init; }

    /// <summary>The agency told; absent for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Which member of the family it is for; absent: the first contact.</summary>
    public string? Person { get; init; }

    /// <summary>The version of the plan that is sent with it.</summary>
    public int? PlanVersion { get; init; }

    /// <summary>The exception that it is about.</summary>
    public string? ExceptionId { get; init; }

    /// <summary>How often it was sent and never arrived; absent: never. Only a recorded sending counts.</summary>
    public int? NotArrived { get; init; }

    /// <summary>Which of several decisions of the same kind it is about: 2 for the second; absent for the first.</summary>
    public int? Occasion { get; init; }

    /// <summary>
    /// Day on which it became due; it cannot have been sent before. Absent on notices planned before this was
    /// recorded.
    /// </summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>Day it was sent.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>Day it was served; the family's 15 days run from it.</summary>
    public DateOnly? ServedOn { get; init; }

    /// <summary>How it was sent.</summary>
    public NoticeChannel? Channel { get; init; }

    /// <summary>Reference under which the hub sent it; absent where a person did.</summary>
    public string? Sending { get; init; }

    /// <summary>Hash of the letter sent, hexadecimal; absent where the hub does not know it.</summary>
    public string? Letter { get; init; }

    /// <summary>Day of delivery, as its channel reports it.</summary>
    public DateOnly? DeliveredOn { get; init; }

    /// <summary>Earlier attempts to send it that failed; absent where none did.</summary>
    public IReadOnlyList<NoticeSetback>? Setbacks { get; init; }

    /// <summary>How often its reader's link was revoked; absent: never.</summary>
    public int? LinkRevocations { get; init; }

    /// <summary>What is asked for.</summary>
    public string? Asks { get; init; }

    /// <summary>Day of the answer or the meeting.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Time and place.</summary>
    public string? Place { get; init; }
}

/// <summary>One sending of a notice that failed.</summary>
public sealed record NoticeSetback
{
    /// <summary>Day on which it was sent.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>Day on which it failed or was returned.</summary>
    public required DateOnly On { get; init; }

    /// <summary>It came back.</summary>
    public required bool Returned { get; init; }

    /// <summary>The evidence.</summary>
    public required string Evidence { get; init; }
}
