using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Api;

/// <summary>
/// One notice to one recipient.
/// </summary>
public sealed record Notice
{
    /// <summary>Id in the assessment, for example <c>draftPlan-2-family</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of notice.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>Role of the recipient.</summary>
    public required RecipientRole To { get; init; }

    /// <summary>The agency that receives the notice; absent for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>The family member addressed; absent for the first contact.</summary>
    public string? Person { get; init; }

    /// <summary>The version of the plan sent with the notice.</summary>
    public int? PlanVersion { get; init; }

    /// <summary>Id of the exception concerned.</summary>
    public string? ExceptionId { get; init; }

    /// <summary>
    /// How often the notice was sent but did not arrive; absent if never. Only recorded attempts to send the notice are counted.
    /// </summary>
    public int? NotArrived { get; init; }

    /// <summary>Which of several decisions of the same kind; 2 for the second, absent for the first.</summary>
    public int? Occasion { get; init; }

    /// <summary>
    /// Day on which the notice became due; it cannot have been sent earlier. Absent in older notices.
    /// </summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>Day on which the notice was sent.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>Day on which the notice was served; the family's 15 days run from it.</summary>
    public DateOnly? ServedOn { get; init; }

    /// <summary>How the notice was sent.</summary>
    public NoticeChannel? Channel { get; init; }

    /// <summary>Reference under which the hub sent the notice; absent if an officer sent it.</summary>
    public string? Sending { get; init; }

    /// <summary>Checksum of the letter sent, hexadecimal; absent if unknown.</summary>
    public string? Letter { get; init; }

    /// <summary>Day of delivery, as reported by the channel.</summary>
    public DateOnly? DeliveredOn { get; init; }

    /// <summary>Earlier failed attempts; absent if none.</summary>
    public IReadOnlyList<NoticeDeliveryProblem>? Setbacks { get; init; }

    /// <summary>How often the link was revoked; absent if never.</summary>
    public int? LinkRevocations { get; init; }

    /// <summary>The information requested.</summary>
    public string? Asks { get; init; }

    /// <summary>Last day for the answer, or day of the meeting.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Time and place of the meeting.</summary>
    public string? Place { get; init; }
}

/// <summary>A failed attempt to send a notice.</summary>
public sealed record NoticeDeliveryProblem
{
    /// <summary>Day of the attempt.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>Day of the failure or return.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Whether the notice was returned.</summary>
    public required bool Returned { get; init; }

    /// <summary>Evidence of the failure.</summary>
    public required string Evidence { get; init; }
}
