using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>The outcome of one message to an assessment, as it is stored.</summary>
internal sealed record KeptOutcome(string MessageId, Outcome Outcome);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<KeptOutcome>))]
internal sealed partial class KeptJson : JsonSerializerContext;

/// <summary>Encodes the store's data for writing, and decodes the data when reading.</summary>
internal static class Encoding
{
    /// <summary>Identifies the build of Core, which computes states from events. A snapshot from another build is ignored, so a change to
    /// Evolve needs no migration.</summary>
    internal static readonly string Build = typeof(AssessmentState).Module.ModuleVersionId.ToString("N");

    internal static byte[]? Events(IReadOnlyList<RecordedEvent> events) =>
        events.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(events, AssessmentJson.Default.IReadOnlyListRecordedEvent);

    internal static IReadOnlyList<RecordedEvent> Events(ReadOnlySpan<byte> json) =>
        json.IsEmpty ? [] : Read(json, AssessmentJson.ToRead<IReadOnlyList<RecordedEvent>>());

    internal static byte[]? Decided(IReadOnlyList<DecidedDelivery> decided) =>
        decided.Count == 0 ? null : Outcomes([.. decided.Select(d => new KeptOutcome(d.Delivery.MessageId, d.Outcome))]);

    internal static byte[] Outcomes(IReadOnlyList<KeptOutcome> outcomes) => JsonSerializer.SerializeToUtf8Bytes(outcomes, KeptJson.Default.IReadOnlyListKeptOutcome);

    internal static IReadOnlyList<KeptOutcome> Outcomes(ReadOnlySpan<byte> json) =>
        json.IsEmpty ? [] : Read(json, KeptJson.Default.IReadOnlyListKeptOutcome);

    internal static byte[] State(AssessmentState state) => JsonSerializer.SerializeToUtf8Bytes(state, AssessmentJson.Default.AssessmentState);

    internal static AssessmentState State(ReadOnlySpan<byte> json) => Read(json, AssessmentJson.ToRead<AssessmentState>());

    internal static byte[] Delivery(Delivery delivery) => JsonSerializer.SerializeToUtf8Bytes(delivery, TurnJson.Default.Delivery);

    internal static Delivery Delivery(ReadOnlySpan<byte> json) => Read(json, TurnJson.ToRead<Delivery>());

    internal static byte[] Effect(OutboxEffect effect) => JsonSerializer.SerializeToUtf8Bytes(effect, TurnJson.Default.OutboxEffect);

    internal static OutboxEffect Effect(ReadOnlySpan<byte> json) => Read(json, TurnJson.ToRead<OutboxEffect>());

    internal static AssessmentId Id(string text) =>
        AssessmentId.TryParse(text, out var id, out _) ? id : throw Damaged("an assessment's id is not valid");

    internal static AgencyId Agency(string text) =>
        AgencyId.TryParse(text, out var agency, out _) ? agency : throw Damaged("an agency's id is not valid");

    internal static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    internal static DateTimeOffset? Instant(long? ticks) => ticks is { } present ? Instant(present) : null;

    internal static DateOnly? Day(long? number) => number is { } present ? DateOnly.FromDayNumber((int)present) : null;

    internal static StoreUnavailableException Damaged(string what, Exception? inner = null) =>
        new(StoreFault.Corrupt, $"The hub's database is damaged, or was changed by hand: {what}. Restore the newest backup.", inner);

    private static T Read<T>(ReadOnlySpan<byte> json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Damaged($"a stored {typeof(T).Name} is empty");
        }
        catch (JsonException fault)
        {
            // The parser's message can quote the text, which may be personal data, so only the position is used.
            throw Damaged(FormattableString.Invariant($"a stored {typeof(T).Name} is not valid at byte {fault.BytePositionInLine}"));
        }
    }
}
