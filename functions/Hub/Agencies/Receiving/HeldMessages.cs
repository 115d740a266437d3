using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>The kind of message that is held, which decides where it is stored.</summary>
public enum HeldKind
{
    /// <summary>A pushed assessment that matches no open case, or does not match any with certainty.</summary>
    Pushed,

    /// <summary>A school closure, for assessments in which the school is asked for advice later.</summary>
    Closure,
}

/// <summary>A message that is stored until the hub can use it.</summary>
public sealed record HeldMessage
{
    /// <summary>The message's name in the hub.</summary>
    public required string Key { get; init; }

    /// <summary>The id that the message has in the inbox of a case.</summary>
    public required string MessageId { get; init; }

    /// <summary>The agency that sent the message.</summary>
    public required AgencyId Sender { get; init; }

    /// <summary>The sender's correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Type of the message.</summary>
    public required string Type { get; init; }

    /// <summary>The message's data, as received.</summary>
    public required byte[] Data { get; init; }

    /// <summary>When the message is deleted if it has not been used, in UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The sender's own id for the message; the id in an inbox is "bus SENDER ID".</summary>
    internal string EventId => MessageId[(MessageId.LastIndexOf(' ') + 1)..];

    internal static HeldMessage Of(Incoming incoming, DateTimeOffset until) => new()
    {
        Key = incoming.Key,
        MessageId = incoming.MessageId,
        Sender = incoming.Sender,
        CorrelationId = incoming.CorrelationId,
        Type = incoming.Event.Type,
        Data = incoming.Event.Data.ToArray(),
        Until = until,
    };
}

/// <summary>A permanent record, without the content, of what happened to a message that was held or would have been held.</summary>
/// <param name="Key">The message's name in the hub.</param>
/// <param name="Sender">The agency that sent the message.</param>
/// <param name="End">What happened to the message in the end: attached, dismissed, deleted or refused.</param>
/// <param name="At">When the hub stopped holding the message, in UTC.</param>
/// <param name="Assessment">The assessment to which the message was attached.</param>
/// <param name="By">The officer who decided, or null if no officer decided.</param>
public sealed record HeldRecord(string Key, AgencyId Sender, string End, DateTimeOffset At, AssessmentId? Assessment = null, string? By = null);

/// <summary>Stores messages in the document store until the hub can use them, and records what happened to them.</summary>
/// <param name="documents">The document store in which the messages are stored.</param>
/// <param name="holding">The limits on the messages held for one sender, or null for the default limits.</param>
public sealed class HeldMessages(IDocumentStore documents, HoldingOptions? holding = null)
{
    private const string Json = "application/json";

    /// <summary>The answer to a sender who has reached the limit; it does not reveal whether there is a case.</summary>
    internal static readonly IntakeResult TooMany = IntakeResult.Refused(
        "TooManyHeld", "The hub already holds the maximum number of messages from you. Wait until the council has dealt with some of them or they expire. The message was not accepted. Send it again later.");

