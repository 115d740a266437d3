using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.GivenFiles;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>Why something may have to be left out.</summary>
public enum ReviewRule
{
    /// <summary>Names, numbers or addresses of somebody else (DPA 2018 Sch 2 para 16).</summary>
    OtherPerson,

    /// <summary>A child of another case is named.</summary>
    OtherChild,

    /// <summary>Somebody who wrote in their work for education, health or social care (Sch 2 para 17).</summary>
    Professional,

    /// <summary>Education, health or social work data whose disclosure might do serious harm (Sch 3).</summary>
    SeriousHarm,

    /// <summary>A document whose words the program has not read.</summary>
    Document,
}

/// <summary>What happens to it.</summary>
public enum ReviewDecision
{
    /// <summary>It is left out.</summary>
    Withhold,

    /// <summary>It is given to the person.</summary>
    Disclose,
}

/// <summary>One thing on which a person decides before anything is released. It repeats none of the data.</summary>
/// <param name="Id">A hash of the other members, so that a decision holds for exactly this row.</param>
/// <param name="Case">The case.</param>
/// <param name="Rule">Why.</param>
/// <param name="About">Whom or what it is about: "mother", "medical advice".</param>
/// <param name="Places">Where it is found: "event 12".</param>
/// <param name="Proposed">What the program proposes; null where only a person can tell.</param>
/// <param name="Decision">What the person decided; null: as proposed.</param>
/// <param name="Reason">Their reason.</param>
public sealed record ReviewRow(
    string Id, string Case, ReviewRule Rule, string About, IReadOnlyList<string> Places, ReviewDecision? Proposed = null, ReviewDecision? Decision = null, string? Reason = null)
{
    /// <summary>What applies: the person's decision, else the proposal; null where nobody has decided.</summary>
    [JsonIgnore]
    public ReviewDecision? Applies => Decision ?? Proposed;

    internal static ReviewRow Of(HeldItem first, ReviewRule rule, string about, IEnumerable<string> places, ReviewDecision? proposed, int number = 0)
    {
        IReadOnlyList<string> all = [.. places];
        var mark = string.Join('\n', [first.Case.Value, rule.ToString(), about, FormattableString.Invariant($"{number}"), .. all]);
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mark)))[..12], first.Case.Value, rule, about, all, proposed);
    }

    /// <summary>The place of an item, in words.</summary>
    internal static string Place(HeldItem item) => $"{item.Kind.ToString().ToLowerInvariant()} {item.Key}";
}

/// <summary>The file on which a person decides.</summary>
/// <param name="Rows">What there is to decide.</param>
public sealed record Review(IReadOnlyList<ReviewRow> Rows)
{
    private static readonly JsonSerializerOptions Options = Make();

    /// <summary>Reads what a person decided.</summary>
    /// <returns>Null where it is something else.</returns>
    public static Review? Read(string json)
    {
        try
        {
            return GivenJson.Read<Review>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(PlanJson.Options) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        options.Converters.Insert(0, new CamelCaseEnum<ReviewRule>());
        options.Converters.Insert(0, new CamelCaseEnum<ReviewDecision>());
        return options;
    }
}
