using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage.Rows;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>The outcome of one message of a turn whose rows did not fit into one transaction.</summary>
/// <param name="Row">Row key of the outcome.</param>
/// <param name="Waiting">Row key of the delivery in the inbox.</param>
/// <param name="Outcome">The outcome.</param>
internal sealed record UnfinishedOutcome(string Row, string Waiting, Outcome Outcome);

/// <summary>An effect in its stored form. Null values are omitted, so the members have defaults here.</summary>
internal sealed record KeptEffect(OutboxEffect Effect, DateTimeOffset CreatedAt, int Attempts, EffectOutcome? End = null, string? LastDetail = null, DateTimeOffset? NextAt = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<KeptEffect>))]
[JsonSerializable(typeof(IReadOnlyList<UnfinishedOutcome>))]
internal sealed partial class RowJson : JsonSerializerContext;

/// <summary>Writes rows and reads them back.</summary>
internal static class Writing
{
    /// <summary>The build of Core that computes states from events. A state from another build is ignored, so a change to Evolve needs no
    /// migration.</summary>
    internal static readonly string Build = typeof(AssessmentState).Module.ModuleVersionId.ToString("N");

    internal static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <summary>Reads a stored value of a type that Orchestrations.Core defines.</summary>
    /// <exception cref="StoredDataDamagedException">The value has changed since it was written.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> json) => Read(json, IsOfATurn<T>() ? TurnJson.ToRead<T>() : AssessmentJson.ToRead<T>());

    private static bool IsOfATurn<T>() => typeof(T) == typeof(Delivery) || typeof(T) == typeof(Outcome) || typeof(T) == typeof(AssessmentSummary);

    /// <exception cref="StoredDataDamagedException">The value has changed since it was written.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new StoredDataDamagedException($"A stored {typeof(T).Name} is empty.");
        }
        catch (JsonException fault)
        {
            // The parser's message may quote the text, which may be personal data, so only the position is stated.
            throw new StoredDataDamagedException(FormattableString.Invariant($"A stored {typeof(T).Name} is damaged at byte {fault.BytePositionInLine}."));
        }
    }
}
