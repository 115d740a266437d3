using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>The name of a message in the incoming mail: the day of receipt and the message's key.</summary>
/// <param name="ReceivedOn">The day of receipt.</param>
/// <param name="Key">The message's key.</param>
public readonly record struct TrayName(DateOnly ReceivedOn, string Key)
{
    internal const string DayForm = "yyyyMMdd";

    /// <summary>The name of the message in the store and in web addresses, which contains nothing about any person.</summary>
    public override string ToString() => $"{ReceivedOn.ToString(DayForm, CultureInfo.InvariantCulture)}-{Key}";

    /// <summary>Parses the name of a message. The result is false if the text is not such a name.</summary>
    public static bool TryParse(string? text, out TrayName name)
    {
        name = default;
        if (text is not { Length: 33 } || text[8] != '-' || text.AsSpan(9).IndexOfAnyExcept("0123456789abcdef") >= 0
            || !DateOnly.TryParseExact(text[..8], DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        name = new TrayName(day, text[9..]);
        return true;
    }
}

/// <summary>
/// Stores the incoming mail of all councils in the document store, in the same way on one machine and on Azure. A message is written once
/// and never changed. The names alone show which messages are waiting, so that thousands of messages can be listed without reading them.
/// </summary>
public sealed class TrayStore(IDocumentStore documents, KeepingRules rules)
{
    private const string Json = "application/json";

    /// <summary>The names of the waiting messages, each of which begins with the day of receipt.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<IReadOnlyList<TrayName>> WaitingAsync(LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        var open = await NamesAsync($"intake/{council}/open", cancellationToken);

        // During a legal hold nothing is deleted, not even the list entry of a message that has been dealt with.
        return rules.LegalHold || rules.Retention is not null ? [.. open.Except(await NamesAsync($"intake/{council}/decided", cancellationToken))] : open;
    }

    /// <summary>The names of the messages that have been dealt with, each of which begins with the day of receipt.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<TrayName>> DecidedAsync(LocalAuthorityCode council, CancellationToken cancellationToken) => NamesAsync($"intake/{council}/decided", cancellationToken);

    /// <summary>The message with this key, or null if the council has no such message.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public ValueTask<TrayItem?> FindAsync(LocalAuthorityCode council, string key, CancellationToken cancellationToken) =>
        ReadAsync($"{FolderOf(council, key)}/item.json", TrayJson.Default.TrayItem, cancellationToken);

    /// <summary>The decision about a message, or null while the message is waiting.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public ValueTask<TrayDecision?> DecisionAsync(LocalAuthorityCode council, TrayName name, CancellationToken cancellationToken) =>
        ReadAsync($"intake/{council}/decided/{name}.json", TrayJson.Default.TrayDecision, cancellationToken);

    /// <summary>Stores a message. The message's files and its entry in the list of waiting messages are written first, so that every
    /// message has an entry.</summary>
    internal async ValueTask<KeepingOutcome> AddAsync(TrayItem item, CancellationToken cancellationToken)
    {
        var entry = await documents.PutOnceAsync($"intake/{item.Council}/open/{NameOf(item)}.json", "{}"u8.ToArray(), Json, cancellationToken);
        return entry.Succeeded
            ? (await documents.PutOnceAsync($"{FolderOf(item.Council, item.Key)}/item.json", JsonSerializer.SerializeToUtf8Bytes(item, TrayJson.Default.TrayItem), Json, cancellationToken)).Outcome
            : entry.Outcome;
    }

    /// <summary>Records an officer's decision about a message. If there is already a decision, the earlier decision remains valid and the
    /// new decision is not recorded.</summary>
    /// <returns>The decision that is valid: the earlier decision if there was one, otherwise this decision.</returns>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<TrayDecision> DecideAsync(TrayItem item, TrayDecision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var name = NameOf(item);
        var put = await documents.PutOnceAsync(
            $"intake/{item.Council}/decided/{name}.json", JsonSerializer.SerializeToUtf8Bytes(decision, TrayJson.Default.TrayDecision), Json, cancellationToken);
        if (!put.Succeeded)
        {
            throw new IOException(put.Reason);
        }

        await documents.RemoveAsync($"intake/{item.Council}/open/{name}.json", cancellationToken);
        await documents.RemoveAsync(ClaimNameOf(item), cancellationToken);
        return put.Outcome == KeepingOutcome.Done ? decision : await DecisionAsync(item.Council, name, cancellationToken) ?? decision;
    }

    /// <summary>
    /// Records that an officer is about to put a message into a case, so that no other officer puts it into a second case meanwhile. The
    /// claim lasts only a few minutes, so that an officer whose work is interrupted does not block a message for ever.
    /// </summary>
    /// <returns>Another officer's claim that is still in force, or null if this claim was recorded.</returns>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<TrayClaim?> ClaimAsync(TrayItem item, TrayClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(claim);
        while (true)
        {
            var read = await documents.ReadAsync(ClaimNameOf(item), cancellationToken);
            if (!read.Succeeded && read.Outcome != KeepingOutcome.Missing)
            {
                throw new IOException(read.Reason);
            }

            if (read.Succeeded && JsonSerializer.Deserialize(read.Value.Bytes, TrayJson.Default.TrayClaim) is { } before && before.By != claim.By && claim.At - before.At < TrayClaim.Duration)
            {
                return before;
            }

            var put = await documents.ReplaceAsync(ClaimNameOf(item), JsonSerializer.SerializeToUtf8Bytes(claim, TrayJson.Default.TrayClaim), Json, read.Value?.ETag, cancellationToken);
            if (put.Succeeded)
            {
                return null;
            }

            if (put.Outcome != KeepingOutcome.Conflict)
            {
                throw new IOException(put.Reason);
            }
        }
    }

    /// <summary>The latest claim to a message, or null if nobody has begun to put the message into a case.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public ValueTask<TrayClaim?> LatestClaimAsync(TrayItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ReadAsync(ClaimNameOf(item), TrayJson.Default.TrayClaim, cancellationToken);
    }

    internal static TrayName NameOf(TrayItem item) => new(item.ReceivedOn, item.Key);

    /// <summary>The folder in which one message is stored.</summary>
    public static string FolderOf(LocalAuthorityCode council, string key) => $"intake/{council}/items/{key}";

    private static string ClaimNameOf(TrayItem item) => $"intake/{item.Council}/claims/{NameOf(item)}.json";

    private async ValueTask<IReadOnlyList<TrayName>> NamesAsync(string folder, CancellationToken cancellationToken)
    {
        var names = new List<TrayName>();
        foreach (var name in await ListAsync(folder, cancellationToken))
        {
            if (TrayName.TryParse(Path.GetFileNameWithoutExtension(name), out var parsed))
            {
                names.Add(parsed);
            }
        }

        return names;
    }

    private async ValueTask<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        var names = await documents.ListAsync(folder, cancellationToken);
        return names.Succeeded ? names.Value : throw new IOException(names.Reason);
    }

    private async ValueTask<T?> ReadAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var read = await documents.ReadAsync(name, cancellationToken);
        return read.Succeeded ? JsonSerializer.Deserialize(read.Value.Bytes, type)
            : read.Outcome == KeepingOutcome.Missing ? null
            : throw new IOException(read.Reason);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrayItem))]
[JsonSerializable(typeof(TrayDecision))]
[JsonSerializable(typeof(TrayClaim))]
[JsonSerializable(typeof(TrayAccess))]
internal sealed partial class TrayJson : JsonSerializerContext;
