using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>A school or college that may suit a child.</summary>
/// <param name="Institution">The register's entry for the school or college.</param>
/// <param name="Miles">Straight-line distance from the starting point in miles, or null if not known. Only the officer is shown the
/// distance.</param>
/// <param name="Why">Why the school is on the list, in sentences for the family.</param>
/// <param name="NotKnown">What is not known about the school, in sentences for the family.</param>
public sealed record SuitableSchool(Institution Institution, double? Miles, IReadOnlyList<string> Why, IReadOnlyList<string> NotKnown)
{
    /// <summary>
    /// The school as the list shared with the family shows it. Distances are left out, because distances from three schools would reveal
    /// where the child lives, and some members of a family must not learn this.
    /// </summary>
    internal ListedSchool Listed(string? note) => new(new Agency { Id = Id, Name = Institution.Name }, Why, NotKnown, note);

    private AgencyId Id => AgencyId.TryParse($"urn:{Institution.Urn}", out var id, out var problem) ? id : throw new InvalidOperationException(problem);
}

/// <summary>An officer's search on behalf of a child. No part of the search appears in a web address.</summary>
public sealed record SchoolsForChild
{
    /// <summary>The child's first day at the school.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The child's date of birth.</summary>
    public required DateOnly Born { get; init; }

    /// <summary>Types of need on record, with the primary need first.</summary>
    public IReadOnlyList<SenNeed> Needs { get; init; } = [];

    /// <summary>The need for which the schools to find must list provision in the register; null for any school.</summary>
    public SenNeed? Need { get; init; }

    /// <summary>Phase of education of the schools to find; empty for any phase. Special schools have no phase, so they match every phase.</summary>
    public string Phase { get; init; } = "";

    /// <summary>Type of establishment to find; empty for any type.</summary>
    public string Type { get; init; } = "";

    /// <summary>Whether to find only schools that the family has a right to ask for.</summary>
    public bool RequestableByRight { get; init; }

    /// <summary>The place from which the distance is measured, or null if no place is known.</summary>
    public GridReference? From { get; init; }

    /// <summary>The greatest distance of the schools to find, in miles; null for any distance.</summary>
    public double? Miles { get; init; }

    /// <summary>The child's age on the first day at the school, in years.</summary>
    public int AgeAtStart => Age.On(Born, Start);

    // A child who turns 11 in the last year of a primary school is in the right school until then, so a school that teaches up to age 11
    // takes children who were 10 when the school year began.
    private int AgeWhenYearBegins => Age.On(Born, new DateOnly(Age.SchoolYear(Start), 8, 31));

    /// <summary>The first day of the next school year.</summary>
    internal static DateOnly NextSchoolYear(DateOnly today) => new(Age.SchoolYear(today) + 1, 9, 1);

    /// <summary>
    /// The schools that match, sorted by distance or, if no distance is known, by name. Schools whose distance is not known come last, and
    /// are left out if a greatest distance is given.
    /// </summary>
    internal IReadOnlyList<SuitableSchool> In(LoadedRegister register) =>
    [
        .. register.Rows.Where(Fits).Select(Of)
            .Where(one => Miles is not { } most || From is null || one.Miles <= most)
            .OrderBy(one => one.Miles ?? double.MaxValue).ThenBy(one => one.Institution.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Institution.Urn.Value, StringComparer.Ordinal),
    ];

