using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>The reason why data may have to be left out.</summary>
public enum ReviewRule
{
    /// <summary>Names, numbers or addresses of somebody else (DPA 2018 Sch 2 para 16).</summary>
    OtherPerson,

    /// <summary>The name of a child in another case.</summary>
    OtherChild,

    /// <summary>A professional who wrote in the course of their work in education, health or social care (Sch 2 para 17).</summary>
    Professional,

    /// <summary>Education, health or social work data whose disclosure might do serious harm (Sch 3).</summary>
    SeriousHarm,

    /// <summary>A document whose text the program has not read.</summary>
    Document,
}

/// <summary>Whether data are released to the person who asked for them.</summary>
public enum ReviewDecision
{
    /// <summary>The data are left out of what the person receives.</summary>
    Withhold,

    /// <summary>The data are released to the person.</summary>
    Disclose,
}

/// <summary>One row of the review: some data that an officer must decide to release or not. The row identifies the data, but does not
/// contain it.</summary>
/// <param name="Id">A checksum of the other members, so that a decision applies to exactly this row.</param>
/// <param name="Case">The case.</param>
/// <param name="Rule">The rule that requires a decision by an officer.</param>
/// <param name="About">The person or item that the row is about, for example "mother" or "medical advice".</param>
/// <param name="Places">Where the data are in the case, for example "event 12".</param>
/// <param name="Proposed">The program's proposal, or null if only an officer can decide.</param>
/// <param name="Decision">The officer's decision, or null to accept the proposal.</param>
/// <param name="Reason">The officer's reason.</param>
public sealed record ReviewRow(
    string Id, string Case, ReviewRule Rule, string About, IReadOnlyList<string> Places, ReviewDecision? Proposed = null, ReviewDecision? Decision = null, string? Reason = null)
{
    /// <summary>The decision that applies: the officer's decision if there is one, otherwise the proposal, or null if there is
    /// neither.</summary>
    [JsonIgnore]
    public ReviewDecision? Applies => Decision ?? Proposed;

    internal static ReviewRow Of(HeldItem first, ReviewRule rule, string about, IEnumerable<string> places, ReviewDecision? proposed, int number = 0)
    {
        IReadOnlyList<string> all = [.. places];
        var mark = string.Join('\n', [first.Case.Value, rule.ToString(), about, FormattableString.Invariant($"{number}"), .. all]);
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mark)))[..12], first.Case.Value, rule, about, all, proposed);
    }

    /// <summary>Says where an item is in the case, for example "event 12".</summary>
    internal static string Place(HeldItem item) => $"{item.Kind.ToString().ToLowerInvariant()} {item.Key}";
}

/// <summary>The file in which an officer decides what is released.</summary>
/// <param name="Rows">The rows on which the officer decides.</param>
public sealed record Review(IReadOnlyList<ReviewRow> Rows)
{
    private static readonly JsonSerializerOptions Options = Make();

    /// <summary>Reads an officer's decisions.</summary>
    /// <returns>The review, or null if the text is not a review.</returns>
    public static Review? Read(string json)
    {
        try
        {
            return SuppliedJson.Read<Review>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The review as JSON, for the file that the officer fills in.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(PlanJson.Options) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        options.Converters.Insert(0, new CamelCaseEnum<ReviewRule>());
        options.Converters.Insert(0, new CamelCaseEnum<ReviewDecision>());
        return options;
    }
}
