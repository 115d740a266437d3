using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>Reads a request's body, up to a size limit.</summary>
internal static class RestBody
{
    // The greatest size of a Binary as JSON, in base64.
    internal const int MaxBinaryText = (FhirReader.MaxBinaryBytes / 3 * 4) + (64 * 1024);

    /// <summary>The bytes, or a problem if the body is too large or has an unsupported encoding.</summary>
    internal static async Task<FhirReading<byte[]>> BytesAsync(RestRequest request, int limit)
    {
        var http = request.Http.Request;
        if (http.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && encoding != "identity")
        {
            return Failed(415, OperationOutcome.IssueType.NotSupported, "the body must not be compressed.");
        }

        // The host's own limit is switched off, because it would close the connection. If the hub's limit is exceeded, the client receives
        // a response.
        if (request.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }

        if (http.ContentLength > limit)
        {
            return TooLarge(limit);
        }

        using var buffer = new MemoryStream(http.ContentLength is { } length ? (int)length : 4096);
        var chunk = new byte[81920];
        int read;
        while ((read = await http.Body.ReadAsync(chunk, request.Cancel)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return TooLarge(limit);
            }

            buffer.Write(chunk, 0, read);
        }

        return FhirReading<byte[]>.Of(buffer.Length == buffer.Capacity ? buffer.GetBuffer() : buffer.ToArray());
    }

    private static FhirReading<byte[]> TooLarge(int limit) =>
        Failed(413, OperationOutcome.IssueType.TooLong, $"the body has more than {limit} bytes. Send larger documents as a Binary (up to {FhirReader.MaxBinaryBytes} bytes).");

    private static FhirReading<byte[]> Failed(int status, OperationOutcome.IssueType code, string reason) =>
        FhirReading<byte[]>.Failed(new FhirProblem("", reason, code) { Status = status });
}
