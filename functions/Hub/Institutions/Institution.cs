using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Institutions;

/// <summary>Whether a school or college is open, as the register says it.</summary>
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
/// <param name="Urn">Its number.</param>
/// <param name="Kind">What it is to the other, in the register's words: Successor, Predecessor and others.</param>
/// <param name="On">Since when; the register leaves many days out.</param>
public sealed record InstitutionLink(Urn Urn, string Kind, DateOnly? On = null)
{
    /// <summary>Whether it follows the other.</summary>
    [JsonIgnore]
    public bool IsSuccessor => Kind.StartsWith("Successor", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// One school, college or other establishment of the register Get Information about Schools (GIAS). What the file does not say is null: unknown,
/// and not "no".
/// </summary>
public sealed record Institution
{
    /// <summary>Its number.</summary>
    public required Urn Urn { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is open.</summary>
    public required InstitutionStatus Status { get; init; }

    /// <summary>Type of establishment: "Community special school".</summary>
    public required string Type { get; init; }

    /// <summary>Phase of education: "Primary". Special schools are "Not applicable".</summary>
    public required string Phase { get; init; }

    /// <summary>The council in whose area it is.</summary>
    public string? Council { get; init; }

    /// <summary>Day on which it opened.</summary>
    public DateOnly? OpenedOn { get; init; }

    /// <summary>Day on which it closed or closes.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>Lowest age in years that it takes.</summary>
    public int? FromAge { get; init; }

    /// <summary>Highest age in years that it takes.</summary>
    public int? ToAge { get; init; }

    /// <summary>Whether it is approved under section 41 of the Children and Families Act 2014.</summary>
    public bool? Section41 { get; init; }

    /// <summary>Needs for which it makes provision, as SEN2 codes them: SPLD, ASD and others.</summary>
    public IReadOnlyList<string> Needs { get; init => field = value ?? []; } = [];

    /// <summary>Resourced provision or a SEN unit within a mainstream school, in the register's words.</summary>
    public string? Resourced { get; init; }

    /// <summary>Whether it has boarders, in the register's words.</summary>
    public string? Boarders { get; init; }

    /// <summary>Places that it has.</summary>
    public int? Capacity { get; init; }

    /// <summary>Pupils that it had at the last census that the register knows.</summary>
    public int? Pupils { get; init; }

    /// <summary>Town.</summary>
    public string? Town { get; init; }

    /// <summary>Postcode.</summary>
    public string? Postcode { get; init; }

    /// <summary>Metres east on the national grid.</summary>
    public int? Easting { get; init; }

    /// <summary>Metres north on the national grid.</summary>
    public int? Northing { get; init; }

    /// <summary>Institutions that it is linked to.</summary>
    public IReadOnlyList<InstitutionLink> Links { get; init => field = value ?? []; } = [];

    /// <summary>Whether it has closed by a day; an institution that is closed without a day has closed long ago.</summary>
    public bool HasClosed(DateOnly by) => ClosedOn is { } on ? on <= by : Status == InstitutionStatus.Closed;

    /// <summary>Straight-line distance in miles; null where one of the two has no place on the grid. Roads are longer.</summary>
    public double? MilesFrom(Institution other) => GridPlace.Of(this) is { } here && GridPlace.Of(other) is { } there ? here.MilesTo(there) : null;
}