    /// <summary>Whether the hub can hold a message from this sender: the hub already holds the message, or the limit for the sender has not
    /// been reached.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async ValueTask<bool> HasRoomAsync(AgencyId sender, string key, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(OfSender(sender), cancellationToken);
        return names.Count < (holding ?? new HoldingOptions()).MaxHeld || names.Contains($"{OfSender(sender)}{key}.json");
    }

    /// <summary>Stores a message, or returns false if the store cannot be reached. Storing a message that is already stored changes
    /// nothing.</summary>
    internal async ValueTask<bool> KeepAsync(HeldKind kind, HeldMessage message, CancellationToken cancellationToken) =>
        (await documents.PutOnceAsync($"{OfSender(message.Sender)}{message.Key}.json", "{}"u8.ToArray(), Json, cancellationToken)).Succeeded
        && (await documents.PutOnceAsync(NameOf(kind, message.Key), JsonSerializer.SerializeToUtf8Bytes(message, HeldJson.Default.HeldMessage), Json, cancellationToken)).Succeeded;

    /// <summary>A held message, or null if there is no message with this name.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async ValueTask<HeldMessage?> FindAsync(HeldKind kind, string key, CancellationToken cancellationToken) =>
        await ReadAsync(NameOf(kind, key), HeldJson.Default.HeldMessage, cancellationToken);

    /// <summary>The keys of all held messages.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async ValueTask<IReadOnlyList<string>> KeysAsync(HeldKind kind, CancellationToken cancellationToken) =>
        [.. (await NamesAsync(FolderOf(kind), cancellationToken)).Select(name => name[FolderOf(kind).Length..^".json".Length])];

    /// <summary>All held messages.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async ValueTask<IReadOnlyList<HeldMessage>> ListAsync(HeldKind kind, CancellationToken cancellationToken)
    {
        var all = new List<HeldMessage>();
        foreach (var name in await NamesAsync(FolderOf(kind), cancellationToken))
        {
            if (await ReadAsync(name, HeldJson.Default.HeldMessage, cancellationToken) is { } message)
            {
                all.Add(message);
            }
        }

        return all;
    }

    /// <summary>
    /// Records that a pushed assessment was shown to an officer in this case, or returns false if the store cannot be reached.
    /// </summary>
    internal async ValueTask<bool> NoteCandidateAsync(string key, AssessmentId assessment, CancellationToken cancellationToken) =>
        (await documents.PutOnceAsync($"{CandidatesOf(key)}{assessment.Value}.json", "{}"u8.ToArray(), Json, cancellationToken)).Succeeded;

    /// <summary>The cases in which a pushed assessment was shown to an officer.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async ValueTask<IReadOnlyList<AssessmentId>> CandidatesAsync(string key, CancellationToken cancellationToken) =>
        [.. (await NamesAsync(CandidatesOf(key), cancellationToken)).Select(name => AssessmentId.TryParse(name[CandidatesOf(key).Length..^".json".Length], out var id, out _) ? id : (AssessmentId?)null).OfType<AssessmentId>()];

    /// <summary>The record of what happened to a pushed assessment, or null while it waits for a decision.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal ValueTask<HeldRecord?> RecordOfAsync(string key, CancellationToken cancellationToken) => ReadAsync(RecordName(key), HeldJson.Default.HeldRecord, cancellationToken);

    /// <summary>Records what happened to a message and then deletes it. The call is safe to repeat.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async ValueTask EndAsync(HeldKind kind, HeldRecord record, CancellationToken cancellationToken)
    {
        var written = await documents.PutOnceAsync(RecordName(record.Key), JsonSerializer.SerializeToUtf8Bytes(record, HeldJson.Default.HeldRecord), Json, cancellationToken);
        if (!written.Succeeded)
        {
            throw new IOException(written.Reason);
        }

        foreach (var candidate in await NamesAsync(CandidatesOf(record.Key), cancellationToken))
        {
            await documents.RemoveAsync(candidate, cancellationToken);
        }

        // Under a legal hold the message is not deleted, and the next sweep checks it again.
        await documents.RemoveAsync(NameOf(kind, record.Key), cancellationToken);
        await documents.RemoveAsync($"{OfSender(record.Sender)}{record.Key}.json", cancellationToken);
    }

    private async ValueTask<IReadOnlyList<string>> NamesAsync(string folder, CancellationToken cancellationToken)
    {
        var names = await documents.ListAsync(folder, cancellationToken);
        return names.Succeeded ? names.Value : throw new IOException(names.Reason);
    }

    private async ValueTask<T?> ReadAsync<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var read = await documents.ReadAsync(name, cancellationToken);
        return read.Succeeded ? JsonSerializer.Deserialize(read.Value.Bytes, type)
            : read.Outcome == KeepingOutcome.Missing ? null
            : throw new IOException(read.Reason);
    }

    private static string FolderOf(HeldKind kind) => kind == HeldKind.Pushed ? "held/pushed/" : "held/closures/";

    private static string OfSender(AgencyId sender) => $"held/senders/{BusEntities.SubscriptionName(sender)}/";

    private static string NameOf(HeldKind kind, string key) => $"{FolderOf(kind)}{key}.json";

    private static string CandidatesOf(string key) => $"held/candidates/{key}/";

    private static string RecordName(string key) => $"held/ended/{key}.json";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HeldMessage))]
[JsonSerializable(typeof(HeldRecord))]
internal sealed partial class HeldJson : JsonSerializerContext;
