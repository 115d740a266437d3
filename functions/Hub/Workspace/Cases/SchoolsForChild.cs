using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>A school or college that may suit a child.</summary>
/// <param name="Institution">What the register says about it.</param>
/// <param name="Miles">Straight-line distance from the place that it is measured from; null where it is not known. It is for the officer alone.</param>
/// <param name="Why">Why it is on the list, in sentences for the family.</param>
/// <param name="NotKnown">What is not known about it, in sentences for the family.</param>
public sealed record SuitableSchool(Institution Institution, double? Miles, IReadOnlyList<string> Why, IReadOnlyList<string> NotKnown)
{
    /// <summary>The same on the list that is shared. Distance is left out: three distances would say where the child lives, and not everybody in a family may know that.</summary>
    internal ListedSchool Listed(string? note) => new(new Agency { Id = Id, Name = Institution.Name }, Why, NotKnown, note);

    private AgencyId Id => AgencyId.TryParse($"urn:{Institution.Urn}", out var id, out var problem) ? id : throw new InvalidOperationException(problem);
}

/// <summary>What an officer looks for on behalf of a child. None of it is part of an address.</summary>
public sealed record SchoolsForChild
{
    /// <summary>First day at the school.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The child's date of birth.</summary>
    public required DateOnly Born { get; init; }

    /// <summary>Types of need on record, the primary one first.</summary>
    public IReadOnlyList<SenNeed> Needs { get; init; } = [];

    /// <summary>Only those for which the register names provision for this need.</summary>
    public SenNeed? Need { get; init; }

    /// <summary>Phase of education; empty for any. Special schools have none, so they fit every phase.</summary>
    public string Phase { get; init; } = "";

    /// <summary>Type of establishment; empty for any.</summary>
    public string Type { get; init; } = "";

    /// <summary>Only those for which the family may ask by right.</summary>
    public bool ByRight { get; init; }

    /// <summary>Where distance is measured from; null where no place is known.</summary>
    public GridPlace? From { get; init; }

    /// <summary>The greatest distance, in miles.</summary>
    public double? Miles { get; init; }

    /// <summary>Age on the first day, in years.</summary>
    public int AgeAtStart => Age.On(Born, Start);

    // A child who turns 11 in the last year of a primary school still belongs to it: a school that teaches to 11 takes those who were 10 when the school year began.
    private int AgeWhenYearBegins => Age.On(Born, new DateOnly(Age.SchoolYear(Start), 8, 31));

    /// <summary>The first day of the next school year.</summary>
    internal static DateOnly NextSchoolYear(DateOnly today) => new(Age.SchoolYear(today) + 1, 9, 1);

    /// <summary>Those that fit: the nearest first, else by name. Those whose distance is not known come last, and match no distance.</summary>
    internal IReadOnlyList<SuitableSchool> In(LoadedRegister register) =>
    [
        .. register.Rows.Where(Fits).Select(Of)
            .Where(one => Miles is not { } most || From is null || one.Miles <= most)
            .OrderBy(one => one.Miles ?? double.MaxValue).ThenBy(one => one.Institution.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Institution.Urn.Value, StringComparer.Ordinal),
    ];

    /// <summary>What is said about one institution.</summary>
    internal SuitableSchool Of(Institution row)
    {
        var (why, unknown) = (new List<string>(), new List<string>());
        var met = Needs.Where(need => row.Needs.Contains(Code(need))).ToList();
        var other = Needs.Except(met).ToList();
        var special = IsSpecial(row);
        if (row.FromAge is not null || row.ToAge is not null)
        {
            (TakesAge(row) ? why : unknown).Add($"It takes ages {row.FromAge?.ToString(CultureInfo.InvariantCulture) ?? "?"} to {row.ToAge?.ToString(CultureInfo.InvariantCulture) ?? "?"}. Age on {Words.Day(Start, true)}: {AgeAtStart}.");
        }
        else
        {
            unknown.Add("Which ages it takes: the register does not say.");
        }

        why.Add(special ? $"It is a special school or college: {row.Type}." : $"It is a school or college of this type: {row.Type}{(row.Phase == "Not applicable" ? "" : $", {row.Phase.ToLowerInvariant()}")}.");
        if (met.Count > 0)
        {
            why.Add($"The register names provision for {string.Join(" and ", met.Select(Named))}.");
        }

        if (row.Resourced is { } resourced)
        {
            why.Add($"The register says that it has: {resourced.ToLowerInvariant()}.");
        }

        switch (AskedByRight.Of(row))
        {
            case true:
                why.Add("You may ask for it by right.");
                break;
            case false:
                unknown.Add("It is not of a kind that can be asked for by right. You may still ask the council to consider it.");
                break;
            default:
                unknown.Add("Whether it can be asked for by right: the register does not say enough. You may ask for it, and the council will look.");
                break;
        }

        unknown.Add($"Whether it has a free place. {(row.Capacity, row.Pupils) switch
        {
            ({ } places, { } pupils) => $"The register gives {places} places and {pupils} pupils, which may be out of date.",
            ({ } places, null) => $"The register gives {places} places and no number of pupils.",
            _ => "The register gives no number of places.",
        }}");
        unknown.Add("Whether it can meet the needs. It is asked when the council consults it.");
        if (other.Count > 0)
        {
            unknown.Add($"Whether it makes provision for {string.Join(" and ", other.Select(Named))}: the register does not name it.");
        }
        else if (Needs.Count == 0)
        {
            unknown.Add("Whether its provision suits the needs: no types of need are on record.");
        }

        if (row.Status == InstitutionStatus.ToClose)
        {
            unknown.Add($"How long it stays open: it is proposed to close{(row.ClosedOn is { } on ? $" on {Words.Day(on, true)}" : "")}.");
        }
        else if (row.Status == InstitutionStatus.ToOpen)
        {
            unknown.Add($"When it opens{(row.OpenedOn is { } opens ? $": the register says on {Words.Day(opens, true)}" : ": the register does not say")}.");
        }

        return new SuitableSchool(row, From is { } from && GridPlace.Of(row) is { } place ? from.MilesTo(place) : null, why, unknown);
    }

    internal static string Code(SenNeed need) => need.ToString().ToUpperInvariant();

    /// <summary>A type of need in words.</summary>
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
        && (!ByRight || AskedByRight.Of(row) == true);

    // What the register does not say rules nothing out: it is listed as not known.
    private bool TakesAge(Institution row) => !(row.FromAge > AgeAtStart) && !(row.ToAge <= AgeWhenYearBegins);
}
