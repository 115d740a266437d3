using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// An error (RFC 9457). A problem never contains personal data: it names properties and rules, not values.
/// </summary>
public sealed record Problem
{
    /// <summary>Media type of a problem.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The name of the kind of problem: <c>urn:integrationhub:problem:CODE</c>. The name only identifies the kind
    /// and is not a web address.</summary>
    public string Type => $"urn:integrationhub:problem:{Code}";

    /// <summary>The kind of problem in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Stable code by which programs can recognise the problem.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong with this request and what to do about it.</summary>
    public required string Detail { get; init; }

    /// <summary>The assessment's version, if the answer depends on it.</summary>
    public long? Version { get; init; }

    /// <summary>Other cases that the answer is about and that the caller is allowed to see.</summary>
    public IReadOnlyList<AssessmentId>? Cases { get; init; }

    /// <summary>The properties of the request that are wrong.</summary>
    public IReadOnlyList<ProblemPlace>? Errors { get; init; }

    /// <summary>Answers a request with a problem.</summary>
    public static ProblemResult Of(int status, string code, string detail, long? version = null, IReadOnlyList<ProblemPlace>? errors = null) =>
        new(new Problem { Status = status, Code = code, Title = TitleOf(status), Detail = detail, Version = version, Errors = errors });

    /// <summary>The answer to a request that cannot be accepted because of other cases.</summary>
    public static ProblemResult ForCases(int status, string code, string detail, long version, IReadOnlyList<AssessmentId> cases, IReadOnlyList<ProblemPlace> errors) =>
        new(Of(status, code, detail, version, errors).Problem with { Cases = cases });

    /// <summary>The answer if something does not exist, or if the caller must not learn that it exists.</summary>
    public static ProblemResult NotFound(string what = "assessment") =>
        Of(StatusCodes.Status404NotFound, "not-found", $"There is no such {what} here, or you are not allowed to see it.");

    /// <summary>The problem that is added as the body if the web framework answered without one.</summary>
    internal static Problem ForStatus(int status) => Of(
        status,
        status switch
        {
            StatusCodes.Status400BadRequest => "bad-request",
            StatusCodes.Status401Unauthorized => "not-authenticated",
            StatusCodes.Status403Forbidden => "not-allowed",
            StatusCodes.Status404NotFound => "not-found",
            StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
            StatusCodes.Status413PayloadTooLarge => "too-large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
            StatusCodes.Status429TooManyRequests => "too-many-requests",
            >= 500 => "hub-fault",
            _ => "refused",
        },
        status switch
        {
            StatusCodes.Status401Unauthorized => "A valid bearer token is needed; see the WWW-Authenticate header.",
            StatusCodes.Status403Forbidden => "The role in the token does not allow this.",
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => "This address does not accept that method; see the Allow header.",
            StatusCodes.Status413PayloadTooLarge => "The body is larger than this address accepts.",
            StatusCodes.Status415UnsupportedMediaType => "The body must be application/json in UTF-8.",
            StatusCodes.Status429TooManyRequests => "Too many requests in a minute; see the Retry-After header.",
            >= 500 => "An error occurred in the hub. The request was not acknowledged; you can send it again with the same Idempotency-Key.",
            _ => "The request could not be accepted.",
        }).Problem;

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request is not well formed",
        StatusCodes.Status401Unauthorized => "Not authenticated",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status409Conflict => "Not lawful, or not possible at present",
        StatusCodes.Status412PreconditionFailed => "The assessment has changed since you read it",
        StatusCodes.Status413PayloadTooLarge => "Too large",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
        StatusCodes.Status422UnprocessableEntity => "The idempotency key has already been used",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        >= 500 => "An error occurred in the hub",
        _ => "Refused",
    };
}

/// <summary>A part of a request that is wrong.</summary>
/// <param name="Path">The JSON path in the body, or the name of a query parameter or header.</param>
/// <param name="Reason">What is wrong with that part of the request.</param>
public sealed record ProblemPlace(string Path, string Reason);

/// <summary>
/// Writes a problem: as a page for a person at a browser, and otherwise as JSON regardless of the Accept header, because a problem in an
/// unexpected format is better than an empty body.
/// </summary>
public sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    /// <summary>The problem.</summary>
    public Problem Problem => problem;

    /// <inheritdoc/>
    public int? StatusCode => problem.Status;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (ProblemPage.IsFor(httpContext))
        {
            return ProblemPage.WriteAsync(httpContext, problem);
        }

        httpContext.Response.StatusCode = problem.Status;
        httpContext.Response.ContentType = Problem.MediaType;
        return JsonSerializer.SerializeAsync(httpContext.Response.Body, problem, ProblemJson.Default.Problem, httpContext.RequestAborted);
    }
}

/// <summary>How problems are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
public sealed partial class ProblemJson : JsonSerializerContext;
