using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Orchestrations.Letters;

/// <summary>One point that a letter must make.</summary>
/// <param name="Key">Name of the point in templates, for example <c>appealTime</c>.</param>
/// <param name="Title">Description of the point, for people who write templates.</param>
/// <param name="Facts">The facts that the text of the point must contain.</param>
public sealed record LetterPoint(string Key, string Title, IReadOnlyList<string> Facts);

/// <summary>Why a letter must make a point.</summary>
/// <param name="Point">Key of the point that the letter must make.</param>
/// <param name="Citation">The law that requires the point.</param>
/// <param name="Verified">Whether the entry was checked against the text of the law; if not, it rests on general knowledge only.</param>
/// <param name="Note">What somebody must still check in this entry.</param>
public sealed record RequiredPoint(string Point, string Citation, bool Verified, string? Note = null);

/// <summary>What one kind of letter must say to one kind of reader.</summary>
/// <param name="Letter">The kind of letter.</param>
/// <param name="Reader">For whom the letter is written.</param>
/// <param name="Points">What the letter must say, in order.</param>
public sealed record LetterRule(LetterKind Letter, LetterReader Reader, IReadOnlyList<RequiredPoint> Points);

/// <summary>
/// What each letter must say, read from england-letters-2014.json, which cites the law for each point and gives the day from which the
/// rules apply. Loading fails if a rule names an unknown point or if a letter has no rule.
/// </summary>
public sealed class LetterLaw
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<LetterLaw> England = new(() =>
    {
        using var data = typeof(LetterLaw).Assembly.GetManifestResourceStream("IntegrationHub.Orchestrations.Letters.england-letters-2014.json")
            ?? throw new InvalidDataException("The file england-letters-2014.json is not embedded in the assembly.");
        return Read(data);
    });

    private readonly Dictionary<string, LetterPoint> points;
    private readonly Dictionary<(LetterKind Letter, LetterReader Reader), LetterRule> rules;

    private LetterLaw(Document document)
    {
        points = document.Points.ToDictionary(p => p.Key, StringComparer.Ordinal);
        rules = document.Letters.ToDictionary(r => (r.Letter, r.Reader));
        Tribunal = document.Tribunal;
        SchoolsInformation = document.SchoolsInformation;
        foreach (var unknown in document.Letters.SelectMany(r => r.Points).Where(p => !points.ContainsKey(p.Point)))
        {
            throw new InvalidDataException($"The rules for letters must not name a point that does not exist: {unknown.Point}.");
        }

        if (Enum.GetValues<LetterKind>().Where(kind => !rules.Keys.Any(key => key.Letter == kind)).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidDataException($"The rules for letters must have an entry for {string.Join(", ", missing)}.");
        }
    }

    /// <summary>The rules for England from 1 September 2014.</summary>
    public static LetterLaw England2014 => England.Value;

    /// <summary>The name of the Tribunal, as it is written in letters.</summary>
    public string Tribunal { get; }

    /// <summary>Where a family can find information about schools, if the council does not name a local source.</summary>
    public string SchoolsInformation { get; }

    /// <summary>All rules, in the order of the data file.</summary>
    public IReadOnlyCollection<LetterRule> Rules => rules.Values;

    /// <summary>Reads the rules for letters.</summary>
    /// <exception cref="InvalidDataException">The rules name a point that does not exist, or leave out a letter.</exception>
    /// <exception cref="JsonException">The data of the rules do not have the expected form.</exception>
    public static LetterLaw Read(Stream data) => new(JsonSerializer.Deserialize<Document>(data, Json)!);

    /// <summary>What a letter must say to a kind of reader, or null if no reader of that kind gets the letter.</summary>
    public LetterRule? Of(LetterKind letter, LetterReader reader) => rules.GetValueOrDefault((letter, reader));

    /// <summary>Finds a point by its key.</summary>
    /// <exception cref="KeyNotFoundException">There is no point with this key.</exception>
    public LetterPoint Point(string key) => points[key];

    private sealed record Document(
        string Id, string Version, DateOnly InForceFrom, string Sources, string Tribunal, string SchoolsInformation, IReadOnlyList<LetterPoint> Points, IReadOnlyList<LetterRule> Letters);
}
