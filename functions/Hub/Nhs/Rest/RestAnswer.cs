using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.AspNetCore.Http;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>The response to one interaction. An error always contains an OperationOutcome.</summary>
internal sealed record RestAnswer(int Status)
{
    /// <summary>The body, as a resource.</summary>
    public Resource? Resource { get; init; }

    /// <summary>The body as stored: JSON that can be sent without parsing.</summary>
    public StoredResource? Stored { get; init; }

    /// <summary>The body as bytes, with the content type of the Binary.</summary>
    public (byte[] Bytes, string ContentType)? Native { get; init; }

    /// <summary>The resource version from which the ETag and Last-Modified headers are taken.</summary>
    public StoredResource? Version { get; init; }

    public string? Location { get; init; }

    public string? Allow { get; init; }

    internal static RestAnswer Of(Resource resource, int status = 200) => new(status) { Resource = resource };

    internal static RestAnswer Refused(params IReadOnlyList<FhirProblem> problems) => new(Outcomes.Status(problems)) { Resource = Outcomes.Of(problems) };

    internal static RestAnswer Refused(int status, OperationOutcome.IssueType code, string reason, string path = "") =>
        Refused(new FhirProblem(path, reason, code) { Status = status });

    internal static RestAnswer NotFound(string type) => Refused(404, OperationOutcome.IssueType.NotFound, $"the hub has no such {type}.", type);

    /// <summary>The body as a resource, parsed if necessary.</summary>
    internal Resource? Body => Resource ?? Stored?.Parse<Resource>();

    internal static string ETag(long version) => $"W/\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    internal async Task WriteAsync(HttpContext http, FhirFormat format)
    {
        var response = http.Response;
        response.StatusCode = Status;
        if (Version is { } version)
        {
            response.Headers.ETag = ETag(version.Version);
            response.Headers.LastModified = version.LastUpdated.ToString("R", CultureInfo.InvariantCulture);
        }

        if (Location is { } location)
        {
            response.Headers.Location = location;
        }

        if (Allow is { } allow)
        {
            response.Headers.Allow = allow;
        }

        // Advice about a child must not be cached by intermediaries, and a browser must never display it as a page.
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (Native is { } native)
        {
            response.ContentType = native.ContentType;
            response.Headers.ContentDisposition = "attachment";
            await SendAsync(http, native.Bytes);
        }
        else if (Stored is { } stored && format == FhirFormat.Json)
        {
            response.ContentType = format.MediaType();
            await SendAsync(http, stored.Json);
        }
        else if (Body is { } resource)
        {
            response.ContentType = format.MediaType();
            await SendAsync(http, FhirWriter.Write(resource, format));
        }
    }

    private static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
    }
}
