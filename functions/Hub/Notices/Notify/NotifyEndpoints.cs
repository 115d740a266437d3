using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>
/// The endpoints that Notify calls to report the result of each notice. Notify tries again only after 5xx; after any other refusal the
/// report is lost. Therefore the hub answers a report that it does not need with 204, and a report that it cannot record yet with 503.
/// </summary>
public static class NotifyEndpoints
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>Maps the endpoints if a service on GOV.UK Notify is set up.</summary>
    public static void MapNotify(this IEndpointRouteBuilder routes)
    {
        var notify = routes.MapGroup("/notify/{council}").AllowAnonymous().ExcludeFromDescription();
        notify.MapPost("/receipts", (string council, HttpContext http, NotifyReceiving receiving, CancellationToken cancellationToken) => receiving.ReceiptAsync(http, council, cancellationToken))
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
        notify.MapPost("/returned-letters", (string council, HttpContext http, NotifyReceiving receiving, CancellationToken cancellationToken) => receiving.ReturnedAsync(http, council, cancellationToken))
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
    }
}

/// <summary>Answers Notify's callbacks. The council's token identifies the caller.</summary>
public sealed class NotifyReceiving
{
    private readonly NotifyOptions options;
    private readonly NotifyOutcomes outcomes;

    internal NotifyReceiving(NotifyOptions options, NotifyOutcomes outcomes) => (this.options, this.outcomes) = (options, outcomes);

    /// <summary>Receives the status of an e-mail or text message.</summary>
    public Task<IResult> ReceiptAsync(HttpContext http, string council, CancellationToken cancellationToken) =>
        TakeAsync(http, council, NotifyJson.Default.NotifyNotification, said => outcomes.TakeAsync(council, said, cancellationToken), cancellationToken);

    /// <summary>Receives a report of a returned letter.</summary>
    public Task<IResult> ReturnedAsync(HttpContext http, string council, CancellationToken cancellationToken) =>
        TakeAsync(http, council, NotifyJson.Default.NotifyReturned, said => outcomes.TakeReturnedAsync(council, said, cancellationToken), cancellationToken);

    private async Task<IResult> TakeAsync<T>(HttpContext http, string council, JsonTypeInfo<T> form, Func<T, Task<ReportTaken>> take, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsNotify(http.Request, council))
        {
            return Results.Unauthorized();
        }

        T? said;
        try
        {
            said = await JsonSerializer.DeserializeAsync(http.Request.Body, form, cancellationToken);
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }

        return said is null ? Results.BadRequest()
            : await take(said) == ReportTaken.Yes ? Results.NoContent()
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private bool IsNotify(HttpRequest request, string council) =>
        options.Councils.GetValueOrDefault(council)?.CallbackToken is { } token
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {token}"));
}
