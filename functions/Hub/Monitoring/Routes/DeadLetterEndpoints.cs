using System.Globalization;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Monitoring.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>
/// The pages for the bus's dead letters and for returning them to their queues. Returning a message requires a reason, and is recorded both
/// before and after it is done. The council of a dead letter cannot be known without reading the message, so users who are limited to one
/// council do not see dead letters.
/// </summary>
internal static class DeadLetterEndpoints
{
    private const int MaxOfEach = 50;
    private const int MaxSearched = 1000;
    private const int MaxOfJournal = 50;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/monitor/dead-letters", PageAsync).RequireAuthorization(MonitorSignIn.ViewersOfAll).ExcludeFromDescription();
        routes.MapGet("/monitor/dead-letters/return", AskAsync).RequireAuthorization(MonitorSignIn.OperatorsOfAll).ExcludeFromDescription();
        routes.MapPost("/monitor/dead-letters/return", ReturnAsync).RequireAuthorization(MonitorSignIn.OperatorsOfAll).ExcludeFromDescription();
    }

    private static async Task<IResult> PageAsync(HttpContext http, QueueMonitor watch, IOperatorJournal journal, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        await watch.RefreshAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        if (http.RequestServices.GetService<IDeadLetters>() is { } bus)
        {
            foreach (var queue in watch.Counts.Where(q => q.Dead > 0))
            {
                letters.AddRange(await bus.ReadAsync(queue.Path, MaxOfEach, cancellationToken));
            }
        }

        return MonitorPages.Page<DeadLettersPage>(
            http,
            ("Viewer", http.Viewer()),
            ("Token", antiforgery.GetAndStoreTokens(http)),
            ("Done", http.Request.Query["done"] == "returned"),
            ("HasBus", watch.HasBus),
            ("Queues", watch.Counts),
            ("Letters", letters),
            ("Journal", await journal.NewestAsync(MaxOfJournal, cancellationToken)));
    }

    private static async Task<IResult> AskAsync(HttpContext http, string path, string number, IAntiforgery antiforgery, CancellationToken cancellationToken) =>
        await FindAsync(http, path, number, cancellationToken) is { } letter ? Page(http, antiforgery, letter, "", null) : NotFound(http, antiforgery);

    private static async Task<IResult> ReturnAsync(HttpContext http, IOperatorJournal journal, TimeProvider time, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        var reason = form["reason"].ToString().Trim();
        if (await FindAsync(http, form["path"].ToString(), form["number"].ToString(), cancellationToken) is not { } letter)
        {
            return NotFound(http, antiforgery);
        }

        if (reason.Length == 0)
        {
            return Page(http, antiforgery, letter, reason, "Enter a reason");
        }

        // The start of the return is recorded first, so that no message is returned without a record.
        var entry = new JournalEntry(time.GetUtcNow(), http.Viewer().Subject, "return-dead-letter", FormattableString.Invariant($"{letter.Path} #{letter.SequenceNumber}"), reason, null);
        await journal.WriteAsync(entry, cancellationToken);
        var result = await http.RequestServices.GetRequiredService<IDeadLetters>().ReturnAsync(letter.Path, letter.SequenceNumber, cancellationToken);
        await journal.WriteAsync(entry with { At = time.GetUtcNow(), Result = Words(result) }, CancellationToken.None);
        return result switch
        {
            ReturnResult.Returned => Results.LocalRedirect("/monitor/dead-letters?done=returned"),
            ReturnResult.TooEarly => Page(http, antiforgery, letter, reason, "The message arrived only minutes ago, and the bus would drop it as a duplicate: try again in ten minutes"),
            _ => Page(http, antiforgery, letter, reason, "The message is no longer there, or somebody has locked it"),
        };
    }

    private static string Words(ReturnResult result) => result switch
    {
        ReturnResult.Returned => "returned",
        ReturnResult.TooEarly => "not returned: too early",
        _ => "not returned: missing or locked",
    };

    private static async ValueTask<DeadLetter?> FindAsync(HttpContext http, string path, string number, CancellationToken cancellationToken) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && http.RequestServices.GetService<IDeadLetters>() is { } bus
            ? (await bus.ReadAsync(path, MaxSearched, cancellationToken)).FirstOrDefault(l => l.SequenceNumber == sequence)
            : null;

    private static IResult Page(HttpContext http, IAntiforgery antiforgery, DeadLetter letter, string reason, string? problem) =>
        MonitorPages.Page<ReturnPage>(
            http,
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("Viewer", http.Viewer()),
            ("Token", antiforgery.GetAndStoreTokens(http)),
            ("Letter", letter),
            ("Reason", reason),
            ("Problem", problem));

    private static IResult NotFound(HttpContext http, IAntiforgery antiforgery) =>
        MonitorPages.Page<NotFoundPage>(http, StatusCodes.Status404NotFound, ("Viewer", http.Viewer()), ("Token", antiforgery.GetAndStoreTokens(http)));
}
