using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>The HTTP endpoints for unsolicited assessments that wait for an officer, and for their documents.</summary>
public static class PushedEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapPushedAssessments(this IEndpointRouteBuilder routes)
    {
        var rules = routes.ServiceProvider.GetRequiredService<KeepingRules>();
        var pushed = routes.MapGroup(ApiAddress.Pushed).WithTags("Pushed assessments");
        CallerRole[] lookers = [CallerRole.CouncilOfficer, CallerRole.OperationsReader, CallerRole.Operator];
        CallerRole[] deciders = [CallerRole.CouncilOfficer, CallerRole.Operator];
        pushed.MapGet("", (HttpContext http, PushedDecisions decisions, CancellationToken cancellationToken) => GuardedAsync(async () =>
                TypedResults.Json(await NotedAsync(http, await decisions.ListAsync(Viewer(http.Caller()), cancellationToken), "list-pushed-assessments"), PushedJson.Default.IReadOnlyListPushedView)))
            .Allow(lookers).Answers<IReadOnlyList<PushedView>>("list-pushed-assessments", "List pushed assessments that wait for an officer");
        pushed.MapGet("/{push}", (string push, HttpContext http, PushedDecisions decisions, CancellationToken cancellationToken) => GuardedAsync(async () =>
                await decisions.FindAsync(push, Viewer(http.Caller()), cancellationToken) is { } view
                    ? TypedResults.Json((await NotedAsync(http, [view], "show-pushed-assessment"))[0], PushedJson.Default.PushedView)
                    : NotFound))
            .Allow(lookers).Answers<PushedView>("show-pushed-assessment", "Show an unsolicited assessment and the cases that it may belong to", 404);
        pushed.MapPost("/{push}/attach", (string push, HttpContext http, PushedDecisions decisions, CancellationToken cancellationToken) =>
                DecideAsync(http, PushedJson.Default.AttachPushed, (viewer, body) => decisions.AttachAsync(push, body.Assessment, body.Reason, viewer, cancellationToken), cancellationToken))
            .Accepts<AttachPushed>("application/json")
            .Allow(deciders).Answers<PushedAnswer>("attach-pushed-assessment", "Attach a pushed assessment to one of its candidates, as existing advice (reg 6(4))", 400, 404, 409, 413, 415);
        pushed.MapPost("/{push}/dismiss", (string push, HttpContext http, PushedDecisions decisions, CancellationToken cancellationToken) =>
                DecideAsync(http, PushedJson.Default.DismissPushed, (viewer, body) => decisions.DismissAsync(push, body.Reason, viewer, cancellationToken), cancellationToken))
            .Accepts<DismissPushed>("application/json")
            .Allow(deciders).Answers<PushedAnswer>("dismiss-pushed-assessment", "State that a pushed assessment belongs to none of the cases you can see", 400, 404, 409, 413, 415);
        pushed.MapPost("/documents", PutDocumentAsync)
            .WithMetadata(new RequestSizeLimitAttribute(rules.MaxAttachmentBytes + 4096))
            .Allow(CallerRole.Agency).WithName("put-pushed-document").WithSummary("Upload a document for a pushed assessment")
            .Produces<AttachmentRef>(StatusCodes.Status201Created, "application/json").Refuses(400, 413, 415, 503);
    }

    private static async Task<IResult> PutDocumentAsync(HttpContext http, AgencyDirectory directory, PushedDocuments pushed, Attachments attachments, CancellationToken cancellationToken)
    {
        if (http.Caller().Agency is not { } agency || directory.For(agency).Reach != Reach.Bus)
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "not-a-bus-agency", "Only an agency with reach bus in the hub's agencies.json can push assessments, and this agency is not listed with that reach.");
        }

        return await GuardedAsync(async () => await pushed.HasRoomAsync(agency, cancellationToken)
            ? await attachments.KeepAsync(http, pushed.FolderFor(agency), cancellationToken)
            : Problem.Of(
                StatusCodes.Status413PayloadTooLarge, "too-many-held",
                "The hub already holds the maximum number of documents from you. Wait until the council has dealt with the assessments that you pushed or they expire. The document was not stored. Send it again later."));
    }

    private static async Task<IResult> DecideAsync<T>(HttpContext http, JsonTypeInfo<T> type, Func<PushedViewer, T, ValueTask<PushedDecision>> decide, CancellationToken cancellationToken)
        where T : class
    {
        var (bytes, tooMuch) = await BodyReading.ReadAsync(http.Request, BodyReading.Max, cancellationToken);
        if (tooMuch is not null)
        {
            return tooMuch;
        }

        T? body;
        try
        {
            body = JsonSerializer.Deserialize(bytes.Span, type);
        }
        catch (JsonException malformed)
        {
            var why = JsonFaultWords.Of(malformed, type);
            return Problem.Of(
                StatusCodes.Status400BadRequest, "malformed-json", $"The body cannot be read at {malformed.Path ?? "$"}: {why}.", errors: [new ProblemPlace(malformed.Path ?? "$", why)]);
        }

        if (body is null)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "malformed-json", "The body cannot be read at $: it must be a JSON object.");
        }

        return await GuardedAsync(async () => await decide(Viewer(http.Caller()), body) switch
        {
            { Answer: { } answer } => TypedResults.Json(answer, PushedJson.Default.PushedAnswer),
            { Refusal: { } refusal } => Problem.Of(StatusCodes.Status409Conflict, refusal.Code, refusal.Reason),
            _ => NotFound,
        });
    }

    /// <summary>
    /// Held messages are in the document store. If the store cannot be reached, the answer says so.
    /// </summary>
    private static async Task<IResult> GuardedAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (IOException)
        {
            return StoreFault.Answer(KeepingOutcome.Transient, "pushed assessment");
        }
    }

    /// <summary>Comparing an assessment with a candidate case reveals part of that case, so the access log records it.</summary>
    private static async Task<IReadOnlyList<PushedView>> NotedAsync(HttpContext http, IReadOnlyList<PushedView> views, string what)
    {
        await http.RecordAsync(views.SelectMany(view => view.Candidates).Select(one => one.Assessment).Distinct(), what);
        return views;
    }

    private static IResult NotFound => Problem.NotFound("pushed assessment");

    private static PushedViewer Viewer(Caller caller) => new(caller.ToActor(), caller.Council, caller.Role == CallerRole.CouncilOfficer);

    private static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, string name, string title, params int[] others) =>
        endpoint.WithName(name).WithSummary(title).Produces<T>(StatusCodes.Status200OK, "application/json").Refuses([.. others, 503]);

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses.Concat([401, 403, 429, 500]).Order())
        {
            endpoint.Produces<Problem>(status, Problem.MediaType);
        }

        return endpoint;
    }
}
