using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Hosting;

/// <summary>The councils that the hub serves, from <c>councils.json</c>: a list of <see cref="CouncilProfile"/>.</summary>
public static class CouncilsFile
{
    /// <summary>Name of the file in the data directory.</summary>
    public const string Name = "councils.json";

    /// <summary>Reads the file. If there is no file, the councils in <see cref="Development"/> are used.</summary>
    /// <exception cref="CouncilsFileException">The file cannot be read as a list of councils; the message states where the error
    /// is.</exception>
    public static IReadOnlyList<CouncilProfile> Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        if (!File.Exists(path))
        {
            return Development;
        }

        try
        {
            var councils = SuppliedJson.Read(File.ReadAllBytes(path), CouncilsJson.Default.IReadOnlyListCouncilProfile) ?? [];
            return councils.Count == 0 || councils.DistinctBy(c => c.Code).Count() != councils.Count
                ? throw new CouncilsFileException($"{Name} must list at least one council, and no council twice.", null)
                : councils;
        }
        catch (JsonException malformed)
        {
            throw new CouncilsFileException($"{Name} cannot be read at {FileFaultWords.Of(malformed, CouncilsJson.Default.IReadOnlyListCouncilProfile)}.", malformed);
        }
    }

    /// <summary>Whether the hub serves a council. Nobody would see what is imported for any other council.</summary>
    /// <param name="dataDirectory">The data directory.</param>
    /// <param name="council">The council.</param>
    /// <param name="problem">What is wrong if the hub does not serve the council, otherwise empty.</param>
    /// <exception cref="CouncilsFileException">The file cannot be read.</exception>
    internal static bool Serves(string dataDirectory, LocalAuthorityCode council, out string problem)
    {
        problem = Read(dataDirectory).Any(one => one.Code == council) ? ""
            : File.Exists(Path.Combine(dataDirectory, Name)) ? $"{Name} in {dataDirectory} does not list council {council}."
            : $"There is no {Name} in {dataDirectory}, so the hub does not serve council {council}; it serves only two invented councils for development.";
        return problem.Length == 0;
    }

    /// <summary>
    /// A council that the file itself lists with its ICB, or null. Without the file the hub serves invented councils, and the invented ICB
    /// of such a council must not be recorded in a child's case.
    /// </summary>
    internal static CouncilProfile? WithIcb(string dataDirectory, IReadOnlyList<CouncilProfile> councils, LocalAuthorityCode council) =>
        File.Exists(Path.Combine(dataDirectory, Name)) ? councils.FirstOrDefault(one => one.Code == council && one.Icb is not null) : null;

    /// <summary>What to do if <see cref="WithIcb"/> finds no council.</summary>
    /// <param name="dataDirectory">The data directory.</param>
    /// <param name="council">The council.</param>
    /// <param name="what">What is taken over and does not name an ICB.</param>
    internal static string MustName(string dataDirectory, LocalAuthorityCode council, string what) =>
        $"{Name} in {dataDirectory} must name council {council} with its icb, because {what} does not say which integrated care board is responsible here.";

    /// <summary>Two invented councils for development. The texts of these councils show that they are invented, so that no family believes
    /// them to be real.</summary>
    public static IReadOnlyList<CouncilProfile> Development { get; } = [Invented("330", "Development Council A"), Invented("331", "Development Council B")];

    private static CouncilProfile Invented(string code, string name) => new()
    {
        Code = Parse<LocalAuthorityCode>(code),
        Name = name,
        SocialCare = new Agency { Id = Parse<AgencyId>($"la:{code}/social-care"), Name = "Children's social care" },
        EducationalPsychology = new Agency { Id = Parse<AgencyId>($"la:{code}/educational-psychology"), Name = "Educational psychology service" },
        Icb = new Agency { Id = Parse<AgencyId>("ods:QHL"), Name = "Integrated care board" },
        MediationAdviser = "Development text: name, telephone and e-mail of the mediation adviser go here.",
        MediationContact = "Development text: the council's officer for mediation goes here.",
        DisagreementResolution = "Development text: the disagreement resolution service goes here.",
        InformationAndAdvice = "Development text: the information, advice and support service goes here.",
        Bands =
        [
            new() { Code = "D1", Title = "Development band 1", PlaceYearlyPounds = 6000, TopUpYearlyPounds = 2500, From = new DateOnly(2014, 9, 1) },
            new() { Code = "D2", Title = "Development band 2", PlaceYearlyPounds = 10000, TopUpYearlyPounds = 8000, From = new DateOnly(2014, 9, 1) },
        ],
    };

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new FormatException(problem);
}

/// <summary><c>councils.json</c> is not valid.</summary>
public sealed class CouncilsFileException(string message, Exception? cause) : Exception(message, cause);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<CouncilProfile>))]
internal sealed partial class CouncilsJson : JsonSerializerContext;