    /// <summary>What the list for the family says about one institution.</summary>
    internal SuitableSchool Of(Institution row)
    {
        var (why, unknown) = (new List<string>(), new List<string>());
        var met = Needs.Where(need => row.Needs.Contains(Code(need))).ToList();
        var other = Needs.Except(met).ToList();
        var special = IsSpecial(row);
        if (row.FromAge is not null || row.ToAge is not null)
        {
            (TakesAge(row) ? why : unknown).Add($"The school or college takes pupils and students aged {row.FromAge?.ToString(CultureInfo.InvariantCulture) ?? "?"} to {row.ToAge?.ToString(CultureInfo.InvariantCulture) ?? "?"}. The child or young person will be {AgeAtStart} on {Words.Day(Start, true)}.");
        }
        else
        {
            unknown.Add("The register does not say which ages the school or college takes.");
        }

        why.Add(special ? $"This is a special school or college: {row.Type}." : $"This is a school or college of the type: {row.Type}{(row.Phase == "Not applicable" ? "" : $", {row.Phase.ToLowerInvariant()}")}.");
        if (met.Count > 0)
        {
            why.Add($"The register lists provision for {string.Join(" and ", met.Select(Named))}.");
        }

        if (row.Resourced is { } resourced)
        {
            why.Add($"According to the register, the school has this provision: {resourced.ToLowerInvariant()}.");
        }

        switch (SchoolsByRight.Of(row))
        {
            case true:
                why.Add("You have a right to ask for this school or college to be named in the plan.");
                break;
            case false:
                unknown.Add("You do not have a right to ask for this kind of school or college to be named in the plan, but the council can still consider it.");
                break;
            default:
                unknown.Add("The register does not say enough to tell whether you have a right to ask for this school or college. You can still ask for it, and the council will check.");
                break;
        }

        unknown.Add($"It is not known whether there is a free place. {(row.Capacity, row.Pupils) switch
        {
            ({ } places, { } pupils) => $"The register gives {places} places and {pupils} pupils, which may be out of date.",
            ({ } places, null) => $"The register gives {places} places but no number of pupils.",
            _ => "The register gives no number of places.",
        }}");
        unknown.Add("It is not known whether the school or college can meet the needs until the council consults it.");
        if (other.Count > 0)
        {
            unknown.Add($"The register does not say whether the school or college makes provision for {string.Join(" and ", other.Select(Named))}.");
        }
        else if (Needs.Count == 0)
        {
            unknown.Add("It is not known whether the provision suits the needs, because no types of need are on record.");
        }

        if (row.Status == InstitutionStatus.ToClose)
        {
            unknown.Add($"It is not known how long the school or college will stay open, because there is a proposal to close it{(row.ClosedOn is { } on ? $" on {Words.Day(on, true)}" : "")}.");
        }
        else if (row.Status == InstitutionStatus.ToOpen)
        {
            unknown.Add($"It is not open yet{(row.OpenedOn is { } opens ? $"; according to the register, it opens on {Words.Day(opens, true)}" : ", and the register does not say when it opens")}.");
        }

        return new SuitableSchool(row, From is { } from && GridReference.Of(row) is { } place ? from.MilesTo(place) : null, why, unknown);
    }

    internal static string Code(SenNeed need) => need.ToString().ToUpperInvariant();

    /// <summary>The name of a type of need.</summary>
    internal static string Named(SenNeed need) => need switch
    {
        SenNeed.Spld => "specific learning difficulty",
        SenNeed.Mld => "moderate learning difficulty",
        SenNeed.Sld => "severe learning difficulty",
        SenNeed.Pmld => "profound and multiple learning difficulty",
        SenNeed.Semh => "social, emotional and mental health",
        SenNeed.Slcn => "speech, language and communication needs",
        SenNeed.Hi => "hearing impairment",
        SenNeed.Vi => "vision impairment",
        SenNeed.Msi => "multi-sensory impairment",
        SenNeed.Pd => "physical disability",
        SenNeed.Asd => "autistic spectrum disorder",
        SenNeed.Ds => "Down syndrome",
        _ => "another difficulty or disability",
    };

    private static bool IsSpecial(Institution row) => row.Type.Contains("special", StringComparison.OrdinalIgnoreCase);

    private bool Fits(Institution row) =>
        !row.HasClosed(Start)
        && !(row.OpenedOn > Start)
        && TakesAge(row)
        && (Phase.Length == 0 || row.Phase == Phase || (IsSpecial(row) && row.Phase is "Not applicable"))
        && (Type.Length == 0 || row.Type == Type)
        && (Need is not { } need || row.Needs.Contains(Code(need)))
        && (!RequestableByRight || SchoolsByRight.Of(row) == true);

    // If the register does not give an age, the school stays on the list, with a note that the age is not known.
    private bool TakesAge(Institution row) => !(row.FromAge > AgeAtStart) && !(row.ToAge <= AgeWhenYearBegins);
}
