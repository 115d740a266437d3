using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Bus;

/// <summary>A rule for one member beyond its type, both as schema keywords and as a check.</summary>
internal sealed class WireRule
{
    private const string Id = "^[A-Za-z0-9._-]{1,64}$";

    // The rules are looked up for every member of every message, so they are cached.
    private static readonly ConcurrentDictionary<(JsonPropertyInfo Member, bool ToHub), IReadOnlyList<WireRule>> Known = new();

    private static readonly WireRule NotBlank = new("must not be blank.", value => !AdviceFaults.IsBlank(value.GetString()), node => node["pattern"] = $"[^{AdviceFaults.BlankClass}]");
    private static readonly WireRule NotLong = AtMost(AdviceFaults.MaxTextLength);

    // An explanation is stored after its reason's text, so it must be shorter than other texts.
    private static readonly WireRule NotLongWithItsReason = AtMost(AdviceDeclined.MaxExplanationLength);

    // A note has this text, the line's id and the finding, so this text must be shorter than others.
    private static readonly WireRule NotLongWithItsLine = AtMost(LineProgress.MaxTextLength);
    private static readonly WireRule LineOfPlan = AtMost(LineProgress.MaxLineLength);

    private static readonly WireRule LineId = Matches(Id, null, "must be 1 to 64 letters, digits, hyphens, dots or underscores.");
    private static readonly WireRule LineIds = new(
        "contains something that is not the id of a line.", value => value.EnumerateArray().All(id => AdviceFaults.IsId(id.GetString())), node => Match((JsonObject)node["items"]!, Id, null));

    private static readonly WireRule AtMostLines = new(
        $"must have {AdviceFaults.MaxLines} entries or fewer.", value => value.GetArrayLength() <= AdviceFaults.MaxLines, node => node["maxItems"] = AdviceFaults.MaxLines);

    private static readonly WireRule Sha256 = Matches("^[0-9a-f]{64}$", 64, "must be a SHA-256: 64 lower-case hexadecimal digits.");
    private static readonly WireRule Size = new("must not be negative.", value => value.GetDouble() >= 0, node => node["minimum"] = 0);
    private static readonly WireRule Exact = new($"must be {WholeNumber.Max} or less.", value => value.GetDouble() <= WholeNumber.Max, node => node["maximum"] = WholeNumber.Max);
    private static readonly WireRule Positive = new("must be 1 or more.", value => value.GetInt64() >= 1, node => node["minimum"] = 1);
    private static readonly WireRule OfAgency = new(
        "must not be familyViews, because the council asks the family for its views.", value => value.GetString() != "familyViews",
        node => ((JsonArray)node["enum"]!).RemoveAll(kind => kind!.GetValue<string>() == "familyViews"));

    private readonly string reason;
    private readonly Func<JsonElement, bool> holds;
    private readonly Action<JsonObject> describe;

    private WireRule(string reason, Func<JsonElement, bool> holds, Action<JsonObject> describe) => (this.reason, this.holds, this.describe) = (reason, holds, describe);

    /// <summary>The rules of one member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="toHub">Whether the member is in a message to the hub, to which more rules apply than to a message from the hub.</param>
    internal static IReadOnlyList<WireRule> Of(JsonPropertyInfo member, bool toHub) =>
        Known.GetOrAdd((member, toHub), static one => Find(one.Member, one.ToHub));

    private static IReadOnlyList<WireRule> Find(JsonPropertyInfo member, bool toHub)
    {
        var (owner, name) = (member.DeclaringType, member.Name);
        if (member.PropertyType == typeof(string))
        {
            if (name is "sha256" or "whole")
            {
                return [Sha256];
            }

            if (toHub && name == "id")
            {
                return [LineId];
            }

            return
            [
                .. member.IsRequired || (toHub && name == "correction") ? [NotBlank] : Array.Empty<WireRule>(),
                .. !toHub ? Array.Empty<WireRule>() : (owner.Name, name) switch
                {
                    (_, "explanation") => [NotLongWithItsReason],
                    (nameof(LineProgress), "line") => [LineOfPlan],
                    (nameof(LineProgress), "text") => [NotLongWithItsLine],
                    _ => new[] { NotLong },
                },
            ];
        }

        return (owner.Name, name) switch
        {
            (nameof(AttachmentRef), "size") => [Size, Exact],
            (nameof(AdviceReminder), "number") or (nameof(ReviewAdviceRequested), "review") => [Positive],
            (nameof(ReviewAdviceSubmitted), "progress") => [AtMostLines],
            (nameof(AssessmentPushed), "kind") => [OfAgency],
            (nameof(AdviceOutcome), "needs") or (nameof(AdviceProvision), "outcomes") when toHub => [LineIds],
            (nameof(AdviceContent), "views" or "needs" or "outcomes" or "provision" or "notes") when toHub => [AtMostLines],
            _ => [],
        };
    }

    /// <summary>What is wrong with a value of the right type, or null if nothing is wrong.</summary>
    internal string? Problem(JsonElement value) => holds(value) ? null : reason;

    internal void Describe(JsonObject node) => describe(node);

    /// <summary>A check of a text against a pattern. A plain <c>$</c> would allow a line feed at the end.</summary>
    internal static Regex Whole(string pattern) => new($@"{pattern[..^1]}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>A pattern for an entire text, as schema keywords that exclude the final line feed that <c>$</c> allows.</summary>
    internal static void Match(JsonObject node, string pattern, int? length)
    {
        node["pattern"] = pattern;
        if (length is { } fixedLength)
        {
            node["maxLength"] = fixedLength;
        }
        else
        {
            node["not"] = new JsonObject { ["pattern"] = "\\n" };
        }
    }

    private static WireRule AtMost(int characters) =>
        new($"must be {characters} characters or fewer.", value => AdviceFaults.Fits(value.GetString(), characters), node => node["maxLength"] = characters);

    private static WireRule Matches(string pattern, int? length, string reason)
    {
        var whole = Whole(pattern);
        return new(reason, value => whole.IsMatch(value.GetString()!), node => Match(node, pattern, length));
    }
}
