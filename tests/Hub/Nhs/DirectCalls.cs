using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>Calls the endpoint as Kestrel does, without a socket between: for cases by the hundred thousand.</summary>
internal sealed class DirectCalls(FhirHost host)
{
    private readonly RequestDelegate endpoint = host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Single(e => e.RoutePattern.RawText == "/fhir/{**path}").RequestDelegate!;

    internal async Task<(int Status, byte[] Body, string? ContentType)> Post(string path, byte[] body, string contentType, string ods = "RX1")
    {
        using var answer = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = host.Services, User = FhirHost.User(ods) };
        (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path) = ("POST", "http", new HostString("hub"), $"/fhir/{path}");
        (http.Request.Body, http.Request.ContentType, http.Request.ContentLength) = (new MemoryStream(body, writable: false), contentType, body.Length);
        http.Request.RouteValues["path"] = path;
        http.Response.Body = answer;
        await endpoint(http);
        return (http.Response.StatusCode, answer.ToArray(), http.Response.ContentType);
    }
}
