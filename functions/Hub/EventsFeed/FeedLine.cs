using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>One event as stored in the feed: which fact of which case, without any personal data.</summary>
/// <param name="Number">Position in the feed; 0 before the line is added.</param>
/// <param name="Case">The case.</param>
/// <param name="Sequence">Number of the fact in the case.</param>
/// <param name="What">Stored name of the fact.</param>
/// <param name="At">Time at which the fact was recorded in the case, in UTC.</param>
/// <param name="AddedAt">Time at which the line was added to the feed, in UTC. The retention period of the line starts at this
/// time.</param>
/// <param name="Limits">Keys of the rules whose time limits were changed by the fact.</param>
internal sealed record FeedLine(
    [property: JsonPropertyName("n")] long Number,
    [property: JsonPropertyName("case")] string Case,
    [property: JsonPropertyName("seq")] long Sequence,
    [property: JsonPropertyName("what")] string What,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("added")] DateTimeOffset AddedAt,
    [property: JsonPropertyName("limits")] IReadOnlyList<string> Limits)
{
    /// <summary>Used instead of the name of a fact in the only remaining line of an erased case, because an erased case has no
    /// facts.</summary>
    internal const string Erased = "caseErased";

    /// <summary>The case's id.</summary>
    /// <exception cref="FormatException">The line does not contain a valid case id.</exception>
    internal AssessmentId Id => AssessmentId.TryParse(Case, out var id, out var problem) ? id : throw new FormatException(problem);
}

/// <summary>The first line of a file of the feed.</summary>
/// <param name="Through">The highest line number ever used in the file, even if that line has been removed.</param>
internal sealed record FeedFileHead([property: JsonPropertyName("through")] long Through);

/// <summary>Records which part of the feed was removed because its retention period had ended.</summary>
/// <param name="Through">The highest number removed; 0 for none.</param>
/// <param name="Before">Lines added before this instant are removed, and facts recorded before it are no longer added.</param>
internal sealed record FeedRemoved([property: JsonPropertyName("through")] long Through, [property: JsonPropertyName("before")] DateTimeOffset Before)
{
    internal static readonly FeedRemoved Nothing = new(0, DateTimeOffset.MinValue);
}

[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FeedLine))]
[JsonSerializable(typeof(FeedFileHead))]
[JsonSerializable(typeof(FeedRemoved))]
internal sealed partial class FeedJson : JsonSerializerContext;
