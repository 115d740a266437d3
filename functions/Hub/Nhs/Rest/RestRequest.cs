using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>What the client wants in the response to a write. Source: FHIR R4 http.html#ops.</summary>
public enum PreferredReturn
{
    Representation,
    Minimal,
    Outcome,
}

/// <summary>One FHIR interaction, as requested over HTTP.</summary>
internal sealed record RestRequest
{
    public required string Method { get; init; }

    /// <summary>The segments of the path that follow the endpoint's address.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>The format of the response, or null if no requested format is supported.</summary>
    public required FhirFormat? Format { get; init; }

    /// <summary>Whether the client accepts types other than FHIR JSON and XML, so that a Binary can be sent in its own type.</summary>
    public required bool AcceptsNativeContent { get; init; }

    public required FhirCaller Caller { get; init; }

    /// <summary>Address of the endpoint, without a final slash.</summary>
    public required string Base { get; init; }

    public required HttpContext Http { get; init; }

    /// <summary>Limits how many bytes of resources the request can read.</summary>
    public ReadBudget Budget { get; } = new();

    /// <summary>Whether unknown search parameters are refused (Prefer: handling=strict).</summary>
    public bool Strict { get; init; }

    public PreferredReturn Return { get; init; }

    public CancellationToken Cancel => Http.RequestAborted;

    public string? Header(string name) => Http.Request.Headers[name] is { Count: > 0 } values ? values.ToString() : null;

    internal static RestRequest Of(HttpContext http, string path, string endpoint, FhirCaller caller)
    {
        var query = http.Request.Query.SelectMany(pair => pair.Value.Select(value => new KeyValuePair<string, string>(pair.Key, value ?? ""))).ToList();
        var asked = query.Find(pair => pair.Key == "_format").Value;
        var prefer = http.Request.Headers["Prefer"].SelectMany(value => (value ?? "").Split([',', ';'], StringSplitOptions.TrimEntries)).ToList();
        var (format, native) = asked is { Length: > 0 } ? (FhirFormats.Parse(asked), false) : Accepted(http.Request);
        return new RestRequest
        {
            Method = http.Request.Method,
            Path = path.Split('/', StringSplitOptions.RemoveEmptyEntries),
            Query = query,
            Format = format,
            AcceptsNativeContent = native,
            Caller = caller,
            Base = endpoint,
            Http = http,
            Strict = prefer.Contains("handling=strict"),
            Return = prefer.Contains("return=minimal") ? PreferredReturn.Minimal : prefer.Contains("return=OperationOutcome") ? PreferredReturn.Outcome : PreferredReturn.Representation,
        };
    }

    private static (FhirFormat? Format, bool Native) Accepted(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
        {
            return (FhirFormat.Json, true);
        }

        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return (null, false);
        }

        var native = false;
        foreach (var type in accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1))
        {
            if (type.MatchesAllTypes || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase))
            {
                return (FhirFormat.Json, true);
            }

            if (FhirFormats.Parse(type.MediaType.Value) is { } format)
            {
                return (format, native);
            }

            native = true;
        }

        return (null, native);
    }
}
