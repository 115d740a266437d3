using IntegrationHub.Contracts.Api;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Letters.Keeping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Letters.Reading;

/// <summary>The HTTP endpoints for letters.</summary>
public static class LetterEndpoints
{
    private static readonly CallerRole[] Parties = [CallerRole.CouncilOfficer, CallerRole.Agency, CallerRole.Family];

    /// <summary>Maps the endpoints.</summary>
    public static void MapLetters(this IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup($"{ApiAddress.Cases}/{{id}}/letters").WithTags("Letters");
        letters.MapGet("", (string id, HttpContext http, LetterQueries ask, CancellationToken cancellationToken) => ask.ListAsync(http, id, cancellationToken))
            .Allow(Parties).WithName("list-letters").WithSummary("Lists the letters of a case and their stored formats")
            .Produces<LettersView>(StatusCodes.Status200OK, "application/json").Refuses(404, 503);
        letters.MapGet("/{letter}", (string id, string letter, HttpContext http, LetterQueries ask, CancellationToken cancellationToken) => ask.ReadAsync(http, id, letter, cancellationToken))
            .Allow(Parties).WithName("read-letter").WithSummary("Returns the stored letter: ?format=html|docx")
            .Produces(StatusCodes.Status200OK, contentType: "text/html", additionalContentTypes: [KeptLetter.ContentType(LetterFormat.Docx)]).Refuses(400, 404, 409, 503);
        letters.MapGet("/{letter}/preview", (string id, string letter, HttpContext http, LetterQueries ask, CancellationToken cancellationToken) => ask.PreviewAsync(http, id, letter, cancellationToken))
            .Allow(CallerRole.CouncilOfficer).WithName("preview-letter").WithSummary("Returns a preview of a letter: ?format=html|docx")
            .Produces(StatusCodes.Status200OK, contentType: "text/html", additionalContentTypes: [KeptLetter.ContentType(LetterFormat.Docx)]).Refuses(400, 404, 409);
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses.Concat([401, 403, 429, 500]).Order())
        {
            endpoint.Produces<Problem>(status, Problem.MediaType);
        }

        return endpoint;
    }
}
