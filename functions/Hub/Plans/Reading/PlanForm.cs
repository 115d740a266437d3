using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>
/// The format in which a caller wants the plan: from <c>?format=</c> if given, otherwise from Accept (RFC 9110 section 12.5.1). If the
/// request gives no format, the plan is sent as JSON.
/// </summary>
internal static class PlanForm
{
    internal static readonly IReadOnlyList<PlanFormat> All = [PlanFormat.Json, PlanFormat.Html, PlanFormat.Docx];

    internal static string Word(PlanFormat format) => format.ToString().ToLowerInvariant();

    internal static (PlanFormat Format, ProblemResult? Problem) Read(HttpRequest request)
    {
        if (request.Query.TryGetValue("format", out var asked))
        {
            foreach (var format in All)
            {
                if (asked == Word(format))
                {
                    return (format, null);
                }
            }

            return (default, Problem.Of(
                StatusCodes.Status400BadRequest, "format", "The format must be json, html or docx.", errors: [new ProblemPlace("format", "must be json, html or docx")]));
        }

        var accept = request.Headers.Accept;
        if (StringValues.IsNullOrEmpty(accept))
        {
            return (PlanFormat.Json, null);
        }

        if (!MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var wanted))
        {
            return (default, Problem.Of(StatusCodes.Status400BadRequest, "accept", "The Accept header cannot be read.", errors: [new ProblemPlace("Accept", "must be a list of media types")]));
        }

        foreach (var range in wanted.Where(w => w.Quality is not 0).OrderByDescending(w => w.Quality ?? 1))
        {
            foreach (var format in All)
            {
                // The types are compared without the charset, because the page is always in UTF-8, even if the browser asks for another
                // charset.
                if (MediaTypeHeaderValue.Parse(PlanFiles.ContentType(format).Split(';')[0]).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
                {
                    return (format, null);
                }
            }
        }

        return (default, Problem.Of(StatusCodes.Status406NotAcceptable, "not-acceptable", "The plan is available only as JSON, as an HTML page and as a Word document (DOCX)."));
    }
}
