using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Institutions;

/// <summary>Whether a school or college is open, according to the register.</summary>
public enum InstitutionStatus
{
    /// <summary>Open.</summary>
    Open,

    /// <summary>Open, but proposed to close.</summary>
    ToClose,

    /// <summary>Proposed to open.</summary>
    ToOpen,

    /// <summary>Closed.</summary>
    Closed,
}

/// <summary>A school or college that is linked to another in the register.</summary>
/// <param name="Urn">Unique reference number of the linked institution.</param>
/// <param name="Kind">What the linked institution is to the institution that has this link, in the register's words, such as Successor or
/// Predecessor.</param>
/// <param name="On">The day from which the two institutions are linked, which is often missing in the register.</param>
public sealed record InstitutionLink(Urn Urn, string Kind, DateOnly? On = null)
{
    /// <summary>Whether the linked institution is a successor of the institution that has this link.</summary>
    [JsonIgnore]
    public bool IsSuccessor => Kind.StartsWith("Successor", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// One school, college or other establishment in the register Get Information about Schools (GIAS). A value that the file does not give is null,
/// which means unknown and not "no".
/// </summary>
public sealed record Institution
{
    /// <summary>Unique reference number of the institution.</summary>
    public required Urn Urn { get; init; }

    /// <summary>Name of the institution.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the institution is open.</summary>
    public required InstitutionStatus Status { get; init; }

    /// <summary>Type of establishment, for example "Community special school".</summary>
    public required string Type { get; init; }

    /// <summary>Phase of education, for example "Primary". For special schools the phase is "Not applicable".</summary>
    public required string Phase { get; init; }

    /// <summary>The council in whose area the institution is.</summary>
    public string? Council { get; init; }

    /// <summary>Day on which the institution opened.</summary>
    public DateOnly? OpenedOn { get; init; }

    /// <summary>Day on which the institution closed or will close.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>Lowest age of pupils, in years.</summary>
    public int? FromAge { get; init; }

    /// <summary>Highest age of pupils, in years.</summary>
    public int? ToAge { get; init; }

    /// <summary>Whether the institution is approved under section 41 of the Children and Families Act 2014.</summary>
    public bool? Section41 { get; init; }

    /// <summary>Needs for which the institution makes provision, as SEN2 codes such as SPLD and ASD.</summary>
    public IReadOnlyList<string> Needs { get; init => field = value ?? []; } = [];

    /// <summary>Resourced provision or a SEN unit within a mainstream school, in the register's words.</summary>
    public string? Resourced { get; init; }

    /// <summary>Whether the institution has boarders, in the register's words.</summary>
    public string? Boarders { get; init; }

    /// <summary>Number of places.</summary>
    public int? Capacity { get; init; }

    /// <summary>Number of pupils at the last census in the register.</summary>
    public int? Pupils { get; init; }

    /// <summary>Town.</summary>
    public string? Town { get; init; }

    /// <summary>Postcode.</summary>
    public string? Postcode { get; init; }

    /// <summary>Easting on the national grid, in metres.</summary>
    public int? Easting { get; init; }

    /// <summary>Northing on the national grid, in metres.</summary>
    public int? Northing { get; init; }

    /// <summary>Other institutions that are linked to the institution.</summary>
    public IReadOnlyList<InstitutionLink> Links { get; init => field = value ?? []; } = [];

    /// <summary>Whether the institution has closed on or before a given day. A closed institution for which the register gives no closing
    /// day is treated as closed on every day.</summary>
    public bool HasClosed(DateOnly by) => ClosedOn is { } on ? on <= by : Status == InstitutionStatus.Closed;

    /// <summary>
    /// Straight-line distance in miles, which is shorter than the distance by road; null if either institution has no grid reference.
    /// </summary>
    public double? MilesFrom(Institution other) => GridReference.Of(this) is { } here && GridReference.Of(other) is { } there ? here.MilesTo(there) : null;
}
