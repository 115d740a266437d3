namespace IntegrationHub.Functions.LocalOffer;

/// <summary>One service of a council's Local Offer, as Open Referral UK 3.0 describes it. Values that are not in the feed are null or
/// empty.</summary>
public sealed record OfferService
{
    /// <summary>Id of the service in the feed.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the service.</summary>
    public required string Name { get; init; }

    /// <summary>Description of the service.</summary>
    public string? Description { get; init; }

    /// <summary>The organisation that runs the service.</summary>
    public string? Organisation { get; init; }

    /// <summary>The service's web page (http or https).</summary>
    public string? Url { get; init; }

    /// <summary>The service's e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The service's telephone numbers.</summary>
    public IReadOnlyList<string> Phones { get; init => field = value ?? []; } = [];

    /// <summary>Lowest age for the service, in years.</summary>
    public int? FromAge { get; init; }

    /// <summary>Highest age for the service, in years.</summary>
    public int? ToAge { get; init; }

    /// <summary>Towns, postcodes and areas of the service.</summary>
    public IReadOnlyList<string> Places { get; init => field = value ?? []; } = [];

    /// <summary>Names of the service's taxonomy terms, such as needs and kinds of help.</summary>
    public IReadOnlyList<string> Terms { get; init => field = value ?? []; } = [];

    /// <summary>Day on which the service was last changed, according to the feed.</summary>
    public DateOnly? UpdatedOn { get; init; }

    /// <summary>Day on which the service was last checked, according to the feed.</summary>
    public DateOnly? AssuredOn { get; init; }

    /// <summary>Whether a child or young person of that age can use the service, according to the feed.</summary>
    public bool AcceptsAge(int age) => !(FromAge > age) && !(ToAge < age);

    /// <summary>Whether every word of the search occurs in the service's name, description, organisation or terms.</summary>
    public bool ContainsAll(IEnumerable<string> words) => words.All(word =>
        Terms.Append(Name).Append(Description).Append(Organisation).Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true));

    /// <summary>Whether the service is at the given place or serves people there. A service that does not name a place is treated as
    /// available everywhere.</summary>
    public bool IsAt(string place) => place.Length == 0 || Places.Count == 0 || Places.Any(one => one.Contains(place, StringComparison.OrdinalIgnoreCase));
}
