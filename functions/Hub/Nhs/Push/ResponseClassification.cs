using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Outgoing;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Decides what to do next from the response of a body's endpoint, or from the lack of a response.</summary>
public static class ResponseClassification
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>Classifies a refusal (any status except 2xx). The body of the response is read only for FHIR issue codes.</summary>
    public static PushResult Refusal(HttpResponseMessage response, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var codes = IssueCodes(response, body);
        var told = codes.Count == 0 ? Text(status) : $"{Text(status)} ({string.Join(", ", codes)})";
        return response.StatusCode switch
        {
            // In BaRS this means that the message was already processed, so the endpoint has our request.
            HttpStatusCode.Conflict when codes.Contains("duplicate") => PushResult.Done("duplicate"),
            HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests => PushResult.Transient(told, Wait(response, now)),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => PushResult.NeedsHuman($"{told}: the endpoint denies the hub access.") with { IsRefusal = true },
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => PushResult.Permanent($"{told}: the endpoint refuses the content."),
            HttpStatusCode.PreconditionFailed => PushResult.NeedsHuman($"{told}: the endpoint has more than one match for the child or the request."),
            HttpStatusCode.NotImplemented => PushResult.NeedsHuman($"{told}: the endpoint does not support this operation.") with { IsRefusal = true },
            HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.MethodNotAllowed => PushResult.NeedsHuman($"{told}: the endpoint does not match the directory entry.") with { IsRefusal = true },
            >= HttpStatusCode.InternalServerError => PushResult.Transient(told, Wait(response, now)),
            _ => PushResult.NeedsHuman($"{told}: the endpoint does not match the directory entry."),
        };
    }

    /// <summary>Classifies the failure to get a response, or returns null if it is not a network fault.</summary>
    public static PushResult? Failure(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        _ when cancellationToken.IsCancellationRequested => null,
        TimeoutRejectedException or TaskCanceledException => PushResult.Transient("no response in time"),
        BrokenCircuitException => PushResult.Transient("the endpoint failed repeatedly and is not called for a while"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or HttpRequestException { InnerException: AuthenticationException } =>
            PushResult.NeedsHuman("TLS failed: a certificate of the body or of the hub is not accepted"),
        HttpRequestException { InnerException: OutgoingRefusedException } =>
            PushResult.NeedsHuman("the hub is not allowed to call the address of this endpoint; if the address is in a private network, add that network to Outgoing:AllowedNetworks"),
        HttpRequestException network => PushResult.Transient($"no connection ({network.HttpRequestError})"),
        IOException => PushResult.Transient("the connection was interrupted"),
        _ => null,
    };

    private static TimeSpan? Wait(HttpResponseMessage response, DateTimeOffset now)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return wait is { } asked ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, LongestWait.Ticks)) : null;
    }

    private static List<string> IssueCodes(HttpResponseMessage response, ReadOnlyMemory<byte> body) =>
        FhirReader.Read(body, response.Content.Headers.ContentType?.ToString()).Value is OperationOutcome outcome
            ? [.. outcome.Issue.Select(issue => issue.CodeElement?.ToString()).OfType<string>().Distinct()]
            : [];

    private static string Text(int status) => $"status {status.ToString(CultureInfo.InvariantCulture)}";
}
