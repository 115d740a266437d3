using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Institutions;

/// <summary>An institution that matches the search, with its distance in miles if known.</summary>
public sealed record InstitutionMatch(Institution Institution, double? Miles);

/// <summary>A search in the register. A filter without a value does not narrow the search.</summary>
public sealed record InstitutionSearch
{
    /// <summary>Words in the name or the town, or the institution's number.</summary>
    public string Words { get; init; } = "";

    /// <summary>Type of establishment.</summary>
    public string Type { get; init; } = "";

    /// <summary>Phase of education.</summary>
    public string Phase { get; init; } = "";

    /// <summary>Need for which the institution must make provision.</summary>
    public string Need { get; init; } = "";

    /// <summary>Whether only institutions approved under section 41 are found.</summary>
    public bool Section41 { get; init; }

    /// <summary>Whether closed institutions are found too.</summary>
    public bool Closed { get; init; }

    /// <summary>Age in years of a pupil whom the institution must take.</summary>
    public int? Age { get; init; }

    /// <summary>The institution from which distances are measured; results then begin with the nearest.</summary>
    public Urn? Near { get; init; }

    /// <summary>The greatest straight-line distance from the institution that <see cref="Near"/> names, in miles.</summary>
    public double? Miles { get; init; }

    /// <summary>Whether any filter narrows the search.</summary>
    public bool HasCriteria => Words.Length + Type.Length + Phase.Length + Need.Length > 0 || Section41 || Age is not null || Near is not null;

    /// <summary>
    /// The institutions that match, the nearest first or otherwise by name. Institutions whose distance is not known come last, and are left out
    /// if a greatest distance is given.
    /// </summary>
    public IReadOnlyList<InstitutionMatch> In(LoadedRegister register, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(register);
        var near = Near is { } urn ? register.Find(urn) : null;
        var words = Words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. register.Rows.Where(row => Fits(row, words, today))
                .Select(row => new InstitutionMatch(row, near is null ? null : row.MilesFrom(near)))
                .Where(found => Miles is not { } most || near is null || found.Miles <= most)
                .OrderBy(found => found.Miles ?? double.MaxValue).ThenBy(found => found.Institution.Name, StringComparer.OrdinalIgnoreCase).ThenBy(found => found.Institution.Urn.Value, StringComparer.Ordinal),
        ];
    }

    private bool Fits(Institution row, string[] words, DateOnly today) =>
        (Closed || !row.HasClosed(today))
        && (Type.Length == 0 || row.Type == Type)
        && (Phase.Length == 0 || row.Phase == Phase)
        && (Need.Length == 0 || row.Needs.Contains(Need))
        && (!Section41 || row.Section41 == true)
        && (Age is not { } age || (!(row.FromAge > age) && !(row.ToAge < age)))
        && words.All(word => row.Urn.Value == word || row.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || row.Town?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);
}
