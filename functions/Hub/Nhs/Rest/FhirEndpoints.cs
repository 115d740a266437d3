using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Intake;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Nhs.Subscriptions;
using IntegrationHub.Functions.Outgoing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>The hub's own FHIR R4 endpoint.</summary>
public static partial class FhirEndpoints
{
    /// <summary>
    /// Adds everything that the endpoint needs, except that the host must register <see cref="IFhirResourceStore"/>,
    /// <see cref="INhsExchange"/> and <see cref="IFhirVisibility"/>. <see cref="IFhirCallers"/> identifies callers by claims, unless the host
    /// registered another implementation.
    /// </summary>
    public static IServiceCollection AddFhir(this IServiceCollection services, Action<FhirEndpointOptions>? configure = null)
    {
        var options = new FhirEndpointOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFhirCallers, ClaimedFhirCallers>();
        services.AddOutgoingGuard();
        services.AddBackgroundWork();
        services.AddHttpClient(SubscriberCall.ClientName, client => client.Timeout = SubscriberCall.AnswerWithin)
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<OutgoingGuard>().NewHandler(OutgoingAddressSource.Caller));
        services.AddSingleton<Refusals>();
        services.AddSingleton<SubscriptionRules>();
        services.AddSingleton<SubscriptionDelivery>();
        services.AddHostedService(provider => provider.GetRequiredService<SubscriptionDelivery>());
        services.AddSingleton<ITaskChangeSource, StoredTaskChanges>();
        services.AddSingleton<TaskReportDelivery>();
        services.AddHostedService(provider => provider.GetRequiredService<TaskReportDelivery>());
        services.AddSingleton<IFhirResourceReader>(provider => provider.GetRequiredService<IFhirResourceStore>());
        services.AddSingleton<FhirViews>();
        services.AddSingleton<StoredQuota>();
        services.AddSingleton<IFreeSpaceMeter>(s => s.GetRequiredService<StoredQuota>());
        services.AddSingleton<FhirIntake>();
        services.AddSingleton<PostedContent>();
        services.AddSingleton<PostedContentSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<PostedContentSweep>());
        services.AddSingleton<FhirPublisher>();
        services.AddSingleton<Reading>();
        services.AddSingleton<Searching>();
        services.AddSingleton<Writing>();
        services.AddSingleton<Bundles>();
        services.AddSingleton<Messages>();
        services.AddSingleton<FhirRouter>();
        return services;
    }

    /// <summary>Maps the endpoint under a prefix, for instance <c>/fhir</c>.</summary>
    public static IEndpointConventionBuilder MapFhir(this IEndpointRouteBuilder routes, string prefix) =>
        routes.Map($"{prefix}/{{**path}}", (HttpContext http, FhirRouter router, string? path) => router.AnswerAsync(http, path ?? "", prefix));
}

