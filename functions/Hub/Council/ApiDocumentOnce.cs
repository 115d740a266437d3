using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace IntegrationHub.Functions.Council;

/// <summary>One document of the API, made at the first request and then reused, because the document does not change while the hub runs.</summary>
/// <param name="document">Makes the document.</param>
internal sealed class ApiDocumentOnce(IOpenApiDocumentProvider document) : IDisposable
{
    private readonly SemaphoreSlim making = new(1);
    private (byte[] Json, EntityTagHeaderValue Tag)? made;

    public void Dispose() => making.Dispose();

    internal async Task<IResult> AnswerAsync(CancellationToken cancellationToken)
    {
        var (json, tag) = made ?? await MakeAsync(cancellationToken);
        return Results.Bytes(json, "application/json; charset=utf-8", entityTag: tag);
    }

    /// <summary>The bytes of the document as JSON.</summary>
    internal async Task<byte[]> JsonAsync(CancellationToken cancellationToken) => (made ?? await MakeAsync(cancellationToken)).Json;

    private async Task<(byte[] Json, EntityTagHeaderValue Tag)> MakeAsync(CancellationToken cancellationToken)
    {
        await making.WaitAsync(cancellationToken);
        try
        {
            if (made is { } already)
            {
                return already;
            }

            var text = new StringWriter(CultureInfo.InvariantCulture);
            (await document.GetOpenApiDocumentAsync(cancellationToken)).SerializeAsV31(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
            var json = Encoding.UTF8.GetBytes(text.ToString());
            var once = (json, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16))}\""));
            made = once;
            return once;
        }
        finally
        {
            making.Release();
        }
    }
}
