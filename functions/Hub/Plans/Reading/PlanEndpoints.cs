using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Api = IntegrationHub.Contracts.Api;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>The HTTP endpoints for plans and for the documents that come with advice.</summary>
public static class PlanEndpoints
{
    private static readonly CallerRole[] Parties = [CallerRole.CouncilOfficer, CallerRole.Agency, CallerRole.Family];

    /// <summary>Adds the services that these endpoints need. The host must also have the council's API and an
    /// <see cref="IDocumentStore"/>.</summary>
    public static IServiceCollection AddPlanReading(this IServiceCollection services, KeepingRules rules)
    {
        services.AddSingleton(rules);
        services.AddSingleton<PlanStore>();
        services.AddSingleton<AttachmentStore>();
        services.AddSingleton<DocumentCheck>();
        services.AddSingleton<IInputCheck, NamedDocuments>();
        services.AddSingleton<IInputCheck, DocumentSubjects>();
        services.AddSingleton<ChildrenInPlans>();
        services.AddSingleton<IInputCheck, OtherChildInPlan>();
        services.AddHostedService<ScanningNotice>();
        services.AddSingleton<PlanQueries>();
        services.AddSingleton<Attachments>();
        return services;
    }

    /// <summary>Maps the endpoints.</summary>
    public static void MapPlans(this IEndpointRouteBuilder routes)
    {
        var rules = routes.ServiceProvider.GetRequiredService<KeepingRules>();
        var plans = routes.MapGroup($"{ApiAddress.Cases}/{{id}}/plans").WithTags("Plans");
        plans.MapGet("", (string id, HttpContext http, PlanQueries ask, CancellationToken cancellationToken) => ask.ListAsync(http, id, cancellationToken))
            .Allow(Parties).Answers<Api.PlanVersions>("list-plans", "List the versions of the plan", 404, 503);
        plans.MapGet("/{version:int}", (string id, int version, HttpContext http, PlanQueries ask, CancellationToken cancellationToken) => ask.ReadAsync(http, id, version, cancellationToken))
            .Allow(Parties).WithName("read-plan").WithSummary("One version: ?format=json|html|docx, else by Accept")
            .Produces(StatusCodes.Status200OK, contentType: "application/json", additionalContentTypes: ["text/html", PlanFiles.ContentType(PlanFormat.Docx)])
            .Refuses(400, 404, 406, 503);
        plans.MapGet("/{from:int}/diff/{to:int}", (string id, int from, int to, HttpContext http, PlanQueries ask, CancellationToken cancellationToken) => ask.DiffAsync(http, id, from, to, cancellationToken))
            .Allow(Parties).Answers<Api.PlanComparison>("compare-plans", "Show the differences between two versions of the plan", 404, 503);
        plans.MapGet("/verify", (string id, HttpContext http, PlanQueries ask, CancellationToken cancellationToken) => ask.VerifyAsync(http, id, cancellationToken))
            .Allow(CallerRole.CouncilOfficer, CallerRole.OperationsReader, CallerRole.Operator)
            .Answers<Api.PlanVerification>("verify-plans", "Verify that stored versions and documents are unchanged", 404, 503);
        plans.MapGet("/findings", (string id, HttpContext http, PlanQueries ask, CancellationToken cancellationToken) => ask.FindingsAsync(http, id, cancellationToken))
            .Allow(CallerRole.CouncilOfficer)
            .Answers<IReadOnlyList<Api.PlanFindings>>("check-plan", "Show what the checks find in the plan as it would be prepared now", 404);

        var documents = routes.MapGroup($"{ApiAddress.Cases}/{{id}}/attachments").WithTags("Plans");
        documents.MapPost("", (string id, HttpContext http, Attachments attachments, CancellationToken cancellationToken) => attachments.PutAsync(http, id, cancellationToken))
            .WithMetadata(new RequestSizeLimitAttribute(rules.MaxAttachmentBytes + 4096))
            .Allow(Parties).WithName("put-attachment").WithSummary("Upload a document for advice")
            .Produces<AttachmentRef>(StatusCodes.Status201Created, "application/json").Refuses(400, 404, 413, 415, 503);
        documents.MapGet("/{sha256}", (string id, string sha256, HttpContext http, Attachments attachments, CancellationToken cancellationToken) => attachments.GetAsync(http, id, sha256, cancellationToken))
            .Allow(Parties).WithName("get-attachment").WithSummary("Download a document that came with advice")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").Refuses(404, 409, 503);
    }

    private static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, string name, string title, params int[] others) =>
        endpoint.WithName(name).WithSummary(title).Produces<T>(StatusCodes.Status200OK, "application/json").Refuses(others);

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses.Concat([401, 403, 429, 500]).Order())
        {
            endpoint.Produces<Problem>(status, Problem.MediaType);
        }

        return endpoint;
    }
}
