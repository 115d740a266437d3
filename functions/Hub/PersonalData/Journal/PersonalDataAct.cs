using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.PersonalData.SubjectAccess;

namespace IntegrationHub.Functions.PersonalData.Journal;

/// <summary>What was done with personal data.</summary>
public enum PersonalDataActKind
{
    /// <summary>A person was given what is held about them.</summary>
    SubjectAccess,

    /// <summary>A case may not be erased until this is lifted.</summary>
    Hold,

    /// <summary>A hold was lifted.</summary>
    HoldLifted,

    /// <summary>A case was erased: all that is left of it.</summary>
    Erased,

    /// <summary>The access log was exported.</summary>
    AccessLogExported,
}

/// <summary>What is left of a case that was erased: enough to prove that it was this one, and nothing about the child.</summary>
/// <param name="Version">Events that it had.</param>
/// <param name="Digest">SHA-256 of its events, messages and effects, as <c>assessments export</c> writes them: a copy kept elsewhere can be compared.</param>
/// <param name="ReadingsKept">Entries of the access log that stay, without anything that identifies a person.</param>
/// <param name="PlanHead">Head of the hash chain of its plan; null without a plan.</param>
public sealed record ErasedCase(long Version, string Digest, bool ReadingsKept, string? PlanHead = null);

/// <summary>One thing that a named person did with personal data. Each line holds the hash of the line before it, so none can be changed or taken out unnoticed.</summary>
public sealed record PersonalDataAct
{
    private static readonly JsonSerializerOptions Options = Make();

    /// <summary>1, 2, 3 without gaps.</summary>
    public long Number { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public required PersonalDataActKind Kind { get; init; }

    /// <summary>Who, by the id under which they sign in.</summary>
    public required string By { get; init; }

    /// <summary>Why, in their words, or the rule by which it was done.</summary>
    public required string Reason { get; init; }

    /// <summary>The council.</summary>
    public required string Council { get; init; }

    /// <summary>The cases.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>The rule of the council by which it was erased.</summary>
    public string? Rule { get; init; }

    /// <summary>Fingerprint of the list that was confirmed.</summary>
    public string? List { get; init; }

    /// <summary>What is left of an erased case.</summary>
    public ErasedCase? Erased { get; init; }

    /// <summary>What was decided before data were released.</summary>
    public IReadOnlyList<ReviewRow>? Decisions { get; init; }

    /// <summary>SHA-256 of what was released.</summary>
    public string? Sha256 { get; init; }

    /// <summary>How many entries.</summary>
    public int? Count { get; init; }

    /// <summary>First day of a period.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of a period.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Hash of the line before it; empty for the first.</summary>
    public string Previous { get; init; } = "";

    /// <summary>Hash of everything else.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The hash that the line should have.</summary>
    internal string Recomputed() => Convert.ToHexStringLower(SHA256.HashData((this with { Hash = "" }).ToBytes()));

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    internal static PersonalDataAct? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<PersonalDataAct>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(PlanJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.Converters.Insert(0, new CamelCaseEnum<PersonalDataActKind>());
        options.Converters.Insert(0, new CamelCaseEnum<ReviewRule>());
        options.Converters.Insert(0, new CamelCaseEnum<ReviewDecision>());
        return options;
    }
}
