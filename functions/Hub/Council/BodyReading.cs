using System.Buffers;
using IntegrationHub.Functions.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IntegrationHub.Functions.Council;

/// <summary>Reads the JSON body of a request, up to a limit on its size. The limit applies on every server, even one without a limit of its
/// own.</summary>
internal static class BodyReading
{
    /// <summary>Size of the largest ordinary input: 1 MB, in bytes.</summary>
    internal const int Max = 1024 * 1024;

    /// <summary>Size of the largest input that carries advice: 10 MB, in bytes. Larger documents are sent as attachments, by reference.</summary>
    internal const int MaxAdvice = 10 * 1024 * 1024;

    internal static async ValueTask<(ReadOnlyMemory<byte> Body, ProblemResult? Problem)> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return (default, Problem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body must be application/json in UTF-8."));
        }

        if (request.ContentLength > most)
        {
            return (default, TooLarge(most));
        }

        var body = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4096) + 1);
        while (true)
        {
            var read = await request.Body.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                return (body.WrittenMemory, null);
            }

            body.Advance(read);
            if (body.WrittenCount > most)
            {
                return (default, TooLarge(most));
            }
        }
    }

    private static ProblemResult TooLarge(int most) => Problem.Of(
        StatusCodes.Status413PayloadTooLarge, "too-large", $"The body is larger than {most / (1024 * 1024)} MB. Send documents as attachments and refer to them.");
}
