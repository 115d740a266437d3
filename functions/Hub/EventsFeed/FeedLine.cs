using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>One event as it is kept: which fact of which case, and nothing that it says about anybody.</summary>
/// <param name="Number">Its place in the feed; 0 until it has one.</param>
/// <param name="Case">The case.</param>
/// <param name="Sequence">Its number in the case.</param>
/// <param name="What">Stored name of the fact.</param>
/// <param name="At">When it was decided, UTC.</param>
/// <param name="AddedAt">When it was added to the feed, UTC: its time is counted from then.</param>
/// <param name="Limits">Keys of the rules whose limits changed with it.</param>
internal sealed record FeedLine(
    [property: JsonPropertyName("n")] long Number,
    [property: JsonPropertyName("case")] string Case,
    [property: JsonPropertyName("seq")] long Sequence,
    [property: JsonPropertyName("what")] string What,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("added")] DateTimeOffset AddedAt,
    [property: JsonPropertyName("limits")] IReadOnlyList<string> Limits)
{
    /// <summary>The only line that is left of a case that was erased. Not a fact: an erased case has none.</summary>
    internal const string Erased = "caseErased";

    /// <summary>The case's id.</summary>
    /// <exception cref="FormatException">The line names no case.</exception>
    internal AssessmentId Id => AssessmentId.TryParse(Case, out var id, out var problem) ? id : throw new FormatException(problem);
}

/// <summary>The first line of a file of the feed.</summary>
/// <param name="Through">The highest number given in it, also where that line is gone.</param>
internal sealed record FeedFileHead([property: JsonPropertyName("through")] long Through);

/// <summary>Up to where the feed was removed because its time had come.</summary>
/// <param name="Through">The highest number removed; 0 for none.</param>
/// <param name="Before">What was added before this is removed; facts from before it are not added any more.</param>
internal sealed record FeedRemoved([property: JsonPropertyName("through")] long Through, [property: JsonPropertyName("before")] DateTimeOffset Before)
{
    internal static readonly FeedRemoved Nothing = new(0, DateTimeOffset.MinValue);
}

[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FeedLine))]
[JsonSerializable(typeof(FeedFileHead))]
[JsonSerializable(typeof(FeedRemoved))]
internal sealed partial class FeedJson : JsonSerializerContext;
