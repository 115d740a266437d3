namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>How a criterion compares.</summary>
public enum Match
{
    /// <summary>The value is the same, and the system where one is given.</summary>
    Same,

    /// <summary>The text begins so.</summary>
    StartsWith,

    /// <summary>The text holds it.</summary>
    Contains,

    /// <summary>The date's range overlaps [From, To].</summary>
    Overlaps,

    /// <summary>The date's range lies inside [From, To].</summary>
    Within,

    /// <summary>The date's range does not lie inside [From, To].</summary>
    NotWithin,

    /// <summary>The resource has no value for the parameter (System "true"), or has one ("false").</summary>
    Missing,
}

/// <summary>One alternative of a criterion. <paramref name="System"/> null means any system.</summary>
public sealed record Alternative(Match Match, string Value = "", string? System = null, long From = long.MinValue, long To = long.MaxValue);

/// <summary>A parameter and its alternatives: one of them must hold.</summary>
public sealed record Criterion(string Parameter, IReadOnlyList<Alternative> Any);

/// <summary>What is looked for among the current versions of one type.</summary>
public sealed record ResourceQuery
{
    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>All of these must hold.</summary>
    public IReadOnlyList<Criterion> All { get; init; } = [];

    /// <summary>Whose view it is; null for the hub itself.</summary>
    public string? Reader { get; init; }

    /// <summary>Most results of a page; 0 only counts.</summary>
    public int Count { get; init; } = 50;

    /// <summary>Newest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Only what comes after this position in the chosen order.</summary>
    public long? After { get; init; }
}

/// <summary>A page of results.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">Number of all matches, without regard to the page.</param>
/// <param name="More">There is a next page.</param>
public sealed record ResourcePage(IReadOnlyList<StoredResource> Items, int Total, bool More);
