using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IntegrationHub.Functions.Council;

/// <summary>What the headers of a POST say about its input.</summary>
/// <param name="MessageId">The message's id in the inbox, made up of the caller and the key.</param>
/// <param name="OnlyAtVersions">Versions of the case at which the hub may process the input; null if the version does not matter.</param>
/// <param name="OnBehalfOf">The party on whose behalf an officer enters the input.</param>
internal sealed record RequestHeaders(string MessageId, IReadOnlyList<long>? OnlyAtVersions, string? OnBehalfOf)
{
    internal const string IdempotencyKey = "Idempotency-Key";
    internal const string OnBehalfOfName = "On-Behalf-Of";
    internal const string Replayed = "Idempotent-Replayed";
    internal const int LongestKey = 200;

    /// <summary>Reads the headers, or states what is wrong with them.</summary>
    internal static (RequestHeaders? Headers, ProblemResult? Problem) Read(HttpRequest request, Caller caller)
    {
        var key = request.Headers[IdempotencyKey];
        if (key.Count != 1 || key[0] is not { Length: >= 1 and <= LongestKey } text || !text.All(c => c is > ' ' and <= '~'))
        {
            return (null, Problem.Of(
                StatusCodes.Status400BadRequest,
                "idempotency-key",
                $"Each POST needs one header {IdempotencyKey}: 1 to {LongestKey} visible ASCII characters, a new key for each new message, the same key for a repeat.",
                errors: [new ProblemPlace(IdempotencyKey, key.Count == 0 ? "is missing" : "must occur once and have 1 to 200 visible ASCII characters")]));
        }

        if (!TryVersions(request, out var versions))
        {
            return (null, Wrong(HeaderNames.IfMatch, "is neither a list of entity tags such as \"7\" nor *"));
        }

        var onBehalfOf = request.Headers[OnBehalfOfName];
        var (whom, problem) = onBehalfOf.Count switch
        {
            0 => (null, null),
            _ when caller.Role != CallerRole.CouncilOfficer => (null, "is for council officers only"),
            1 when onBehalfOf[0] is "family" => ("family", null),
            1 when AgencyId.TryParse(onBehalfOf[0], out var agency, out _) => (agency.Value, null),
            _ => ((string?)null, "is neither family nor an agency's id"),
        };

        // A key contains no space, so the last space separates caller and key, and no other caller can produce the same id.
        return problem is null
            ? (new RequestHeaders($"{caller.Subject} {text}", versions, whom), null)
            : (null, Wrong(OnBehalfOfName, problem));
    }

    private static ProblemResult Wrong(string header, string reason) => Problem.Of(
        StatusCodes.Status400BadRequest, "header", $"The header {header} {reason}.", errors: [new ProblemPlace(header, reason)]);

    private static bool TryVersions(HttpRequest request, out IReadOnlyList<long>? versions)
    {
        versions = null;
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseStrictList([.. header!], out var tags))
        {
            return false;
        }

        // "*" only requires that the assessment exists, which every input requires anyway, except one that opens a case. A weak entity tag
        // never matches (RFC 9110 13.1.1).
        if (!tags.Any(t => t.Tag == "*"))
        {
            versions = [.. tags.Where(t => !t.IsWeak).Select(t => long.TryParse(t.Tag.AsSpan().Trim('"'), out var version) ? version : -1)];
        }

        return true;
    }
}
