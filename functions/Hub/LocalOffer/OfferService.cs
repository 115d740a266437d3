namespace IntegrationHub.Functions.LocalOffer;

/// <summary>One service of a council's Local Offer, as Open Referral UK 3.0 describes it. What the feed does not say is null or empty.</summary>
public sealed record OfferService
{
    /// <summary>Its id in the feed.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it offers.</summary>
    public string? Description { get; init; }

    /// <summary>The organisation that runs it.</summary>
    public string? Organisation { get; init; }

    /// <summary>Its page on the web: http or https.</summary>
    public string? Url { get; init; }

    /// <summary>Its e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Its telephone numbers.</summary>
    public IReadOnlyList<string> Phones { get; init => field = value ?? []; } = [];

    /// <summary>Lowest age in years.</summary>
    public int? FromAge { get; init; }

    /// <summary>Highest age in years.</summary>
    public int? ToAge { get; init; }

    /// <summary>Towns, postcodes and areas.</summary>
    public IReadOnlyList<string> Places { get; init => field = value ?? []; } = [];

    /// <summary>Names of its terms: needs, kinds of help.</summary>
    public IReadOnlyList<string> Terms { get; init => field = value ?? []; } = [];

    /// <summary>Day on which the feed says that it was last changed.</summary>
    public DateOnly? UpdatedOn { get; init; }

    /// <summary>Day on which the feed says that it was last checked.</summary>
    public DateOnly? AssuredOn { get; init; }

    /// <summary>Whether a child or young person of that age may use it, as far as the feed says.</summary>
    public bool TakesAge(int age) => !(FromAge > age) && !(ToAge < age);

    /// <summary>Whether every word is in its description.</summary>
    public bool Says(IEnumerable<string> words) => words.All(word =>
        Terms.Append(Name).Append(Description).Append(Organisation).Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true));

    /// <summary>Whether it is at or for a place; one that names no place is for all.</summary>
    public bool IsAt(string place) => place.Length == 0 || Places.Count == 0 || Places.Any(one => one.Contains(place, StringComparison.OrdinalIgnoreCase));
}
