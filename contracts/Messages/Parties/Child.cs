using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Parties;

/// <summary>How certain the hub is of an NHS number. The codes are those of UKCore-NHSNumberVerificationStatusEngland.</summary>
public enum NhsNumberStatus
{
    /// <summary>01: number present and verified.</summary>
    Verified = 1,

    /// <summary>02: number present but not traced.</summary>
    PresentNotTraced = 2,

    /// <summary>03: trace required.</summary>
    TraceRequired = 3,

    /// <summary>04: trace attempted, with no match or several matches.</summary>
    NoMatch = 4,

    /// <summary>05: trace needs to be resolved.</summary>
    NeedsResolving = 5,

    /// <summary>06: trace in progress.</summary>
    InProgress = 6,

    /// <summary>07: number not present and trace not required.</summary>
    NotPresent = 7,

    /// <summary>08: trace postponed (baby under six weeks).</summary>
    Postponed = 8,
}

/// <summary>The child or young person. The details are entered once and sent to everyone who is asked for advice.</summary>
public sealed record Child
{
    /// <summary>Given name.</summary>
    public required string GivenName { get; init; }

    /// <summary>Family name.</summary>
    public required string FamilyName { get; init; }

    /// <summary>Date of birth. The year group and the holder of the rights follow from the date of birth.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>NHS number, or null if not known. No step requires the number.</summary>
    public NhsNumber? NhsNumber { get; init; }

    /// <summary>Status of the NHS number with the tracing service.</summary>
    public NhsNumberStatus? NhsNumberStatus { get; init; }

    /// <summary>Unique pupil number, or null if the child has none.</summary>
    public Upn? Upn { get; init; }

    /// <summary>Postcode of the home, used only to match an unsolicited assessment to the child.</summary>
    public string? Postcode { get; init; }
}

/// <summary>An agency and the name by which it is known.</summary>
public sealed record Agency
{
    /// <summary>The agency's identifier in its register.</summary>
    public required AgencyId Id { get; init; }

    /// <summary>The name shown to families and officers.</summary>
    public required string Name { get; init; }
}
