using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Functions.PersonalData.Retention;

/// <summary>The cases to which a rule applies.</summary>
public enum RetainedCases
{
    /// <summary>Cases with a plan that the council made or took over.</summary>
    WithPlan,

    /// <summary>Cases that ended without a plan.</summary>
    WithoutPlan,
}

/// <summary>How long cases are kept: until the later of the two dates that the rule defines.</summary>
/// <param name="Key">Name of the rule, which is recorded with each erasure.</param>
/// <param name="Cases">The cases to which the rule applies.</param>
/// <param name="Birthday">The age from which the years in <c>yearsAfterBirthday</c> are counted, or null if the rule does not depend on
/// age.</param>
/// <param name="YearsAfterBirthday">The number of years for which the case is kept after the birthday in Birthday.</param>
/// <param name="YearsAfterEnd">The number of years for which the case is kept after it has ended, or null if the rule does not depend on
/// the end.</param>
public sealed record CaseRule(string Key, RetainedCases Cases, int? Birthday = null, int YearsAfterBirthday = 0, int? YearsAfterEnd = null)
{
    /// <summary>The first day on which the rule allows a case to be erased.</summary>
    internal DateOnly From(DateOnly born, DateOnly ended)
    {
        var byAge = Birthday is { } age ? born.AddYears(age + YearsAfterBirthday) : DateOnly.MinValue;
        var byEnd = YearsAfterEnd is { } years ? ended.AddYears(years) : DateOnly.MinValue;
        return (byAge > byEnd ? byAge : byEnd).AddDays(1);
    }
}

/// <summary>What happens to the access log's entries about an erased case.</summary>
public enum ErasedReadings
{
    /// <summary>The access log's entries are kept. They contain the number of the case, but it no longer identifies a person.</summary>
    Keep,

    /// <summary>The access log's entries are erased with the case.</summary>
    Erase,
}

/// <summary>How long one council keeps its data.</summary>
/// <param name="Council">The council.</param>
/// <param name="Rules">How long cases are kept, with one rule for each kind of case.</param>
/// <param name="ReadingsOfErasedCases">What happens to the access log's entries about an erased case.</param>
public sealed record CouncilRetention(LocalAuthorityCode Council, IReadOnlyList<CaseRule> Rules, ErasedReadings ReadingsOfErasedCases = ErasedReadings.Keep);

/// <summary>
/// The file <c>retention.json</c>: how long each council keeps its data. No regulation sets a period, so the hub has no default, and
/// nothing is ever erased without the file.
/// </summary>
/// <param name="Version">Version of the file's format: 1.</param>
/// <param name="Councils">The rules of each council.</param>
public sealed record RetentionRules(int Version, IReadOnlyList<CouncilRetention> Councils)
{
    /// <summary>Name of the file in the data directory.</summary>
    public const string Name = "retention.json";

    private const int Longest = 100;
    private static readonly JsonSerializerOptions Options = Make();

    /// <summary>Reads the file in a data directory.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or a rule is not valid; the exception's message gives the
    /// details.</exception>
    public static RetentionRules Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        if (!File.Exists(path))
        {
            return new(1, []);
        }

        try
        {
            var rules = SuppliedJson.Read<RetentionRules>(SuppliedText.Read(path), Options);
            return rules is null ? throw new InvalidDataException($"{Name} is empty.") : rules.Problem() is { } problem ? throw new InvalidDataException($"{Name}: {problem}") : rules;
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{Name} is not valid at {FileFaultWords.Of(malformed, Options.GetTypeInfo(typeof(RetentionRules)))}.", malformed);
        }
    }

    /// <summary>The rules of a council, or null if the council has none.</summary>
    public CouncilRetention? Of(LocalAuthorityCode council) => Councils.FirstOrDefault(one => one.Council == council);

    private string? Problem()
    {
        if (Version != 1)
        {
            return "version must be 1.";
        }

        if (Councils.DistinctBy(one => one.Council).Count() != Councils.Count)
        {
            return "a council must not be listed twice.";
        }

        foreach (var council in Councils)
        {
            if (council.Rules.DistinctBy(rule => rule.Cases).Count() != council.Rules.Count || council.Rules.DistinctBy(rule => rule.Key).Count() != council.Rules.Count)
            {
                return $"council {council.Council} must not have two rules for the same cases or with the same key.";
            }

            if (council.Rules.FirstOrDefault(rule => !IsMeant(rule)) is { } wrong)
            {
                return $"rule {wrong.Key} of council {council.Council} must have a key, and a birthday or a number of years after the end, and every number must be from 0 to {Longest}; "
                    + "a plan can be maintained until the age of 25, so a birthday must be at least 18.";
            }
        }

        return null;
    }

    private static bool IsMeant(CaseRule rule) =>
        !string.IsNullOrWhiteSpace(rule.Key) && (rule.Birthday ?? rule.YearsAfterEnd) is not null
        && rule.Birthday is null or (>= 18 and <= Longest) && rule.YearsAfterBirthday is >= 0 and <= Longest && rule.YearsAfterEnd is null or (>= 0 and <= Longest);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(PlanJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip };
        options.Converters.Insert(0, new CamelCaseEnum<RetainedCases>());
        options.Converters.Insert(0, new CamelCaseEnum<ErasedReadings>());
        return options;
    }
}
