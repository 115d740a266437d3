using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Orchestrations.Letters;

/// <summary>One point that a letter must make.</summary>
/// <param name="Key">Name of the point in templates, such as <c>appealTime</c>.</param>
/// <param name="Title">Description of the point, for people who write templates.</param>
/// <param name="Facts">Facts that the point must contain.</param>
public sealed record LetterPoint(string Key, string Title, IReadOnlyList<string> Facts);

/// <summary>Why a letter must make a point.</summary>
/// <param name="Point">Key of the point.</param>
/// <param name="Citation">The law.</param>
/// <param name="Verified">Whether the entry was checked against the text of the law, rather than resting on general knowledge only.</param>
/// <param name="Note">What must be checked.</param>
public sealed record RequiredPoint(string Point, string Citation, bool Verified, string? Note = null);

/// <summary>What one kind of letter must say to one kind of reader.</summary>
/// <param name="Letter">The kind of letter.</param>
/// <param name="Reader">For whom the letter is written.</param>
/// <param name="Points">What the letter must say, in order.</param>
public sealed record LetterRule(LetterKind Letter, LetterReader Reader, IReadOnlyList<RequiredPoint> Points);

/// <summary>
/// What each letter must say, as dated data with citations in england-letters-2014.json. The data does not load if a rule names an unknown
/// point or a letter has no rule.
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
            throw new InvalidDataException($"The rules of letters name a point that does not exist: {unknown.Point}.");
        }

        if (Enum.GetValues<LetterKind>().Where(kind => !rules.Keys.Any(key => key.Letter == kind)).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidDataException($"The rules of letters have no entry for {string.Join(", ", missing)}.");
        }
    }

    /// <summary>The rules of England from 1 September 2014.</summary>
    public static LetterLaw England2014 => England.Value;

    /// <summary>The name of the Tribunal, as letters give it.</summary>
    public string Tribunal { get; }

    /// <summary>Where a family finds information about schools, if its council names nothing more local.</summary>
    public string SchoolsInformation { get; }

    /// <summary>Every rule, in the order of the data.</summary>
    public IReadOnlyCollection<LetterRule> Rules => rules.Values;

    /// <summary>Reads rules of letters.</summary>
    /// <exception cref="InvalidDataException">The rules name a point that does not exist, or omit a letter.</exception>
    /// <exception cref="JsonException">The rules do not have the expected form.</exception>
    public static LetterLaw Read(Stream data) => new(JsonSerializer.Deserialize<Document>(data, Json)!);

    /// <summary>What a letter must say to a reader, or null if no such reader gets the letter.</summary>
    public LetterRule? Of(LetterKind letter, LetterReader reader) => rules.GetValueOrDefault((letter, reader));

    /// <summary>A point by its key.</summary>
    /// <exception cref="KeyNotFoundException">There is no point with this key.</exception>
    public LetterPoint Point(string key) => points[key];

    private sealed record Document(
        string Id, string Version, DateOnly InForceFrom, string Sources, string Tribunal, string SchoolsInformation, IReadOnlyList<LetterPoint> Points, IReadOnlyList<LetterRule> Letters);
}
