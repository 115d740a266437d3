using System.Text.Json.Serialization;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>A message to Notify, which refuses unknown properties.</summary>
internal sealed record NotifySend
{
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

/// <summary>A notification, as Notify reports it. The recipient is not read.</summary>
internal sealed record NotifyNotification
{
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
