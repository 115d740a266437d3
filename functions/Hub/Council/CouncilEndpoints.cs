using IntegrationHub.Contracts.Api;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntegrationHub.Functions.Council;

/// <summary>The council's HTTP API: one address for each input of <see cref="StepCatalogue"/>, and the addresses for reading.</summary>
public static class CouncilEndpoints
{
    private static readonly CallerRole[] Everyone = [.. Enum.GetValues<CallerRole>().Where(role => role != CallerRole.EventsReader)];

    /// <summary>
    /// Adds what the API needs in addition to <see cref="IAssessmentStore"/>, <see cref="RuleBook"/> and <see cref="TimeProvider"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="take">Creates the function that submits inputs. If take is null, the API uses a <see cref="TurnTaker"/> of its
    /// own.</param>
    public static IServiceCollection AddCouncil(this IServiceCollection services, Func<IServiceProvider, TakeInput>? take = null)
    {
        services.AddSingleton<Submissions>();
        services.AddSingleton<Reading>();
        services.TryAddSingleton<KnownChildren>();
        services.AddSingleton<EarlierCases>();

        // Every interface submits its inputs through these checks, because no other TakeInput is registered.
        services.AddSingleton(s => new CheckedInputs(
            take?.Invoke(s) ?? new TurnTaker(s.GetRequiredService<IAssessmentStore>(), s.GetRequiredService<RuleBook>(), s.GetRequiredService<TimeProvider>()).SubmitAsync,
            s.GetRequiredService<IAssessmentStore>(), s.GetRequiredService<EarlierCases>(), s.GetServices<IInputCheck>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TakeInput>(s => s.GetRequiredService<CheckedInputs>().TakeAsync);
        return services;
    }

    /// <summary>Maps the addresses of the council's API.</summary>
    public static void MapCouncil(this IEndpointRouteBuilder routes)
    {
        var assessments = routes.MapGroup(ApiAddress.Cases).WithTags(ApiDocument.CasesTag);
        assessments.MapGet("", (HttpContext http, Reading reading, CancellationToken cancellationToken) => reading.ListAsync(http, cancellationToken))
            .Allow(Everyone).Answers<CaseList>("list-cases", "List cases", 400);
        Ask<CaseView>("", "show-case", "A case, its time limits and one-line status", (r, http, id, cancellationToken) => r.ShowAsync(http, id, cancellationToken), Everyone);
        Ask<IReadOnlyList<TimelineLine>>("/timeline", "show-timeline", "What happened, in plain English", (r, http, id, cancellationToken) => r.TimelineAsync(http, id, cancellationToken), Everyone);
        Ask<IReadOnlyList<Limit>>("/limits", "show-limits", "Time limits and their status", (r, http, id, cancellationToken) => r.LimitsAsync(http, id, cancellationToken), Everyone);
        Ask<IReadOnlyList<CaseEvent>>("/events", "list-events", "All events of the case, as the audit trail", (r, http, id, cancellationToken) => r.EventsAsync(http, id, cancellationToken), CallerRole.CouncilOfficer);
        Ask<IReadOnlyList<CaseEffect>>(
            "/effects", "list-effects", "The case's effects and their status", (r, http, id, cancellationToken) => r.EffectsAsync(http, id, cancellationToken),
            CallerRole.CouncilOfficer, CallerRole.OperationsReader, CallerRole.Operator);

        foreach (var kind in StepCatalogue.Steps.Where(k => !k.IsInternal))
        {
            var input = kind;
            int[] opened = [StatusCodes.Status201Created, 400, 409, 412, 413, 415, 422];
            var endpoint = kind.Type == typeof(OpenAssessment)
                ? assessments.MapPost("", (HttpContext http, Submissions submissions, CancellationToken cancellationToken) => submissions.OpenAsync(http, input, cancellationToken))
                    .Accepts<OpeningFacts>("application/json").Answers<InputAnswer>(input.Name, input.Title, opened)

                // The API document for cases is close to its maximum size, so this address is described in the document for the other
                // operations.
                : kind.Opens ? routes.MapPost(ApiAddress.TakeOver, (HttpContext http, Submissions submissions, CancellationToken cancellationToken) => submissions.OpenAsync(http, input, cancellationToken))
                    .Accepts(kind.Type, "application/json").Answers<InputAnswer>(input.Name, input.Title, opened).WithTags(ApiDocument.CasesTag)
                : assessments.MapPost($"/{{id}}/{input.Name}", (string id, HttpContext http, Submissions submissions, CancellationToken cancellationToken) => submissions.SubmitAsync(http, input, id, cancellationToken))
                    .Accepts(input.Type, "application/json").Answers<InputAnswer>(input.Name, input.Title, StatusCodes.Status200OK, 400, 404, 409, 412, 413, 415, 422);

            // Kestrel's own limit is a little above the hub's, so that a body that is too large gets an answer with the reason.
            endpoint.WithMetadata(input, new RequestSizeLimitAttribute(Submissions.MaxBytes(input) + 4096), StepRoute.Of(input))
                .Allow([.. Everyone.Where(role => role != CallerRole.OperationsReader && input.Senders.Contains(Caller.ActorRoleOf(role)))]);
        }

        void Ask<T>(string tail, string name, string title, Func<Reading, HttpContext, string, CancellationToken, Task<IResult>> answer, params CallerRole[] roles) =>
            assessments.MapGet($"/{{id}}{tail}", (string id, HttpContext http, Reading reading, CancellationToken cancellationToken) => answer(reading, http, id, cancellationToken))
                .Allow(roles).Answers<T>(name, title, 404);
    }

    /// <summary>The address of a step in metrics and logs, which do not name the step: their readers could see when somebody was detained.</summary>
    private sealed record StepRoute(string Route) : IRouteDiagnosticsMetadata
    {
        internal static StepRoute Of(StepDefinition step) => new(step.Opens ? step.Type == typeof(OpenAssessment) ? ApiAddress.Cases : ApiAddress.TakeOver : $"{ApiAddress.Cases}/{{id}}/{{step}}");
    }

    private static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, string name, string title, params int[] others)
    {
        var success = others[0] is >= 200 and < 300 ? others[0] : StatusCodes.Status200OK;
        endpoint.WithName(name).WithSummary(title).Produces<T>(success, "application/json");
        foreach (var status in others.Where(s => s >= 400).Concat([401, 403, 429, 500]).Order())
        {
            endpoint.Produces<Problem>(status, Problem.MediaType);
        }

        return endpoint;
    }
}
