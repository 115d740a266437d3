using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.PersonalData.SubjectAccess;

namespace IntegrationHub.Functions.PersonalData.Journal;

/// <summary>The kind of an action on personal data.</summary>
public enum PersonalDataActionKind
{
    /// <summary>A person received the information held about them.</summary>
    SubjectAccess,

    /// <summary>A hold was placed on a case, which cannot be erased until the hold is lifted.</summary>
    Hold,

    /// <summary>A hold was lifted.</summary>
    HoldLifted,

    /// <summary>A case was erased, and this entry is all that remains of it.</summary>
    Erased,

    /// <summary>The access log was exported.</summary>
    AccessLogExported,
}

/// <summary>What remains on record of an erased case: enough to prove which case it was, without saying anything about the child.</summary>
/// <param name="Version">The number of events in the case.</param>
/// <param name="Digest">SHA-256 of the case's events, messages and effects, as the command <c>assessments export</c> writes them, so that
/// a copy stored elsewhere can be compared.</param>
/// <param name="ReadingsKept">Whether the access log's entries about the case were kept; they do not identify a person.</param>
/// <param name="PlanHead">The last checksum in the chain of the case's plan, or null if the case had no plan.</param>
public sealed record ErasedCase(long Version, string Digest, bool ReadingsKept, string? PlanHead = null);

/// <summary>One action that a named person performed on personal data. Each line contains the checksum of the line before it, so no line
/// can be changed or removed unnoticed.</summary>
public sealed record PersonalDataAction
{
    private static readonly JsonSerializerOptions Options = Make();

    /// <summary>Number of the action: 1, 2, 3 and so on without gaps.</summary>
    public long Number { get; init; }

    /// <summary>The time of the action, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The kind of action.</summary>
    public required PersonalDataActionKind Kind { get; init; }

    /// <summary>The sign-in id of the person who performed the action.</summary>
    public required string By { get; init; }

    /// <summary>The reason in the person's own words, or the rule that required the action.</summary>
    public required string Reason { get; init; }

    /// <summary>The council whose data the action was about.</summary>
    public required string Council { get; init; }

    /// <summary>The cases that the action was about.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>The council's rule under which the case was erased.</summary>
    public string? Rule { get; init; }

    /// <summary>Fingerprint of the retention list that the officer confirmed.</summary>
    public string? List { get; init; }

    /// <summary>What remains on record of the erased case, if a case was erased.</summary>
    public ErasedCase? Erased { get; init; }

    /// <summary>The officer's decisions on which data could be released to the person.</summary>
    public IReadOnlyList<ReviewRow>? Decisions { get; init; }

    /// <summary>SHA-256 of the released package.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The number of log entries exported.</summary>
    public int? Count { get; init; }

    /// <summary>First day of the period that the action was about.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of the period that the action was about.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Checksum of the previous line, or empty for the first line.</summary>
    public string Previous { get; init; } = "";

    /// <summary>Checksum of everything else in this line of the journal.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Calculates the checksum that the line should have.</summary>
    internal string Recomputed() => Convert.ToHexStringLower(SHA256.HashData((this with { Hash = "" }).ToBytes()));

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    internal static PersonalDataAction? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<PersonalDataAction>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(PlanJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.Converters.Insert(0, new CamelCaseEnum<PersonalDataActionKind>());
        options.Converters.Insert(0, new CamelCaseEnum<ReviewRule>());
        options.Converters.Insert(0, new CamelCaseEnum<ReviewDecision>());
        return options;
    }
}
