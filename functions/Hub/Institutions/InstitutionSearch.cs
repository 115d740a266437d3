using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Institutions;

/// <summary>An institution that fits, with its distance in miles where that is known.</summary>
public sealed record InstitutionFound(Institution Institution, double? Miles);

/// <summary>What somebody looks for in the register. What is empty narrows nothing.</summary>
public sealed record InstitutionSearch
{
    /// <summary>Words of the name or the town, or the number.</summary>
    public string Words { get; init; } = "";

    /// <summary>Type of establishment.</summary>
    public string Type { get; init; } = "";

    /// <summary>Phase of education.</summary>
    public string Phase { get; init; } = "";

    /// <summary>Need for which it makes provision.</summary>
    public string Need { get; init; } = "";

    /// <summary>Only those approved under section 41.</summary>
    public bool Section41 { get; init; }

    /// <summary>Closed ones too.</summary>
    public bool Closed { get; init; }

    /// <summary>Age in years that it takes.</summary>
    public int? Age { get; init; }

    /// <summary>Near this institution: the nearest first.</summary>
    public Urn? Near { get; init; }

    /// <summary>The greatest distance from it in a straight line, in miles.</summary>
    public double? Miles { get; init; }

    /// <summary>Whether anything is looked for.</summary>
    public bool IsNarrow => Words.Length + Type.Length + Phase.Length + Need.Length > 0 || Section41 || Age is not null || Near is not null;

    /// <summary>Those that fit: the nearest first, else by name. Those whose distance is not known come last, and match no distance.</summary>
    public IReadOnlyList<InstitutionFound> In(LoadedRegister register, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(register);
        var near = Near is { } urn ? register.Find(urn) : null;
        var words = Words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. register.Rows.Where(row => Fits(row, words, today))
                .Select(row => new InstitutionFound(row, near is null ? null : row.MilesFrom(near)))
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
