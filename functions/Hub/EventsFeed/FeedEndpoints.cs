using System.Globalization;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>The API endpoint of the events feed, for other systems of a council.</summary>
public static class FeedEndpoints
{
    /// <summary>Name of the endpoint in the API document and in the access log.</summary>
    internal const string Name = "read-events";

    private const string BatchType = "application/cloudevents-batch+json";
    private const int Most = 1000;
    private const int Usual = 100;

    /// <summary>Maps the endpoint.</summary>
    public static void MapEventsFeed(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.MapGet(ApiAddress.EventsFeed, ReadAsync).Allow(CallerRole.EventsReader).WithTags(ApiDocument.CasesTag).WithName(Name)
            .WithSummary("Reads the events of the council's cases as a batch of CloudEvents 1.0")
            .Produces<IReadOnlyList<FeedEvent>>(StatusCodes.Status200OK, BatchType);
        foreach (var status in (int[])[400, 401, 403, 404, 410, 429, 503])
        {
            endpoint.Produces<Problem>(status, Problem.MediaType);
        }
    }

    private static async Task<IResult> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var caller = http.Caller();
        if (http.RequestServices.GetService<EventsFeedOptions>() is not { } options || caller.Council is not { } council || !options.HasFeed(council))
        {
            return Problem.NotFound("feed");
        }

        if (!TryRead(http.Request.Query, out var after, out var limit))
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "filter", FormattableString.Invariant($"The filter 'after' must be the sequence of an event, and 'limit' must be a number from 1 to {Most}. No other filters are possible."));
        }

        FeedPage page;
        try
        {
            page = await http.RequestServices.GetRequiredService<FeedReading>().ReadAsync(caller, after, limit, cancellationToken);
        }
        catch (FeedStoreException)
        {
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "store-away", "The feed cannot be read at the moment. Try again later with the same cursor.");
        }

        if (page.Fault != CursorFault.None)
        {
            return page.Fault == CursorFault.TooOld
                ? Problem.Of(StatusCodes.Status410Gone, "cursor-too-old", FormattableString.Invariant($"Events after this cursor have been removed, because events stay in the feed for {options.KeepDays} days. Read the current state of the cases from GET /v1/cases, then read the feed from its beginning, without a cursor."))
                : Problem.Of(StatusCodes.Status410Gone, "cursor-ahead", "This cursor is beyond the end of the feed, because the hub was restored from a backup. Read the feed from its beginning, without a cursor, and skip events whose id you already have.");
        }

        await http.RecordAsync(page.Lines.Select(line => line.Id).Distinct(), Name);
        http.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"<{http.Request.PathBase}{http.Request.Path}?after={page.Next}&limit={limit}>; rel=\"next\"");
        var making = http.RequestServices.GetRequiredService<FeedEventMaking>();
        return TypedResults.Json([.. page.Lines.Select(line => making.Event(line, council))], ApiJson.Default.IReadOnlyListFeedEvent, BatchType);
    }

    private static bool TryRead(IQueryCollection query, out long? after, out int limit)
    {
        (after, limit) = (null, Usual);
        foreach (var (name, value) in query)
        {
            switch (name)
            {
                case "after" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    after = number;
                    break;
                case "limit" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= Most:
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
