using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>The result of a call to Notify.</summary>
/// <param name="Value">The answer, or null if the call failed.</param>
/// <param name="Status">The HTTP status, or null if there was no answer.</param>
/// <param name="Error">Notify's error code.</param>
/// <param name="RetryAfter">How long Notify asked the hub to wait.</param>
internal sealed record NotifyAnswer<T>(T? Value, HttpStatusCode? Status, string? Error = null, TimeSpan? RetryAfter = null)
    where T : class
{
    /// <summary>True if the hub cannot know whether the call took effect.</summary>
    internal bool IsUnknown => Value is null && Status is null or >= HttpStatusCode.InternalServerError;
}

/// <summary>The calls that the hub makes to GOV.UK Notify's REST API, version 2.</summary>
/// <param name="http">The HTTP client for the calls, with Notify's address as its base address.</param>
/// <param name="time">The clock.</param>
internal sealed class NotifyClient(HttpClient http, TimeProvider time)
{
    // How far Notify's clock is ahead of the hub's, which becomes known when Notify reports that a token has expired.
    private TimeSpan ahead;

    internal TimeSpan Ahead => ahead;

    internal Task<NotifyAnswer<NotifyNotification>> SendAsync(NotifyKey key, string kind, NotifySend send, CancellationToken cancellationToken) => CallAsync(
        key, () => new HttpRequestMessage(HttpMethod.Post, $"v2/notifications/{kind}") { Content = JsonContent.Create(send, NotifyJson.Default.NotifySend) },
        NotifyJson.Default.NotifyNotification, cancellationToken);

    /// <summary>
    /// The messages that were sent under a reference, newest first. Notify keeps messages for 7 days unless the service has another
    /// setting.
    /// </summary>
    internal Task<NotifyAnswer<NotifyPage>> FindAsync(NotifyKey key, string reference, CancellationToken cancellationToken) => CallAsync(
        key, () => new HttpRequestMessage(HttpMethod.Get, $"v2/notifications?reference={Uri.EscapeDataString(reference)}"), NotifyJson.Default.NotifyPage, cancellationToken);

    /// <summary>A page of the messages that were sent, newest first.</summary>
    internal Task<NotifyAnswer<NotifyPage>> ListAsync(NotifyKey key, string? olderThan, CancellationToken cancellationToken) => CallAsync(
        key, () => new HttpRequestMessage(HttpMethod.Get, olderThan is null ? "v2/notifications" : $"v2/notifications?older_than={Uri.EscapeDataString(olderThan)}"),
        NotifyJson.Default.NotifyPage, cancellationToken);

    private async Task<NotifyAnswer<T>> CallAsync<T>(NotifyKey key, Func<HttpRequestMessage> make, JsonTypeInfo<T> form, CancellationToken cancellationToken)
        where T : class
    {
        var (answer, date) = await CallOnceAsync(key, make, form, cancellationToken);
        if (answer is { Status: HttpStatusCode.Forbidden, Error: "AuthError" } && date is { } theirs && (theirs - time.GetUtcNow() - ahead).Duration() > TimeSpan.FromSeconds(20))
        {
            // A token is valid only if Notify's clock and the hub's differ by less than 30 seconds, so the call is tried once more with
            // Notify's time.
            ahead = theirs - time.GetUtcNow();
            (answer, _) = await CallOnceAsync(key, make, form, cancellationToken);
        }

        return answer;
    }

    private async Task<(NotifyAnswer<T> Answer, DateTimeOffset? Date)> CallOnceAsync<T>(
        NotifyKey key, Func<HttpRequestMessage> make, JsonTypeInfo<T> form, CancellationToken cancellationToken)
        where T : class
    {
        using var request = make();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Token(time.GetUtcNow() + ahead));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return (new(await response.Content.ReadFromJsonAsync(form, cancellationToken), response.StatusCode), null);
            }

            return (new(null, response.StatusCode, await ErrorAsync(response, cancellationToken), response.Headers.RetryAfter?.Delta), response.Headers.Date);
        }
        catch (Exception away) when (away is HttpRequestException or JsonException or IOException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (new(null, null), null);
        }
    }

    private static async Task<string?> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync(NotifyJson.Default.NotifyErrors, cancellationToken))?.Errors?.FirstOrDefault()?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
