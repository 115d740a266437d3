using System.Text.Json.Serialization;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>A message to Notify, which refuses unknown properties.</summary>
internal sealed record NotifySend
{
    internal const int MaxAddressLines = 7;

    [JsonPropertyName("template_id")]
    public required string TemplateId { get; init; }

    [JsonPropertyName("personalisation")]
    public required IReadOnlyDictionary<string, string> Personalisation { get; init; }

    [JsonPropertyName("reference")]
    public required string Reference { get; init; }

    [JsonPropertyName("email_address")]
    public string? EmailAddress { get; init; }

    [JsonPropertyName("phone_number")]
    public string? PhoneNumber { get; init; }

    [JsonPropertyName("email_reply_to_id")]
    public string? ReplyTo { get; init; }
}

/// <summary>A notification, as Notify reports it. The address is read only to compare it with the one on record.</summary>
internal sealed record NotifyNotification
{
    [JsonPropertyName("email_address")]
    public string? EmailAddress { get; init; }

    [JsonPropertyName("line_1")]
    public string? Line1 { get; init; }

    [JsonPropertyName("line_2")]
    public string? Line2 { get; init; }

    [JsonPropertyName("line_3")]
    public string? Line3 { get; init; }

    [JsonPropertyName("line_4")]
    public string? Line4 { get; init; }

    [JsonPropertyName("line_5")]
    public string? Line5 { get; init; }

    [JsonPropertyName("line_6")]
    public string? Line6 { get; init; }

    [JsonPropertyName("postcode")]
    public string? Postcode { get; init; }

    [JsonPropertyName("id")]
    public string Id { get; init => field = value ?? ""; } = "";

    [JsonPropertyName("reference")]
    public string? Reference { get; init; }

    [JsonPropertyName("status")]
    public string Status { get; init => field = value ?? ""; } = "";

    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("notification_type")]
    public string? NotificationType { get; init; }

    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonPropertyName("completed_at")]
    public DateTimeOffset? CompletedAt { get; init; }

    [JsonIgnore]
    public NotifyStanding Standing => NotifyStatus.Of(Status, Kind);

    [JsonIgnore]
    public string? Kind => Type ?? NotificationType;

    /// <summary>Whether Notify sends this notification to a different address from that of this message. What Notify does not give is not
    /// compared.</summary>
    internal bool IsToAnotherAddressThan(NotifySend send)
    {
        var theirs = Plain(Kind == "letter" ? string.Concat(Line1, Line2, Line3, Line4, Line5, Line6, Postcode) : EmailAddress);
        var ours = Plain(send.EmailAddress is { } mail
            ? Kind == "letter" ? null : mail
            : string.Concat(Enumerable.Range(1, NotifySend.MaxAddressLines).Select(line => send.Personalisation.GetValueOrDefault($"address_line_{line}"))));

        // Notify does not give the seventh line of an address.
        return theirs.Length > 0 && ours.Length > 0 && (Kind == "letter" ? !ours.StartsWith(theirs, StringComparison.Ordinal) : ours != theirs && send.EmailAddress is not null);
    }

    /// <summary>Leaves out the address, so that it stays out of logs and messages.</summary>
    public override string ToString() => $"notification {Id}";

    private static string Plain(string? address) => string.Concat((address ?? "").Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));
}

/// <summary>A page of notifications.</summary>
internal sealed record NotifyPage([property: JsonPropertyName("notifications")] IReadOnlyList<NotifyNotification>? Notifications);

/// <summary>A refusal by Notify.</summary>
internal sealed record NotifyErrors([property: JsonPropertyName("errors")] IReadOnlyList<NotifyError>? Errors);

/// <summary>An error from Notify. The error's message may contain an address, so it is not read.</summary>
internal sealed record NotifyError([property: JsonPropertyName("error")] string? Error);

/// <summary>Receives a report of a returned letter.</summary>
internal sealed record NotifyReturned(
    [property: JsonPropertyName("notification_id")] string? NotificationId, [property: JsonPropertyName("reference")] string? Reference);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NotifySend))]
[JsonSerializable(typeof(NotifyNotification))]
[JsonSerializable(typeof(NotifyPage))]
[JsonSerializable(typeof(NotifyErrors))]
[JsonSerializable(typeof(NotifyReturned))]
internal sealed partial class NotifyJson : JsonSerializerContext;
