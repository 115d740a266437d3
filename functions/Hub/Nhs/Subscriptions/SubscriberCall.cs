using System.Net.Http.Headers;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Outgoing;

namespace IntegrationHub.Functions.Nhs.Subscriptions;

/// <summary>Makes one call to a subscriber.</summary>
internal sealed class SubscriberCall(IHttpClientFactory clients)
{
    /// <summary>Name of the HTTP client, which calls only permitted addresses, follows no redirects and has a short timeout.</summary>
    internal const string ClientName = "fhir-subscriptions";

    /// <summary>The longest time that an endpoint is allowed to take to respond.</summary>
    internal static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes the call. R4 subscription.html: without a payload the call is an empty POST; with a payload the resource is sent by PUT to an
    /// address below the endpoint.
    /// </summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="endpoint">The subscription's endpoint, already checked.</param>
    /// <param name="task">The Task to report, or null for the handshake.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    internal async Task<CallEnd> SendAsync(Subscription subscription, Uri endpoint, StoredResource? task, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        if (task is not null && FhirFormats.Parse(subscription.Channel!.Payload ?? "none") is { } format)
        {
            request.Method = HttpMethod.Put;
            request.RequestUri = new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{task.Reference}");
            request.Content = new ByteArrayContent(format == FhirFormat.Json ? task.Json.ToArray() : FhirWriter.Write(task.Parse<Resource>(), format));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(format.MediaType());
        }

        foreach (var line in subscription.Channel!.Header)
        {
            if (SubscriberHeaders.Read(line) is var (name, value))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? CallEnd.Taken : new CallEnd(FormattableString.Invariant($"status {(int)response.StatusCode}"));
        }
        catch (HttpRequestException failure)
        {
            return new CallEnd(failure.InnerException is OutgoingRefusedException ? "address not allowed" : failure.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CallEnd("no response in time");
        }
    }
}

/// <summary>The result of a call to a subscriber.</summary>
/// <param name="Refusal">The reason for the failure, for the log and the metric. The subscriber is never shown the reason, because it would
/// reveal which ports are open. The reason is null if the call was accepted.</param>
internal readonly record struct CallEnd(string? Refusal)
{
    internal static CallEnd Taken => new(null);
}
