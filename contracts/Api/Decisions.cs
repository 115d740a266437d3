namespace IntegrationHub.Contracts.Api;

/// <summary>A decision of the council.</summary>
public sealed record MadeDecision
{
    /// <summary>True if the council decided to assess, or to issue a plan.</summary>
    public required bool Yes { get; init; }

    /// <summary>Day of the decision.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Reasons for the decision.</summary>
    public required string Reasons { get; init; }
}

/// <summary>An exception that was claimed.</summary>
public sealed record ClaimedException
{
    /// <summary>Unique within the assessment.</summary>
    public required string Id { get; init; }

    /// <summary>The ground.</summary>
    public required Ground Ground { get; init; }

    /// <summary>First day, inclusive.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The evidence.</summary>
    public required string Evidence { get; init; }

    /// <summary>Why the limit was impractical to meet.</summary>
    public required string WhyImpractical { get; init; }

    /// <summary>Day it was claimed.</summary>
    public required DateOnly ClaimedOn { get; init; }

    /// <summary>The officer who decided.</summary>
    public required string ClaimedBy { get; init; }

    /// <summary>Whether the claim was withdrawn, so that the limit applies.</summary>
    public required bool TakenBack { get; init; }
}

/// <summary>A recorded step of mediation.</summary>
public sealed record RecordedMediationStep
{
    /// <summary>The step taken.</summary>
    public required MediationStep Step { get; init; }

    /// <summary>Day of the step.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What an agreement requires.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>The day that an agreement sets in writing, reg 42.</summary>
    public DateOnly? OtherDate { get; init; }
}

/// <summary>A recorded step of an appeal.</summary>
public sealed record RecordedAppealStep
{
    /// <summary>The step taken.</summary>
    public required AppealStep Step { get; init; }

    /// <summary>Day of the step; for an order, the day it was sent out.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What an order or a concession requires.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Last day set by the Tribunal, if any.</summary>
    public DateOnly? OtherDate { get; init; }

    /// <summary>
    /// Whether a concession came before the council's response. If so, reg 45 sets the time limits. Older records may lack this member;
    /// absence means true.
    /// </summary>
    public bool? InTime { get; init; }

    /// <summary>Number of the appeal.</summary>
    public int? Appeal { get; init; }
}

/// <summary>A day that the tribunal set.</summary>
public sealed record TribunalDay
{
    /// <summary>Purpose of the day.</summary>
    public required TribunalDayFor For { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Number of the appeal.</summary>
    public int? Appeal { get; init; }
}

/// <summary>A recommendation of the tribunal on health or social care.</summary>
public sealed record Recommendation
{
    /// <summary>Day of receipt.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The body to which the recommendation is made.</summary>
    public required string MadeTo { get; init; }
}

/// <summary>An act that was recorded as done.</summary>
public sealed record RecordedAct
{
    /// <summary>The recorded act.</summary>
    public required Act Act { get; init; }

    /// <summary>Day of the act.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What was done, in the recorder's words.</summary>
    public required string What { get; init; }

    /// <summary>The remedy that was carried out, if any.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Number of the appeal.</summary>
    public int? Appeal { get; init; }
}