/// <summary>Routes each request to its interaction, and makes sure that every response, even after a fault, is FHIR.</summary>
internal sealed partial class FhirRouter(
    Reading reading, Searching searching, Writing writing, Bundles bundles, Messages messages,
    IFhirCallers callers, Refusals refusals, FhirEndpointOptions options, ILogger<FhirRouter> logger)
{
    internal async Task AnswerAsync(HttpContext http, string path, string prefix)
    {
        Echo(http, Messages.RequestId);
        Echo(http, Messages.CorrelationId);
        var endpoint = options.PublicBase?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{prefix}";
        var caller = callers.Of(http);
        var request = RestRequest.Of(http, path, endpoint, caller ?? new FhirCaller("", MayWrite: false));
        RestAnswer answer;
        try
        {
            answer = await RouteAsync(request, caller is not null);
        }
        catch (BadHttpRequestException bad)
        {
            // The body of the request broke the rules of HTTP.
            answer = RestAnswer.Refused(bad.StatusCode, OperationOutcome.IssueType.Invalid, "the body could not be read.");
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Every other exception of a request is caught here. The log line contains the start of the path, which holds no personal data.
            // The log line does not contain the query, which can hold personal data.
            Failed(logger, http.Request.Method, request.Path.Count > 0 ? request.Path[0] : "", failure);
            answer = RestAnswer.Refused(500, OperationOutcome.IssueType.Exception, "the hub failed and nothing was accepted. Try again with the same ids.");
        }

        await answer.WriteAsync(http, request.Format ?? FhirFormat.Json);
    }

    private async Task<RestAnswer> RouteAsync(RestRequest request, bool isKnown)
    {
        var method = HttpMethods.IsHead(request.Method) ? HttpMethods.Get : request.Method;
        if (request.Format is null && !(request.AcceptsNativeContent && request.Path is ["Binary", ..] && method == HttpMethods.Get))
        {
            return RestAnswer.Refused(406, OperationOutcome.IssueType.NotSupported, $"responses can be sent only as {FhirFormats.Json} or {FhirFormats.Xml}.", "Accept");
        }

        if (request.Path is ["metadata"])
        {
            return method == HttpMethods.Get ? RestAnswer.Of(Capability.Of(request.Base)) : NotOffered("GET");
        }

        if (!isKnown)
        {
            refusals.Note(RefusalReason.UnknownCaller, request.Path.Count > 0 && SearchParameters.Supports(request.Path[0]) ? request.Path[0] : "", "");
            request.Http.Response.Headers.WWWAuthenticate = "Bearer";
            return RestAnswer.Refused(401, OperationOutcome.IssueType.Login, "a token with your ODS code is needed.");
        }

        if (request.Path is [var type, ..] && type != "$process-message" && !SearchParameters.Supports(type))
        {
            return RestAnswer.Refused(404, OperationOutcome.IssueType.NotSupported, $"this type or operation is not supported. The supported types are {string.Join(", ", SearchParameters.Types)}.", ModelInfo.IsKnownResource(type) ? type : "");
        }

        return (method, request.Path) switch
        {
            ("POST", []) => await bundles.TakeAsync(request),
            (_, []) => NotOffered("POST"),
            ("POST", ["$process-message"]) => await messages.ProcessAsync(request),
            (_, ["$process-message"]) => NotOffered("POST"),
            ("GET", [var t]) => await searching.SearchAsync(request, t),
            ("POST", [var t, "_search"]) => await searching.SearchAsync(request, t),
            (_, [_, "_search"]) => NotOffered("POST"),
            ("POST", [var t]) => await writing.CreateAsync(request, t),
            (_, [_]) => NotOffered("GET, POST"),
            (_, [var t, var id, ..]) when !Id().IsMatch(id) => RestAnswer.NotFound(t),
            ("GET", [var t, var id]) => await reading.ReadAsync(request, t, id),
            ("PUT", [var t, var id]) => await writing.UpdateAsync(request, t, id),
            ("PATCH", [var t, var id]) => await writing.PatchAsync(request, t, id),
            ("DELETE", [var t, var id]) => await writing.DeleteAsync(request, t, id),
            (_, [_, _]) => NotOffered("GET, PUT, PATCH, DELETE"),
            ("GET", [var t, var id, "_history"]) => await reading.HistoryAsync(request, t, id),
            ("GET", [var t, var id, "_history", var version]) => await reading.ReadVersionAsync(request, t, id, version),
            (_, [_, _, "_history", ..]) => NotOffered("GET"),
            _ => RestAnswer.Refused(404, OperationOutcome.IssueType.NotSupported, "there is nothing at this address."),
        };
    }

    private static RestAnswer NotOffered(string allow) =>
        RestAnswer.Refused(405, OperationOutcome.IssueType.NotSupported, $"this address accepts {allow}.") with { Allow = allow };

    // A valid id in this request header is returned as it was sent. If the header contains anything else, it is not returned.
    private static void Echo(HttpContext http, string name)
    {
        if (http.Request.Headers[name].ToString() is { Length: > 0 and <= 100 } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            http.Response.Headers[name] = id;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9\-.]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [LoggerMessage(1, LogLevel.Error, "FHIR interaction failed: {Method} {Type}")]
    private static partial void Failed(ILogger logger, string method, string type, Exception failure);
}
